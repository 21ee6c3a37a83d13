"""Numbers of complaint hotlines that posts write in other ways: 一二三七八, 幺二三七八, 1-2-3-7-8, ①②③⑦⑧."""

import re

from nlp.normalize.draft import Edit

# Of the financial regulator, the city government, consumer protection, the central bank and the network authority.
_HOTLINES = ("12378", "12345", "12315", "12363", "12377")
_WAYS = {
    "1": "1一壹幺①❶１",
    "2": "2二贰两②❷",
    "3": "3三叁③❸",
    "4": "4四肆④❹",
    "5": "5五伍⑤❺",
    "6": "6六陆⑥❻",
    "7": "7七柒拐⑦❼",
    "8": "8八捌⑧❽",
}
_DIGITS = "".join(_WAYS.values())
_BETWEEN = r"[ \-.·*_~|/]{0,2}"


def _in_any_way(digits: str) -> str:
    return _BETWEEN.join(f"[{_WAYS[digit]}]" for digit in digits)


_ENDINGS = "|".join(f"(?P<h{line}>{_in_any_way(line[2:])})" for line in _HOTLINES)
_WRITTEN = re.compile(rf"{_in_any_way('12')}{_BETWEEN}(?:{_ENDINGS})(?![{_DIGITS}90])")
_BEGINNING = re.compile(f"[{_WAYS['1']}]{_BETWEEN}[{_WAYS['2']}]")
_PLAIN = re.compile(r"\d{5}")
_LONGER = re.compile(rf"[{_DIGITS}90.]$")


def edits(text: str) -> list[Edit]:
    """The plain number for each; 一二三四五 alone may be counting, so 12345 counts only in digits or with a cue."""
    if not _BEGINNING.search(text):
        return []
    return [
        Edit(*match.span(), (match.lastgroup or "h")[1:])
        for match in _WRITTEN.finditer(text)
        if not (_PLAIN.fullmatch(match.group()) or _is_longer(text, match) or _is_counting(text, match))
    ]


def _is_longer(text: str, match: re.Match[str]) -> bool:
    return bool(_LONGER.search(text[max(0, match.start() - 1) : match.start()]))


_CUE = re.compile(r"[打拨找]|热线|投诉|举报|市长")


def _is_counting(text: str, match: re.Match[str]) -> bool:
    if match.lastgroup != "h12345":
        return False
    return not _CUE.search(text[max(0, match.start() - 6) : match.end() + 6])
