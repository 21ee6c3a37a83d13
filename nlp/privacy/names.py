"""Names of people: behind words that announce one, before a title, and beside a number that was masked already.

A surname alone (张经理, 王某) says little about anybody and stays; 张某三 is masked.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from nlp.privacy.finding import PersonalData
from nlp.privacy.surnames import (
    BEHIND_PREPOSITION,
    COMPOUND,
    GIVEN_WORDS,
    GOES_ON,
    NEVER_FIRST,
    PREPOSITIONS,
    RARE,
    SURNAMES,
)
from nlp.words import frequency

_HAN = r"[\u4e00-\u9fff]"
_ANY_SURNAME = "".join(sorted(SURNAMES))
_HALF_HIDDEN = rf"[{_ANY_SURNAME}]某[一二三四五六七八九十甲乙丙丁0-9]"
_NAME = rf"(?:{_HALF_HIDDEN}|(?:{'|'.join(COMPOUND)}){_HAN}{{1,2}}|[{_ANY_SURNAME}]{_HAN}{{1,2}})"
# 张 建 国, 古丽·艾合买提: only where a name must come.
_SPACED = rf"[{_ANY_SURNAME}] {_HAN}(?: {_HAN})?(?!{_HAN})"
_WITH_DOT = rf"{_HAN}{{2,5}}[·•・]{_HAN}{{2,4}}"

_NAME_WORDS_TABLE = "姓名 名字 户名 真名 全名"
_NAME_WORDS = _NAME_WORDS_TABLE.split()
_ROLES_TABLE = (
    "收款人 付款人 收件人 联系人 借款人 贷款人 投诉人 举报人 申请人 持卡人 担保人 保证人 当事人 委托人 受托人 "
    "被告人 被告 原告 债务人 债权人 机主 车主 房主 户主 业主 被保险人 投保人 经办人 法人 法定代表人 法人代表 代理人 "
    "负责人 证人 死者 患者 本人 催收员 业务员 客服 律师 法务 嫌疑人 被执行人 申诉人 反映人 称呼 联系我 受害人 "
    "用户名"
)
_ROLES = _ROLES_TABLE.split()
# Before these words a name stands with a sign between (客户：张建国), or what follows is none (用户群, 会员季卡).
_ROLES_WITH_SIGN_TABLE = "客户 用户 会员 坐席"
_ROLES_WITH_SIGN = _ROLES_WITH_SIGN_TABLE.split()
_KIN_TABLE = (
    "老公 老婆 丈夫 妻子 媳妇 爱人 爸爸 爸 妈妈 妈 父亲 母亲 儿子 女儿 弟弟 弟 妹妹 妹 哥哥 哥 姐姐 姐 表哥 "
    "表弟 表姐 表妹 堂哥 堂弟 公公 婆婆 岳父 岳母 爷爷 奶奶 外公 外婆 叔叔 叔 舅舅 舅 姑姑 朋友 同事 同学 邻居 "
    "室友 前夫 前妻 男友 女友 对象 领导 老板"
)
_KIN = _KIN_TABLE.split()
_ADDRESSED_TABLE = "请找 有事找 找 寄给 联系 转给 交给 打给 汇给 借给 发给"
_ADDRESSED = _ADDRESSED_TABLE.split()
_SIGN = r"\s*[:：=]\s*|(?:叫做?|填的是|写的是|登记的是)\s*[:：]?\s*"


def _any(words: Iterable[str]) -> str:
    """One pattern for words, which reads common beginnings once: every post is searched for hundreds of words."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word[1:])
    ways = [first + _any(rest) if first else "" for first, rest in sorted(by_first.items(), reverse=True)]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


