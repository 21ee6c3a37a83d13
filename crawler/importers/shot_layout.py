"""The layout of a screenshot: rows in reading order, wrapped lines joined, names and times apart from the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from crawler.importers.shot_lines import ShotLine

_CLOCK = r"(?:凌晨|早上|上午|中午|下午|晚上)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_DAY = r"(?:(?:20)?\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?|今天|昨天|前天|星期[一二三四五六日天]|周[一二三四五六日]"
_TIME = re.compile(rf"(?:{_DAY})?\s*{_CLOCK}|{_DAY}|\d{{1,2}}\s*(?:秒|分钟|小时|天)前|刚刚", re.I)
_BESIDE_TIME = re.compile(r"(?:\s*[·•|]?\s*(?:来自|发布于|IP属地)\s*[:：]?\s*\S{1,12}){1,2}")
_SENTENCE = re.compile(r"[，。！？；：、,!?;…]")
_BAR = re.compile(r"[\d:%.\s]*(?:\d{1,2}:\d{2})[\d:%.\sGKBs/]*|[<＜〈‹]?\s*\S{1,12}\(\d+\)\s*[.…]*")
_COUNTS = re.compile(r"(?:(?:赞|评论|转发|回复|收藏|分享|点赞|浏览)\s*\d*[.\d]*[万wk]?\s*){1,6}", re.I)
_FACE = re.compile(r"(?<=[。！？!?，…])[A-Za-z0©®☺の]$")
"""What an emoji at the end of a line is read as."""
_FACE_ALONE = re.compile(r"[A-Za-z©®☺●○◎]")
_LATIN, _LATIN_WIDTH, _MARGIN = 0x2E80, 0.55, 0.2
"""Where Chinese letters begin; how wide Latin ones are beside them, and the margin of a box around both."""
_WIDTHS = {**dict.fromkeys("MWmw@%", 0.87), **dict.fromkeys("iljtfI1.,:;'!|", 0.3)}
_BEGINS = 0.7
_NAME_LENGTH = 16
_SMALLER = 0.86
_SAME_ROW = 0.5
_STATUS_BAR = 0.06
"""Share of the width: what stands so near to the upper edge is the telephone's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What a screenshot says: the words, a line a paragraph or message, and the names and times that it shows."""

    text: str
    names: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


def arrange(lines: Sequence[ShotLine], width: int) -> Shot:
    """Return the words of a screenshot of this width in reading order."""
    seen = [line for line in lines if not _FACE_ALONE.fullmatch(line.text)]
    rows = _joined_rows(sorted(seen, key=lambda line: (line.top, line.left)))
    rows = [replace(row, text=_FACE.sub("", row.text)) for row in rows if not _is_furniture(row, width)]
    times = [row for row in rows if is_time(row.text)]
    names = _names(rows, times)
    words = [row for row in rows if row not in times and row not in names]
    return Shot(
        text="\n".join(_paragraphs(words)),
        names=tuple(dict.fromkeys(row.text for row in names)),
        times=tuple(dict.fromkeys(row.text for row in times)),
    )


def is_time(text: str) -> bool:
    """Whether a line is nothing but a time, perhaps with the device or region that apps show beside it."""
    found = _TIME.match(text)
    if not found:
        return False
    rest = text[found.end() :].strip()
    return not rest or bool(_BESIDE_TIME.fullmatch(rest))


def without_overlap(earlier: Sequence[str], later: Sequence[str]) -> list[str]:
    """Return the later lines without those that the earlier picture ended with: people scroll less than a screen."""
    for size in range(min(len(earlier), len(later)), 0, -1):
        if list(earlier[-size:]) == list(later[:size]):
            return list(later[size:])
    return list(later)


def _joined_rows(lines: Sequence[ShotLine]) -> list[ShotLine]:
    """Join boxes that stand side by side in one line of text (an emoji between words parts them)."""
    rows: list[ShotLine] = []
    for line in lines:
        beside = next((row for row in reversed(rows[-4:]) if _continues(row, line)), None)
        if beside is None:
            rows.append(line)
        else:
            rows[rows.index(beside)] = _together(beside, line)
    return sorted(rows, key=lambda row: (row.top, row.left))


