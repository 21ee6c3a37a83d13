"""Screenshots handed over in the app: read, kept, landed and analysed; what was misread is corrected by a person."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from crawler.errors import OcrError
from crawler.importers.screenshot import SOURCE, Picture, keep_picture, kind_of, post_of
from crawler.importers.shot_layout import Shot, arrange, without_overlap
from crawler.importers.shot_lines import read_shot
from crawler.post import Post
from crawler.pseudonym import load_key
from indexer.ledger import Ledger
from indexer.record import Record
from ui.capturing import make_searchable
from ui.setup import SetUp


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPicture:
    """A picture as it was read: its record, where the picture is, and the names and times on it."""

    record_id: int
    path: Path
    names: tuple[str, ...]
    times: tuple[str, ...]


def read_pictures(
    setup: SetUp,
    bodies: Sequence[bytes],
    *,
    who: str,
    is_thread: bool = False,
    source: str = SOURCE,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[ReadPicture]:
    """Read pictures (PNG or JPEG), in the order of their thread where they are of one; each lands as one post.

    Pictures without words are left out. A picture that came before stays as it was corrected.

    Raises:
        OcrError: one is no picture, or RapidOCR isn't installed.
    """
    evidence, key, now = setup.home / "evidence", load_key(setup.home), clock()
    pictures = [_picture(body) for body in bodies]
    thread = pictures[0].sha256[:32] if is_thread and pictures else None
    found = []
    for picture, shot in zip(pictures, _shots(pictures, is_thread=is_thread), strict=True):
        if shot.text:
            kept = keep_picture(picture, evidence)
            post = post_of(shot, kept, source=source, key=key, at=now, taken=now, thread=thread)
            found.append((post, shot))
    _land(setup, [post for post, _ in found], who=who, now=now)
    read = [_read(setup.ledger, post, shot, evidence) for post, shot in found]
    make_searchable(setup, tuple(one.record_id for one in read))
    return read


def correct_text(setup: SetUp, record: Record, text: str, *, who: str, now: datetime) -> bool:
    """Keep a corrected text as a new version, with who corrected it in the audit log; whether anything changed."""
    landing = setup.ledger.land([replace(record.post, text=text, crawled=now)], now=now)
    if not landing.changed:
        return False
    detail = json.dumps({"version": record.version + 1, "before": record.version}, ensure_ascii=False)
    subject = f"record:{record.id}"
    setup.ledger.note_audit(at=now, actor=who, action="correct_text", subject=subject, detail=detail)
    make_searchable(setup, (record.id,))
    return True


def without_known(ledger: Ledger, posts: Sequence[Post]) -> list[Post]:
    """Leave out screenshots that the ledger holds: reading one again would undo what people corrected."""
    return [
        post
        for post in posts
        if not post.url.startswith(f"{SOURCE}:") or ledger.find(post.source, post.native_id) is None
    ]


def _picture(body: bytes) -> Picture:
    kind = kind_of(body[:8])
    if kind is None:
        raise OcrError("只能读 PNG 和 JPEG 图片；请重新截图再导入")
    return Picture(body=body, kind=kind)


def _shots(pictures: Sequence[Picture], *, is_thread: bool) -> list[Shot]:
    """The pictures as read; of those of one thread, lines that the picture before showed already are left out."""
    shots = [arrange(*read_shot(picture.body)) for picture in pictures]
    if not is_thread:
        return shots
    lines = [shot.text.split("\n") if shot.text else [] for shot in shots]
    fresh = [lines[0], *(without_overlap(before, after) for before, after in pairwise(lines))]
    return [replace(shot, text="\n".join(own)) for shot, own in zip(shots, fresh, strict=True)]


def _land(setup: SetUp, posts: Sequence[Post], *, who: str, now: datetime) -> None:
    new = without_known(setup.ledger, posts)
    setup.ledger.land(new, now=now)
    for post in new:
        detail = json.dumps({"evidence": post.evidence.file, "source": post.source}, ensure_ascii=False)
        setup.ledger.note_audit(at=now, actor=who, action="hand_over", subject=post.url, detail=detail)


def _read(ledger: Ledger, post: Post, shot: Shot, evidence: Path) -> ReadPicture:
    record = ledger.find(post.source, post.native_id)
    if record is None:
        raise OcrError("截图没有存进台账；请再试一次")
    path = evidence / (post.evidence.file or "")
    return ReadPicture(record_id=record.id, path=path, names=shot.names, times=shot.times)