_CUES = (
    rf"{_any([*_ROLES, *_ROLES_WITH_SIGN])}?{_any(_NAME_WORDS)}(?P<name_sign>{_SIGN}|\s*[是为]\s*[:：]?\s*)",
    rf"{_any([*_ROLES, *_ROLES_WITH_SIGN])}?(?:姓名|户名)",
    rf"{_any(_ROLES)}(?:(?P<role_sign>{_SIGN})|[是为]|\s)?",
    rf"{_any(_ROLES_WITH_SIGN)}(?P<sign>\s*[:：]\s*)",
    rf"(?:[我他她](?:的?{_any(_KIN)})?|对方|{_any(_KIN)}|自称|姓)(?P<called>叫做?|名叫|名)\s?",
    r"自称(?:是|叫)?",
    rf"[我他她]的?{_any(_KIN)}(?:是)?",
    rf"(?P<edge>我是|叫做?|{_any(_ADDRESSED)})",
)
_BEGINNINGS = "".join(
    sorted({word[0] for word in (*_NAME_WORDS, *_ROLES, *_ROLES_WITH_SIGN, *_KIN, *_ADDRESSED, *"我他她对自姓叫")})
)
_CUED = re.compile(rf"(?=[{_BEGINNINGS}])(?:{'|'.join(_CUES)})(?P<data>{_WITH_DOT}|{_NAME}|{_SPACED})")
_UNLISTED = re.compile(rf"(?:姓名|户名|[款系件诉]人)\s?[:：]\s?(?P<data>{_HAN}{{2,4}})(?=[\s，,。；;、/（(]|$)")
_TITLE = re.compile(r"[先女小同，, ](?:(?<=先)生|(?<=女)士|(?<=小)姐|(?<=同)志|您|你[的好已在]|[男女][，, ]|汉族)")
_LAST_NAME = re.compile(rf"(?<!{_HAN})(?P<data>{_WITH_DOT}|{_NAME})[，, ]?$")
_LONGEST_NAME = 12
_NUMBERED = re.compile(
    rf"(?:(?<!{_HAN})|(?<=[找和给叫系人])|(?<=我是))(?P<data>{_WITH_DOT}|{_NAME})[\s，,:：、/（(]{{0,2}}"
    r"(?:身份证号?码?|电话|手机号?|tel|联系方式|微信|卡号|证件号|QQ)?[\s:：]{0,2}〔(?:手机|身份证|银行卡|座机|微信)号〕"
)
# 借款人张三、李四
_LIST = re.compile("(?<=〔姓名〕)(?=[、和与及])")
_LISTED = re.compile(rf"[、和与及](?P<data>{_NAME})")
_CHINESE = re.compile(_HAN)
_NOT_A_NAME_TABLE = (
    "先生 女士 小姐 经理 主管 专员 律师 老师 警官 法官 总监 同志 师傅 阿姨 叔叔 大哥 大姐 老板 客服 医生 主任 "
    "队长 所长 科长"
)
_NOT_A_NAME = frozenset(_NOT_A_NAME_TABLE.split())
_NOT_NAMES_OF_TWO = frozenset(("高一", "高二", "高三", "万一"))
_TITLES = frozenset("总工某姐哥叔姨爷董局队科")

# How usual a word of jieba's corpus is: from here on a pair of characters is that word and no name, …
_WORD = 300
# … behind 姓名： or 叫, where a name must come, …
_WORD_BEHIND_SURE_CUE = 3000
# … with three characters up to a sign, …
_WORD_BEFORE_EDGE = 1000
# … behind 我是, or with a surname that is seldom one.
_WORD_IN_DOUBT = 50
# From here on the part behind the surname makes a sentence of it (向平台, 高利率).
_GIVEN_WORD = 2000


class _Cue(Enum):
    """How much the words before say that a name comes."""

    SURE = "姓名："
    WEAK = "借款人"
    NEEDS_EDGE = "我是"


def detect(text: str) -> Iterator[PersonalData]:
    """The surest places first; the next round sees the marks of this one."""
    for match in _CUED.finditer(text):
        end = _end(text, *match.span("data"), cue=_cue(match))
        if end:
            yield PersonalData("姓名", match.start("data"), end)
    if "：" in text or ":" in text:
        yield from _unlisted(text)
    titles = (title.start() for title in _TITLE.finditer(text))
    yield from _whole(text, (_LAST_NAME.search(text, max(0, at - _LONGEST_NAME), at) for at in titles))
    if "〔" in text:
        yield from _whole(text, _NUMBERED.finditer(text))
        yield from _listed(text)


