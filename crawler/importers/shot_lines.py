"""The lines of text on a picture, found and read by RapidOCR (extra `ocr`; its models lie in its wheel)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.errors import OcrError

_TALL = 1600
"""Pixels of height above which a picture is cut: scaled down whole, its letters could no longer be read."""
_SEARCHED = 400
_NARROW = 700
"""A picture narrower than this is enlarged twice: the models were trained on larger letters."""
_PIXELS = 60_000_000
_SURE = 0.5
_CALM = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotLine:
    """Text in a box; pixels of the picture, from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float

    @property
    def height(self) -> float:
        """How high the line is."""
        return self.bottom - self.top


def read_shot(body: bytes) -> tuple[list[ShotLine], int]:
    """Return the lines of a picture in no order, and its width.

    Raises:
        OcrError: RapidOCR isn't installed, or the picture can't be opened.
    """
    pixels = _opened(body)
    scale = 2 if pixels.shape[1] < _NARROW else 1
    lines = [line for top, part in _parts(pixels) for line in _lines(part, top, scale)]
    return lines, int(pixels.shape[1])


def _opened(body: bytes) -> NDArray[np.uint8]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(body)) as image:
            if image.width * image.height > _PIXELS:
                raise OcrError(f"图片太大（{image.width}×{image.height}）；请裁成几张再导入，用 --thread 合在一起")
            return np.asarray(image.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise OcrError(f"图片打不开：{error}；请重新截图，存成 PNG 或 JPEG") from error


def _parts(pixels: NDArray[np.uint8]) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Yield a long picture in parts, cut between lines where a row of pixels is all one colour."""
    top, height = 0, pixels.shape[0]
    while height - top > _TALL:
        end = _calm_row(pixels, top + _TALL - _SEARCHED, top + _TALL)
        yield top, pixels[top:end]
        top = end
    yield top, pixels[top:]


def _calm_row(pixels: NDArray[np.uint8], first: int, last: int) -> int:
    """Return the row before which to cut: the middle of the highest gap between lines, the lower one of equals."""
    spread = pixels[first:last].astype(np.int16).max(axis=2)
    changes = np.abs(np.diff(spread, axis=1)).max(axis=1)
    best, begun, found = 0, None, last
    for row, change in enumerate([*changes, np.inf]):
        if change <= _CALM:
            begun = row if begun is None else begun
        elif begun is not None:
            if row - begun >= best:
                best, found = row - begun, first + (begun + row) // 2
            begun = None
    return found


def _lines(pixels: NDArray[np.uint8], offset: int, scale: int) -> Iterator[ShotLine]:
    found = _engine()(_enlarged(pixels, scale))
    if found.txts is None:
        return
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        left, top = box.min(axis=0) / scale
        right, bottom = box.max(axis=0) / scale
        if text.strip() and score >= _SURE:
            yield ShotLine(
                text=text.strip(),
                left=float(left),
                top=float(top) + offset,
                right=float(right),
                bottom=float(bottom) + offset,
                score=float(score),
            )


def _enlarged(pixels: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    from PIL import Image

    image = Image.fromarray(pixels)
    larger = image.resize((image.width * scale, image.height * scale), Image.Resampling.LANCZOS) if scale > 1 else image
    return np.asarray(larger)[:, :, ::-1]  # RapidOCR takes blue first, as OpenCV does


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ModuleNotFoundError as error:
        raise OcrError(f"读截图要额外的组件（缺 {error.name}）：pip install 'fengping[ocr]'") from error
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False, "Global.max_side_len": 4000})
