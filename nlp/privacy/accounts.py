"""Accounts to reach somebody by: e-mail wherever it stands, QQ and WeChat behind their names and nicknames."""

import re
from collections.abc import Iterator

from nlp.privacy.figures import GAP, first_number
from nlp.privacy.finding import PersonalData

_AT = r"(?:\s?@\s?)"
_AT_IN_DISGUISE = r"(?:\s?(?:#|\(at\)|（at）|\[at\]|【at】|艾特|圈a)\s?|\sat\s)"
_DOT = r"(?:\s?(?:\.|。|点|\[dot\]|\(dot\)|（dot）)\s?|\sdot\s)"
_LOCAL = r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}"
_LABEL = r"[A-Za-z0-9\-]{1,63}"
_EMAIL = re.compile(
    rf"(?P<data>{_LOCAL}(?:{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}[A-Za-z]{{2,10}}"
    rf"|{_AT_IN_DISGUISE}{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}(?:com|cn|net|org|edu|gov|io|me|cc|vip)))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_EMAIL_SIGNS = ("@", "#", "at", "AT", "艾特", "圈a")

_QQ = re.compile(
    r"(?=[q扣蔻抠球企加进群])(?:qq|扣扣|蔻蔻|抠抠|球球|企鹅|[加进]q|[q扣]群|群号|(?<![a-z])q(?=\s?[:：]))(?:号码?|群|联系|咨询|邮箱)?(?:号码?)?"
    rf"[\s:：是为加+＋（(]{{0,4}}(?P<data>[1-9](?:{GAP}\d){{4,11}})(?![\d元万块])",
    re.IGNORECASE,
)
_LETTER_NAME = r"[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9])"
_SPACED_NAME = r"[A-Za-z0-9](?:[ .][A-Za-z0-9_\-]){5,19}(?![A-Za-z0-9])"
_CLUE_NAME = r"(?=[A-Za-z_\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9])"
_DIGIT_NAME = r"[1-9]\d{5,11}(?![\d元万块人次个条年])"
_WECHAT_WORD = (
    r"(?:[微薇威维围徽卫][信芯❤星心♥x]信?|[v薇微威]❤信?|v[信x]|wx(?!id)|wei\s?(?:xin|信)|[微薇威]\s?xin|we\s?chat|绿泡泡?|绿色软件|小绿书?|企微"
    r"|[加+＋➕]\s?(?:v(?![a-z])|[薇微威])|(?<![a-z0-9])v(?=\s?[:：]))"
)
_WECHAT = re.compile(
    rf"(?=[加微薇威维围徽卫vw绿企+＋➕])(?P<before>加我?\s?)?(?<![a-z])(?P<word>{_WECHAT_WORD})(?P<after>(?:号码?|联系|同号|ID|账号|[我是为])?[\s:：是为+＋（(👉→]{{0,4}})"
    rf"(?:(?P<data>{_CLUE_NAME}|{_SPACED_NAME})|(?P<other>{_LETTER_NAME}|{_DIGIT_NAME}))",
    re.IGNORECASE,
)
_SURE = re.compile(r"[:：号是为]|ID", re.IGNORECASE)
# Behind 微信 and a space these name a programme, not a person.
_PROGRAMMES = frozenset(("android", "iphone", "wechat", "weixin", "wallet", "windows", "harmony", "version", "mobile"))
# No account is shorter; most posts hold nothing of this length.
_LONG_ENOUGH = re.compile(rf"[A-Za-z0-9](?:{GAP}[A-Za-z0-9_]){{4}}")


def detect(text: str) -> Iterator[PersonalData]:
    """E-mail, QQ, WeChat."""
    if not _LONG_ENOUGH.search(text):
        return
    if any(sign in text for sign in _EMAIL_SIGNS):
        yield from (PersonalData("邮箱", *match.span("data")) for match in _EMAIL.finditer(text))
    yield from _qq(text)
    yield from _wechat(text)


def _qq(text: str) -> Iterator[PersonalData]:
    for match in _QQ.finditer(text):
        start, end = match.span("data")
        yield PersonalData("QQ号", start, start + first_number(text[start:end], whole=8))


def _wechat(text: str) -> Iterator[PersonalData]:
    for match in _WECHAT.finditer(text):
        group = "data" if match["data"] else "other"
        if group == "data" or _is_meant(match):
            yield PersonalData("微信号", *match.span(group))


def _is_meant(match: re.Match[str]) -> bool:
    """A bare word or figure behind 微信 may be anything; a cue makes it an account."""
    if match["other"].lower() in _PROGRAMMES:
        return False
    cue = match["word"][0] in "加+＋➕" or match["word"].lower() in ("v", "vx", "wx") or match["word"][0] in "绿薇"
    return bool(match["before"] or cue or _SURE.search(match["after"]) or match["word"].lower() not in ("微信",))