def _unlisted(text: str) -> Iterator[PersonalData]:
    """Behind 姓名： whatever fills the line is the name, listed surname or not."""
    for match in _UNLISTED.finditer(text):
        name = match["data"]
        if max(frequency(name), frequency(name[:2])) < _WORD and name[1:] not in _NOT_A_NAME and "某" not in name:
            yield PersonalData("姓名", *match.span("data"))


def _listed(text: str) -> Iterator[PersonalData]:
    """Names that follow a masked one, to the end of the list."""
    for beginning in _LIST.finditer(text):
        place = beginning.end()
        while match := _LISTED.match(text, place):
            end = _end(text, *match.span("data"), cue=_Cue.WEAK)
            if not end:
                break
            yield PersonalData("姓名", match.start("data"), end)
            place = end


def _whole(text: str, matches: Iterable[re.Match[str] | None]) -> Iterator[PersonalData]:
    for match in matches:
        if match and _end(text, *match.span("data"), cue=_Cue.WEAK) == match.end("data"):
            yield PersonalData("姓名", *match.span("data"))


def _cue(match: re.Match[str]) -> _Cue:
    if any(match[group] is not None for group in ("name_sign", "role_sign", "sign", "called")):
        return _Cue.SURE
    return _Cue.NEEDS_EDGE if match["edge"] else _Cue.WEAK


def _end(text: str, start: int, end: int, *, cue: _Cue) -> int | None:
    """Where the name ends that may stand here; None where this is no name."""
    name = text[start:end].replace(" ", "")
    if not name.isalpha():
        return end if cue is not _Cue.NEEDS_EDGE or _goes_on(text[end : end + 1]) else None
    if name[1] == "某":
        return end if re.fullmatch(_HALF_HIDDEN, name) else None
    family = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    if len(name) == family + 2 and name[-1] in GOES_ON and _CHINESE.match(text, end):
        end, name = end - 1, name[:-1]
    given = name[family:]
    if given[0] in NEVER_FIRST or given in _NOT_A_NAME or given in _TITLES:
        return None
    return end if family == 2 or _may_be_named(name, text[end : end + 1], cue) else None


def _may_be_named(name: str, following: str, cue: _Cue) -> bool:
    """Whether the characters are rather a name than a word that begins like one (马上, 应当, 高利贷)."""
    ends = not _CHINESE.match(following)
    if cue is _Cue.SURE:
        return max(frequency(name), 0 if ends else frequency(name[:2])) < _WORD_BEHIND_SURE_CUE
    if name[0] in RARE and not (ends and frequency(name[:2]) < _WORD_IN_DOUBT):
        return False
    if name[0] in PREPOSITIONS and _is_preposition(name):
        return False
    goes_on = _goes_on(following)
    if not goes_on and (cue is _Cue.NEEDS_EDGE or name[0] in PREPOSITIONS[:2] or _is_sentence(name)):
        return False
    return frequency(name) < _WORD and frequency(name[:2]) < _limit(name, cue, goes_on=goes_on)


def _goes_on(following: str) -> bool:
    """Whether a name may well be over before this character."""
    return not _CHINESE.match(following) or following in GOES_ON or following in "收先女"


def _is_preposition(name: str) -> bool:
    return name[1] in BEHIND_PREPOSITION or (len(name) == 3 and frequency(name[1:]) >= _WORD)


def _is_sentence(name: str) -> bool:
    return name[1:] not in GIVEN_WORDS and frequency(name[1:]) >= _GIVEN_WORD


def _limit(name: str, cue: _Cue, *, goes_on: bool) -> int:
    if len(name) == 3 and goes_on:
        return _WORD_BEFORE_EDGE
    if name in _NOT_NAMES_OF_TWO:
        return 0
    return _WORD_IN_DOUBT if cue is _Cue.NEEDS_EDGE else _WORD
