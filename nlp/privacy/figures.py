"""Numbers that their format gives away: identity numbers, bank cards, mobile phones and landlines."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nlp.privacy.finding import PersonalData
from nlp.privacy.formats import is_bank_card, is_identity_number, is_landline
from nlp.privacy.plain import BETWEEN

# Between two digits of one number.
GAP = rf"[{BETWEEN}]{{0,3}}"
_IDENTITY_CUE = re.compile(
    rf"(?:身份证|身分证|证件|证号|(?i:sfz|(?<![a-z])id))[^\d\n〔〕]{{0,6}}(?P<data>[1-9](?:{GAP}\d){{14}}(?:(?:{GAP}\d){{2}}{GAP}[\dXx])?(?![\dXx]))"
)
_CARD_CUE = re.compile(
    rf"(?:卡号?|账号|账户|帐号|帐户|户头)(?:码|是|为)?[\s:：（(]{{0,3}}(?P<data>\d(?:{GAP}\d){{11,18}})(?!\d)"
)
_ORDER_CUE = re.compile(
    r"(?:订单|工单|流水|快递|运单|案号|文章|帖子|单号|编号|id)(?:号码?)?[\s:：是为]{0,3}$", re.IGNORECASE
)
_NO_DIGIT = re.compile(r"[^0-9Xx]")
_GROUP = re.compile(r"[0-9Xx]+")
_LISTED = re.compile(r"[,，、]")
_GOES_ON = re.compile(r"[-.][0-9〔]")
_LONGEST_GROUP = 14
# tel138… is a phone, SF138… is a parcel.
_IN_A_WORD = re.compile(
    r"(?<![A-Za-z])(?!(?:tel|phone|mobile|call|v|vx|wx|qq|q|id|card|no|sfz|sj|dh)$)[A-Za-z]+$", re.IGNORECASE
)
_RUN = re.compile(rf"[0-9](?:{GAP}[0-9]){{9,}}[Xx]?")
# `+86 (` may stand before a run.
_BEFORE_RUN = 4
_SHORTEST_CUED = 12


@dataclass(frozen=True, slots=True)
class _Format:
    """`patterns` stand in a look-ahead, so that a number behind a figure (2024 138…) is tried as well; longer first."""

    kind: str
    patterns: tuple[re.Pattern[str], ...]
    is_right: Callable[[str], bool]

    def matches(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """From left to right, at one place the longer first."""
        found = [match for pattern in self.patterns for match in pattern.finditer(text, start, end)]
        return sorted(found, key=lambda match: match.start()) if len(self.patterns) > 1 else found


def _format(kind: str, is_right: Callable[[str], bool], *data: str) -> _Format:
    return _Format(kind, tuple(re.compile(rf"(?<!\d)(?=(?P<data>{one}))") for one in data), is_right)


def detect(text: str) -> Iterator[PersonalData]:
    """The stricter formats first."""
    runs = [match.span() for match in _RUN.finditer(text)]
    long = any(end - start >= _SHORTEST_CUED for start, end in runs)
    if long:
        yield from _behind(_IDENTITY_CUE, "身份证号", text)
    yield from _of_formats(_CHECKED, text, runs)
    if long:
        yield from _behind(_CARD_CUE, "银行卡号", text)
    yield from _of_formats(_SHAPED, text, runs)


def _behind(cue: re.Pattern[str], kind: str, text: str) -> Iterator[PersonalData]:
    """Whatever long number stands behind such a word: a mistyped one is as personal, check digit or not."""
    for match in cue.finditer(text):
        start, end = match.span("data")
        yield PersonalData(kind, start, start + first_number(text[start:end], whole=15))


def first_number(written: str, *, whole: int) -> int:
    """The length of the first number: a group of so many digits is one, unless single digits go on with it."""
    first = re.match(rf"[0-9Xx]++(?!{GAP}[0-9](?:[{BETWEEN}]|$))", written)
    return first.end() if first and first.end() >= whole else len(written)


def _of_formats(formats: Iterable[_Format], text: str, runs: list[tuple[int, int]]) -> Iterator[PersonalData]:
    for known in formats:
        for start, end in runs:
            yield from _of_format(known, text, max(0, start - _BEFORE_RUN), end)


def _of_format(known: _Format, text: str, start: int, stop: int) -> Iterator[PersonalData]:
    end = 0
    for match in known.matches(text, start, stop):
        if match.start() >= end and known.is_right(_NO_DIGIT.sub("", match["data"])) and _is_one_number(match):
            end = match.end("data")
            if not _is_elsewhere(text, match.start()):
                yield PersonalData(known.kind, *match.span("data"))


def _is_one_number(match: re.Match[str]) -> bool:
    """Whether digits are grouped as one number is, not as a row of figures (15 30 45 60), an address or an amount."""
    groups = _GROUP.findall(match["data"])
    if len(groups) == 1:
        return True
    sizes = [len(group) for group in groups[groups[0] == "86" :]]
    if sizes[0] > _LONGEST_GROUP:
        return False
    # Behind a landline an extension follows; behind any other number, another figure of a date or an amount.
    if groups[0][0] != "0" and _GOES_ON.match(match.string, match.end("data")):
        return False
    if _LISTED.search(match["data"]):
        return max(sizes) == 1
    if max(sizes) <= 2 or set(sizes[:-1]) <= {3, 4}:
        return True
    return "." not in match["data"] and (len(sizes) <= 4 or min(sizes) == 1)


def _is_elsewhere(text: str, start: int) -> bool:
    """Whether the digits belong to a word (SF138…) or to a number of another thing (订单号138…)."""
    low = max(0, start - 12)
    return bool(_IN_A_WORD.search(text, low, start) or _ORDER_CUE.search(text, low, start))


def _is_mobile(digits: str) -> bool:
    return len(digits) in (11, 13, 15)


def _is_abroad_landline(digits: str) -> bool:
    return is_landline("0" + digits[2:])


_PREFIX = rf"(?:[(（+]{{0,2}}(?:0{GAP}0{GAP})?8{GAP}6{GAP})?"
_CHECKED = (
    _format("身份证号", is_identity_number, rf"[1-9](?:{GAP}\d){{16}}{GAP}[\dXx](?![\dXx])"),
    _format("银行卡号", is_bank_card, *(rf"(?<!/)[3-6](?:{GAP}\d){{{size - 1}}}(?!\d)" for size in (19, 18, 17, 16))),
)
_SHAPED = (
    _format("身份证号", is_identity_number, rf"[1-9](?:{GAP}\d){{14}}(?!\d)"),
    _format("手机号", _is_mobile, rf"{_PREFIX}1{GAP}[3-9](?:{GAP}\d){{9}}(?!\d)"),
    _format("座机号", is_landline, *(rf"[(（]?0(?:{GAP}\d){{{size - 1}}}(?!\d)" for size in (12, 11))),
    _format("座机号", _is_abroad_landline, *(rf"\+?{GAP}8{GAP}6(?:{GAP}\d){{{size}}}(?!\d)" for size in (11, 10))),
)
