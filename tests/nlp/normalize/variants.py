"""Rewrite posts as people do who want to slip through filters; seeded, and with no table shared with the normaliser.

Sound-alikes are drawn from all common characters of the same reading, separators from a large set, and the ways of
splitting a character, the emoji and the words of the trade stand here. A sound-alike that is a word of its own (预期,
玉器) is not used: no reader could tell it from the word without the sentence, and the sentence is what we spoil.
"""

import random
import re
from collections.abc import Callable
from functools import cache

import jieba
import opencc
from pypinyin import lazy_pinyin

WORDS = """
爆通讯录 通讯录 暴力催收 催收 催债 逾期 网贷 罚息 砍头息 高利贷 套路贷 欠款 欠债 还款 贷款
借款 扣款 下款 放款 退款 协商还款 协商 延期 分期 减免 结清 停息挂账 征信 失信 老赖 呆账
坏账 黑猫 投诉 起诉 律师函 法院 仲裁 报警 曝光 银保监 金融监管局 骚扰 恐吓 威胁 轰炸 泄露
隐私 诈骗 骗子 传销 利息 滞纳金 违约金 手续费 服务费 担保费 会员费 兑付 提现 暴雷 拒贷
秒拒 自杀 轻生 跳楼 割腕 遗书 安眠药 还不起 还不上 断供 失业 裁员 上岸 花呗 借呗 白条
信用卡 以贷养贷 负债 债务 客服 维权
""".split()  # noqa: SIM905 - a list of words, to be read as one

_SEPARATORS = [*" .·*|/-_~+^#=`•°…—→丨丶灬★☆●○◆◇■□▲△※☠♥♪¤§¦×÷║│┊╱☞✖✦❤🔥💥🙏😭👉⚡", "..", "**", "--", "//", "~~", "  "]
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202c"
_STRIKES = "\u0335\u0336\u0337\u0338\u20e0\ufe0e"
_PARTS = {
    "催": "亻崔", "收": "丩攵", "债": "亻责", "期": "其月", "贷": "代贝", "罚": "罒讠刂", "息": "自心", "砍": "石欠",
    "讯": "讠卂", "爆": "火暴", "协": "十办", "利": "禾刂", "律": "彳聿", "征": "彳正", "信": "亻言", "投": "扌殳",
    "诉": "讠斥", "法": "氵去", "猫": "犭苗", "黑": "里灬", "诈": "讠乍", "骗": "马扁", "骚": "马蚤", "扰": "扌尤",
    "吓": "口下", "轰": "车双", "银": "钅艮", "担": "扌旦", "结": "纟吉", "清": "氵青", "账": "贝长", "扣": "扌口",
    "提": "扌是", "现": "王见", "拒": "扌巨", "轻": "车圣", "楼": "木娄", "割": "害刂", "维": "纟隹", "暴": "日共水",
    "呗": "口贝", "违": "韦辶", "泄": "氵世", "赖": "束负", "还": "不辶", "逾": "辶俞", "失": "丿夫", "款": "士示欠",
    "借": "亻昔", "约": "纟勺", "滞": "氵带", "纳": "纟内", "停": "亻亭", "报": "扌𠬝", "隐": "阝急", "私": "禾厶",
}  # fmt: skip
_EMOJI = {
    "电话": "📞☎📱", "手机": "📱", "钱": "💰💵💸", "黑猫": "🐈‍⬛", "银行": "🏦", "信用卡": "💳", "警察": "👮",
    "短信": "📩✉",
}  # fmt: skip
_KNOWN = {
    "催收": ["崔收", "催~收", "cui收", "吹收", "c收", "摧收", "催s"],
    "逾期": ["逾7", "渝期", "逾祺", "yu期", "逾q"],
    "砍头息": ["砍头希", "砍头西", "砍t息"],
    "罚息": ["罚西", "法息"],
    "通讯录": ["通讯路", "tong讯录", "通xun录", "通迅录"],
    "网贷": ["网d", "网袋", "罔贷", "w贷"],
    "征信": ["征xin", "征.信", "怔信", "征x"],
    "协商": ["协伤", "协shang", "谐商"],
    "起诉": ["qi诉", "起su", "起速"],
    "呆账": ["呆帐", "呆zhang"],
    "自杀": ["自鲨", "自沙"],
    "黑猫": ["黑🐱", "嘿猫", "黑喵"],
    "律师函": ["律师han", "侓师函", "律shi函"],
    "诈骗": ["zha骗", "诈p", "炸骗"],
    "还款": ["huan款", "还kuan", "h款"],
    "法院": ["fa院", "法yuan", "法圆"],
}
_TRADITIONAL = opencc.OpenCC("s2t")


