"""Screenshots of invented posts, drawn from a seed: chats and posts, light and dark, long and small, with emoji."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crawler.benchmark.invented import NAMES, SENTENCES, TIMES
from crawler.errors import OcrError

STYLES = ("chat", "dark chat", "long chat", "small chat", "post", "dark post")
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_AVATARS = ("#c97b63", "#5b8db8", "#7a9e6f", "#a184b0", "#d0a24c")
_LEAN = "，。！？；：、”）"
"""Signs that don't begin a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """A picture (PNG) and the words on it that are its author's, without names, times and emoji."""

    style: str
    png: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    width: int
    size: int
    ground: str
    card: str
    own: str
    ink: str
    own_ink: str
    faint: str


def screenshots(count: int, *, seed: int) -> Iterator[Screenshot]:
    """Yield screenshots, every style as often as the others.

    Raises:
        OcrError: there is no font with Chinese letters.
    """
    chance = random.Random(seed)  # noqa: S311  # to repeat, not to keep secret
    for number in range(count):
        style = STYLES[number % len(STYLES)]
        yield _chat(style, chance) if "chat" in style else _post(style, chance)


def _look(style: str) -> _Look:
    width, size = (390, 15) if "small" in style else (1080, 42)
    if "dark" in style:
        colours = {"ground": "#111111", "card": "#2c2c2c", "own": "#3eb575", "ink": "#d5d5d5", "own_ink": "#0a0a0a"}
        return _Look(width=width, size=size, faint="#7d7d7d", **colours)
    colours = {"ground": "#ededed", "card": "#ffffff", "own": "#95ec69", "ink": "#191919", "own_ink": "#111111"}
    return _Look(width=width, size=size, faint="#8a8a8a", **colours)


def _chat(style: str, chance: random.Random) -> Screenshot:
    look = _look(style)
    canvas = _Canvas(look)
    said = []
    for number in range(16 if "long" in style else 5):
        if number % 4 == 0:
            canvas.clock(chance.choice(TIMES))
        text = _words(chance, 1 if chance.random() < 0.5 else 2)
        is_own = chance.random() < 0.35
        canvas.bubble(text, name="" if is_own else chance.choice(NAMES), is_own=is_own, chance=chance)
        said.append(text)
    return Screenshot(style=style, png=canvas.png(), text="\n".join(said))


def _post(style: str, chance: random.Random) -> Screenshot:
    canvas = _Canvas(_look(style))
    said = [_words(chance, 3), _words(chance, 2), *(_words(chance, 1) for _ in range(3))]
    canvas.head(chance.choice(NAMES), chance.choice(TIMES), chance)
    canvas.body("\n".join(said[:2]), chance)
    canvas.counts(chance)
    for comment in said[2:]:
        canvas.head(chance.choice(NAMES), chance.choice(TIMES), chance)
        canvas.body(comment, chance)
    return Screenshot(style=style, png=canvas.png(), text="\n".join(said))


def _words(chance: random.Random, sentences: int) -> str:
    return "".join(
        sentence.format(day=chance.randint(1, 28), sum=chance.randint(3, 980) * 100, hour=chance.randint(8, 22))
        for sentence in chance.sample(SENTENCES, sentences)
    )


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    path = next((font for font in _FONTS if Path(font).is_file()), None)
    if path is None:
        raise OcrError("没有中文字体，画不出截图；请安装 fonts-noto-cjk")
    return ImageFont.truetype(path, size, index=2)  # the simplified Chinese letters of the collection


class _Canvas:
    """A telephone's screen that grows downwards."""

    def __init__(self, look: _Look) -> None:
        from PIL import Image, ImageDraw

        self._look = look
        self._image = Image.new("RGB", (look.width, look.size * 160), look.ground)
        self._draw = ImageDraw.Draw(self._image)
        self._y = look.size
        self._edge = round(look.size * 3.6)

    def clock(self, words: str) -> None:
        """A time in the middle, as chats show it."""
        font = _font(round(self._look.size * 0.72))
        left = (self._look.width - font.getlength(words)) / 2
        self._draw.text((left, self._y), words, font=font, fill=self._look.faint)
        self._y += round(self._look.size * 1.9)

    def bubble(self, text: str, *, name: str, is_own: bool, chance: random.Random) -> None:
        """A message: the own ones right, the others' left below their names."""
        look, inner = self._look, round(self._look.size * 0.6)
        room = look.width - 2 * self._edge - 2 * inner
        lines = self._wrapped(text, room)
        wide = max(_font(look.size).getlength(line) for line in lines) + 2 * inner
        left = look.width - self._edge - wide if is_own else self._edge
        self._avatar(look.width - round(look.size * 3) if is_own else round(look.size * 0.6), chance)
        if name:
            self._draw.text((left, self._y), name, font=_font(round(look.size * 0.68)), fill=look.faint)
            self._y += round(look.size * 1.1)
        step = round(look.size * 1.42)
        high = step * len(lines) + 2 * inner
        box = (left, self._y, left + wide, self._y + high)
        self._draw.rounded_rectangle(box, radius=inner * 0.6, fill=look.own if is_own else look.card)
        self._lines(lines, left + inner, self._y + inner * 0.7, step, look.own_ink if is_own else look.ink, chance)
        self._y += high + round(look.size * 1.1)

    def head(self, name: str, time: str, chance: random.Random) -> None:
        """An avatar with the name and below it the time of a post or comment."""
        look = self._look
        self._avatar(round(look.size * 0.6), chance)
        self._draw.text((self._edge, self._y), name, font=_font(round(look.size * 0.86)), fill=look.ink)
        below = self._y + round(look.size * 1.25)
        self._draw.text((self._edge, below), time, font=_font(round(look.size * 0.66)), fill=look.faint)
        self._y += round(look.size * 2.9)

    def body(self, text: str, chance: random.Random) -> None:
        """The words of a post over the whole width."""
        look = self._look
        margin = round(look.size * 0.8)
        lines = [line for part in text.split("\n") for line in self._wrapped(part, look.width - 2 * margin)]
        step = round(look.size * 1.55)
        self._lines(lines, margin, self._y, step, look.ink, chance)
        self._y += step * len(lines) + look.size

    def counts(self, chance: random.Random) -> None:
        """What apps show below a post."""
        numbers = (f"{word} {chance.randint(1, 999)}" for word in ("转发", "评论", "赞"))
        font = _font(round(self._look.size * 0.72))
        for column, words in enumerate(numbers):
            left = self._look.size + column * self._look.width / 3
            self._draw.text((left, self._y), words, font=font, fill=self._look.faint)
        self._y += round(self._look.size * 2.2)

    def png(self) -> bytes:
        """The screen as a PNG, down to what was drawn last."""
        out = io.BytesIO()
        self._image.crop((0, 0, self._look.width, self._y + self._look.size)).save(out, "PNG")
        return out.getvalue()

    def _lines(self, lines: list[str], left: float, top: float, step: int, ink: str, chance: random.Random) -> None:
        font = _font(self._look.size)
        for number, line in enumerate(lines):
            self._draw.text((left, top + number * step), line, font=font, fill=ink)
        if chance.random() < 0.5:
            self._emoji(left + font.getlength(lines[-1]) + self._look.size * 0.2, top + (len(lines) - 1) * step)

    def _emoji(self, left: float, top: float) -> None:
        """A yellow face: fonts with emoji are not everywhere, and no model is to read one."""
        size = self._look.size
        if left + size * 1.1 > self._look.width - size * 0.3:
            return
        top += size * 0.3
        self._draw.ellipse((left, top, left + size, top + size), fill="#ffcc33", outline="#c98f00")
        for eye in (0.28, 0.62):
            spot = (left + size * eye, top + size * 0.3, left + size * (eye + 0.1), top + size * 0.45)
            self._draw.ellipse(spot, fill="#5b3a00")
        mouth = (left + size * 0.25, top + size * 0.4, left + size * 0.75, top + size * 0.8)
        self._draw.arc(mouth, 20, 160, fill="#5b3a00", width=max(1, size // 14))

    def _avatar(self, left: int, chance: random.Random) -> None:
        size = round(self._look.size * 2.4)
        box = (left, self._y, left + size, self._y + size)
        self._draw.rounded_rectangle(box, radius=size * 0.12, fill=chance.choice(_AVATARS))
        self._draw.ellipse(
            (left + size * 0.3, self._y + size * 0.18, left + size * 0.7, self._y + size * 0.58), fill="#f3e2d0"
        )

    def _wrapped(self, text: str, room: float) -> list[str]:
        font, lines = _font(self._look.size), [""]
        for letter in text:
            if font.getlength(lines[-1] + letter) > room and letter not in _LEAN:
                lines.append("")
            lines[-1] += letter
        return lines
