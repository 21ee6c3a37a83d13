"""Screenshot: a picture of a chat or of a post in an app, read by RapidOCR, as one post.

The words stand in the order in which people read them; names and times go into the post's author and time. The picture
itself is the evidence (`HOME/evidence/images`).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.importers.building import Imported
from crawler.importers.evidence import Kept
from crawler.importers.file import ImportFile
from crawler.importers.sample import Sample
from crawler.importers.shot_layout import Shot, arrange
from crawler.importers.shot_lines import read_shot
from crawler.post import Evidence, Post, PostKind
from crawler.pseudonym import pseudonym
from crawler.reading.dates import read_date

SOURCE = "screenshot"
IMAGES = "images"
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_HEAD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture's bytes and its digest, which names it."""

    body: bytes
    kind: str

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.body).hexdigest()


def kind_of(head: bytes) -> str | None:
    """Return the kind of picture that a file begins as (png, jpg); `None` where it is none that is read."""
    return next((kind for sign, kind in _KINDS.items() if head.startswith(sign)), None)


def thread_id(first: Path) -> str:
    """Return the id that the screenshots of one thread share: that of the first of them."""
    return hashlib.sha256(first.read_bytes()).hexdigest()[:32]


def keep_picture(picture: Picture, evidence: Path) -> Evidence:
    """Keep a picture below the evidence folder, once however often it comes."""
    name = f"{IMAGES}/{picture.sha256}.{picture.kind}"
    path = evidence / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        begun = path.with_suffix(".part")
        begun.write_bytes(picture.body)
        begun.replace(path)
    return Evidence(sha256=picture.sha256, file=name)


def recognise(sample: Sample) -> bool:
    """Whether it is a PNG or JPEG."""
    with sample.path.open("rb") as file:
        return kind_of(file.read(_HEAD)) is not None


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the post of a screenshot; those of one thread (`ImportFile.thread`) belong together.

    Raises:
        OcrError: RapidOCR isn't installed, or the picture can't be opened.
    """
    body = file.path.read_bytes()
    picture = Picture(body=body, kind=kind_of(body[:_HEAD]) or "png")
    shot = arrange(*read_shot(body))
    if not shot.text:
        yield file.issue("截图上没有读到文字")
        return
    home = file.archive.home if isinstance(file.archive, Kept) else None
    evidence = keep_picture(picture, home / "evidence") if home else Evidence(sha256=picture.sha256)
    yield post_of(
        shot,
        evidence,
        source=file.source or SOURCE,
        key=file.key,
        at=file.imported,
        taken=file.exported,
        thread=file.thread,
    )


def post_of(
    shot: Shot,
    evidence: Evidence,
    *,
    source: str,
    key: bytes,
    at: datetime,
    taken: datetime,
    thread: str | None = None,
) -> Post:
    """Return the post of a screenshot `taken` then (relative times count from it) and imported `at`."""
    native_id = evidence.sha256[:32]
    moments = [moment.at for said in shot.times if (moment := read_date(said, served=taken))]
    is_first = thread in (None, native_id)
    return Post(
        source=source,
        native_id=native_id,
        url=f"{SOURCE}:{native_id}",
        kind=PostKind.TOPIC if is_first else PostKind.REPLY,
        title="",
        text=shot.text,
        published=min(moments, default=None),
        crawled=at,
        evidence=evidence,
        thread_id=thread,
        parent_id=None if is_first else thread,
        author=pseudonym(source, shot.names[0], key) if len(shot.names) == 1 else None,
    )