def sound_alike(word: str, chance: random.Random) -> str:
    """Some characters replaced by common ones of the same reading; now and then all of them."""
    readings = lazy_pinyin(word)
    for _ in range(20):
        places = range(len(word)) if chance.random() < 0.1 else [chance.randrange(len(word))]
        written = list(word)
        for place in places:
            written[place] = chance.choice(_alike(readings[place], word[place]) or [word[place]])
        if not _is_ordinary("".join(written)):
            return "".join(written)
    return word


def parted(word: str, chance: random.Random) -> str:
    """A separator in one place or in all."""
    sign = chance.choice(_SEPARATORS)
    if chance.random() < 0.5:
        return sign.join(word)
    place = chance.randrange(1, len(word))
    return word[:place] + sign + word[place:]


def split(word: str, chance: random.Random) -> str:
    """One character written as its parts."""
    places = [place for place, character in enumerate(word) if character in _PARTS]
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + _PARTS[word[place]] + word[place + 1 :]


def spelt(word: str, chance: random.Random) -> str:
    """One character in pinyin, or the whole word."""
    readings = lazy_pinyin(word)
    case = chance.choice((str.lower, str.lower, str.upper, str.capitalize))
    if chance.random() < 0.25:
        return case("".join(readings))
    place = chance.randrange(len(word))
    return word[:place] + case(readings[place]) + word[place + 1 :]


def known(word: str, chance: random.Random) -> str:
    """As forums are known to write it."""
    return chance.choice(_KNOWN.get(word, [word]))


def full_width(text: str, chance: random.Random) -> str:
    """Letters and digits at the width of characters."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def invisible(text: str, chance: random.Random) -> str:
    """Characters that nobody sees between those of the post."""
    return "".join(c + chance.choice(_INVISIBLE) if chance.random() < 0.3 else c for c in text)


def struck(text: str, chance: random.Random) -> str:
    """Strokes laid over characters."""
    return "".join(c + chance.choice(_STRIKES) if c.isalpha() and chance.random() < 0.3 else c for c in text)


def traditional(text: str, chance: random.Random) -> str:
    """The whole post in traditional characters."""
    converted: str = _TRADITIONAL.convert(text)
    return converted


def emoji(text: str, chance: random.Random) -> str:
    """Words as emoji, where they stand inside a sentence."""
    return _INSIDE.sub(lambda match: chance.choice(_pictures(match.group())), text)


WORD_WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "sound_alike": sound_alike, "parted": parted, "split": split, "spelt": spelt, "known": known,
}  # fmt: skip
TEXT_WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "full_width": full_width, "invisible": invisible, "struck": struck, "traditional": traditional, "emoji": emoji,
}  # fmt: skip


def variant(text: str, way: str, *, seed: int | str, share: float = 0.6) -> str:
    """The post written in one way, or, for `mixed`, each word in a way of its own and the whole in another.

    `share` is the chance of each of the trade's words to be disguised.
    """
    chance = random.Random(f"{seed}:{way}:{text}")
    if way in TEXT_WAYS:
        return TEXT_WAYS[way](text, chance)
    ways = list(WORD_WAYS.values()) if way == "mixed" else [WORD_WAYS[way]]
    written = _WORDS.sub(
        lambda match: (
            _fitting(text, match, chance.choice(ways)(match.group(), chance))
            if chance.random() < share
            else match.group()
        ),
        text,
    )
    return chance.choice(list(TEXT_WAYS.values()))(written, chance) if way == "mixed" else written


_WORDS = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_INSIDE = re.compile(f"(?<=[一-鿿])(?:{'|'.join(_EMOJI)})(?=[一-鿿])")


def _fitting(text: str, match: re.Match[str], written: str) -> str:
    """逾7 before 58天 would say another number, and letters beside letters another word: nobody writes that."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    clashes = _clash(before, written[0]) or _clash(written[-1], after)
    return match.group() if clashes else written


def _clash(first: str, second: str) -> bool:
    return bool(first and second) and (first + second).isascii() and (first + second).isalnum()


def _pictures(word: str) -> list[str]:
    return [_EMOJI[word]] if word == "黑猫" else list(_EMOJI[word])


@cache
def _alike(reading: str, character: str) -> list[str]:
    return [other for other in _common().get(reading, ()) if other != character]


@cache
def _common() -> dict[str, list[str]]:
    """The 3,755 characters of GB 2312's first level by reading."""
    by_reading: dict[str, list[str]] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            character = bytes((high, low)).decode("gb2312", errors="ignore")
            if character:
                by_reading.setdefault(lazy_pinyin(character)[0], []).append(character)
    return by_reading


def _is_ordinary(word: str) -> bool:
    if not jieba.dt.initialized:
        jieba.setLogLevel("WARNING")
        jieba.initialize()
    return bool(jieba.dt.FREQ.get(word))
