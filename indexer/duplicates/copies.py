"""Edited copies of posts, as people make them: what the measure of near-duplicates is made of. Seeded."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from indexer.duplicates.text import compared

# Long enough that a truncated copy is not too short to be compared.
_LEAST_ORIGINAL = 20
_SHARE = (0.03, 0.08)
_TAGS = ("#曝光#", "#维权#", "#消费者权益#", "#逾期#", "#求助#", "#315#", "#避坑#", "#转发扩散#")
_SYNONYMS = MappingProxyType(
    {
        "催收": "催债",
        "电话": "手机",
        "打电话": "来电",
        "客服": "工作人员",
        "利息": "息费",
        "一直": "始终",
        "怎么": "咋",
        "什么": "啥",
        "因为": "由于",
        "但是": "可是",
        "现在": "目前",
        "没有": "没",
        "已经": "早就",
        "非常": "特别",
        "朋友": "好友",
        "公司": "单位",
        "今天": "今日",
        "昨天": "昨日",
        "我们": "咱们",
        "还款": "还钱",
        "投诉": "举报",
        "知道": "清楚",
    }
)
_FILLERS = "的了啊吧呢就都也还真又是在着"
_DIGITS = re.compile(r"\d")
_SENTENCE = re.compile(r"[^。！？!?\n；;，,]*[。！？!?\n；;，,]?")


@dataclass(frozen=True, slots=True)
class Copy:
    """A text of the measure; `origin` numbers the story, `edit` says how it was changed (empty: the original)."""

    origin: int
    edit: str
    text: str


def copies(texts: Sequence[str], count: int, *, seed: int) -> list[Copy]:
    """About `count` posts in any order: originals, at most a quarter, and edited copies of the long enough ones."""
    source = random.Random(seed)  # noqa: S311 (a measure, not a secret)
    originals = source.sample(list(texts), min(len(texts), max(1, count // 4)))
    made = [Copy(origin, "", text) for origin, text in enumerate(originals)]
    long = [copy for copy in made if len(compared(copy.text)) >= _LEAST_ORIGINAL]
    made.extend(_edited(long, count - len(made), source))
    source.shuffle(made)
    return made


def _edited(originals: Sequence[Copy], count: int, source: random.Random) -> Iterator[Copy]:
    names = tuple(EDITS)
    for number in range(count if originals else 0):
        original, name = source.choice(originals), names[number % len(names)]
        yield Copy(original.origin, name, EDITS[name](original.text, source))


def _delete(text: str, source: random.Random) -> str:
    gone = set(source.sample(range(len(text)), _some(text, source)))
    return "".join(sign for at, sign in enumerate(text) if at not in gone)


def _insert(text: str, source: random.Random) -> str:
    for _ in range(_some(text, source)):
        at = source.randint(0, len(text))
        text = text[:at] + source.choice(_FILLERS) + text[at:]
    return text


def _renumber(text: str, source: random.Random) -> str:
    changed = _DIGITS.sub(lambda _: str(source.randint(1, 9)), text)
    return changed if changed != text else f"{text}已经{source.randint(2, 90)}天了"


def _tag(text: str, source: random.Random) -> str:
    return text + "".join(source.sample(_TAGS, source.randint(1, 4)))


def _truncate(text: str, source: random.Random) -> str:
    return text[: round(len(text) * source.uniform(0.7, 0.9))]


def _reword(text: str, source: random.Random) -> str:
    known = [word for word in _SYNONYMS if word in text]
    for word in source.sample(known, min(len(known), source.randint(1, 4))):
        text = text.replace(word, _SYNONYMS[word])
    return text


def _reorder(text: str, source: random.Random) -> str:
    sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence]
    at = source.randrange(len(sentences))
    return "".join(sentences[at:] + sentences[:at])


def _several(text: str, source: random.Random) -> str:
    for edit in source.sample((_delete, _insert, _renumber, _tag, _reword, _reorder), 2):
        text = edit(text, source)
    return text


def _some(text: str, source: random.Random) -> int:
    """How many characters an edit touches: 3 to 8 in a hundred, one at least."""
    return max(1, round(len(text) * source.uniform(*_SHARE)))


EDITS: Mapping[str, Callable[[str, random.Random], str]] = MappingProxyType(
    {
        "deleted": _delete,
        "inserted": _insert,
        "numbers": _renumber,
        "hashtags": _tag,
        "truncated": _truncate,
        "synonyms": _reword,
        "order": _reorder,
        "several": _several,
    }
)
