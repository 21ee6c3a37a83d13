"""Long posts: what a page shows in part waits until its whole text comes, so that no cut text passes for an edit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.pages.extraction import Extraction, ShownPost
from crawler.post import Evidence


@dataclass(frozen=True, slots=True)
class CutPost:
    """A post whose text is cut, with the evidence of the page that shows it; `thread_id` is where it was asked for."""

    shown: ShownPost
    evidence: Evidence
    thread_id: str


class LongPosts:
    """The cut posts of a crawl, by id. A post is whole once in a crawl, however many pages show it."""

    def __init__(self) -> None:
        self._waiting: dict[str, CutPost] = {}
        self._whole: set[str] = set()

    def without_known(self, extraction: Extraction) -> Extraction:
        """Return a page without what would ask again for texts that came in this crawl."""
        known = {mid: address for mid, address in extraction.cut.items() if mid in self._whole}
        if not known:
            return extraction
        return replace(
            extraction,
            posts=tuple(post for post in extraction.posts if post.native_id not in known),
            cut={mid: address for mid, address in extraction.cut.items() if mid not in known},
            rest=tuple(address for address in extraction.rest if address not in known.values()),
        )

    def hold(self, cut: CutPost) -> None:
        """Keep a cut post until its whole text comes."""
        self._waiting.setdefault(cut.shown.native_id, cut)

    def completed(self, shown: ShownPost) -> ShownPost | None:
        """Return a post as it lands: one that waited with the text that came; no bare text that nobody waits for."""
        cut = self._waiting.pop(shown.native_id, None)
        is_bare = shown.author is None and shown.published is None
        if cut:
            self._whole.add(shown.native_id)
            return replace(cut.shown, text=shown.text) if is_bare else shown
        return None if is_bare else shown

    def given_up(self, thread_id: str) -> Iterator[CutPost]:
        """Yield the posts of a thread whose whole text doesn't come."""
        ids = [native_id for native_id, cut in self._waiting.items() if cut.thread_id == thread_id]
        for native_id in ids:
            yield self._waiting.pop(native_id)