def _continues(row: ShotLine, line: ShotLine) -> bool:
    common = min(row.bottom, line.bottom) - max(row.top, line.top)
    first, second = sorted((row, line), key=lambda one: one.left)
    is_near = second.left - first.right < 2.5 * min(row.height, line.height)
    likeness = min(row.height, line.height) / max(row.height, line.height)
    return common > _SAME_ROW * min(row.height, line.height) and is_near and likeness > _SMALLER - 0.16


def _together(row: ShotLine, line: ShotLine) -> ShotLine:
    first, second = sorted((row, line), key=lambda one: one.left)
    space = " " if re.search(r"[A-Za-z0-9]$", first.text) and re.match(r"[A-Za-z0-9]", second.text) else ""
    return replace(
        row,
        text=f"{first.text}{space}{second.text}",
        left=first.left,
        right=max(first.right, second.right),
        top=min(row.top, line.top),
        bottom=max(row.bottom, line.bottom),
    )


def _is_furniture(row: ShotLine, width: int) -> bool:
    """Whether a line is the telephone's status bar, a chat's title, or an app's counts of likes and comments."""
    is_bar = row.bottom < _STATUS_BAR * width and bool(_BAR.fullmatch(row.text) or len(row.text) <= 2)
    is_speck = len(row.text) == 1 and not row.text.isalnum()
    return is_bar or is_speck or bool(_COUNTS.fullmatch(row.text))


def _names(rows: Sequence[ShotLine], times: Sequence[ShotLine]) -> list[ShotLine]:
    """The lines that name who speaks: in small letters above a message, or just above (or beside) a time."""
    sizes = [_letter(row) for row in rows if row not in times]
    usual = median(sizes) if sizes else 0.0
    found: list[ShotLine] = []
    for above, row, below in zip([None, *rows], rows, rows[1:], strict=False):
        if row in times or len(row.text) > _NAME_LENGTH or _SENTENCE.search(row.text):
            continue
        begins = above is None or above in times or row.top - above.bottom > _BEGINS * row.height
        is_small = _letter(row) < _SMALLER * usual and below not in times
        if (begins and is_small) or _is_headed(row, below, times):
            found.append(row)
    return found


def _letter(row: ShotLine) -> float:
    """How wide a Chinese letter of the line is; heights of boxes tell less, for they are found with a margin."""
    letters = sum(1.0 if ord(letter) > _LATIN else _WIDTHS.get(letter, _LATIN_WIDTH) for letter in row.text)
    return (row.right - row.left) / (letters + _MARGIN)


def _is_headed(row: ShotLine, below: ShotLine, times: Sequence[ShotLine]) -> bool:
    return below in times and abs(row.left - below.left) < 2 * row.height and below.height < row.height


def _paragraphs(rows: Sequence[ShotLine]) -> list[str]:
    """Join the lines that only the screen's width parted: they follow closely, and the upper one is full."""
    blocks: list[list[ShotLine]] = []
    for row in rows:
        if blocks and _follows(blocks[-1][-1], row):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return [paragraph for block in blocks for paragraph in _unwrapped(block)]


def _follows(row: ShotLine, below: ShotLine) -> bool:
    height = min(row.height, below.height)
    return below.top - row.bottom < 0.9 * height and abs(row.left - below.left) < 1.2 * height


def _unwrapped(block: Sequence[ShotLine]) -> list[str]:
    edge = max(row.right for row in block)
    found = [block[0].text]
    for row, below in pairwise(block):
        is_full = edge - row.right < 2.2 * row.height
        if is_full:
            space = " " if re.search(r"[A-Za-z]$", row.text) and re.match(r"[A-Za-z]", below.text) else ""
            found[-1] += space + below.text
        else:
            found.append(below.text)
    return found
