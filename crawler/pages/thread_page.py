"""A page of a thread: its posts and the next page."""

import re
from datetime import datetime

from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.picking import Picker
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.counts import read_count
from crawler.reading.dates import Moment, read_date
from crawler.reading.text import read_lines
from crawler.site import Place, Site, ThreadPage


def read_thread_page(page: Page, site: Site) -> Extraction:
    """Read the posts of a thread page, in the page's order, each post once (pinned copies are not doubled)."""
    return _ThreadReader(page, site).extraction()


class _ThreadReader:
    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site, self.places = page, site, site.thread
        self.issues: list[PageIssue] = page.issues()
        self.whole = Picker(page.selector, "主题页", self.issues)

    def extraction(self) -> Extraction:
        posts: dict[str, ShownPost] = {}
        topic_first = self.places.first_is_topic and not self.whole.value(self.places.previous, "previous")
        for item in self.page.selector.css(self.places.item):
            post = self._post(item, is_topic=topic_first and not posts)
            if post:
                self._note_same_id(posts.setdefault(post.native_id, post), post)
        if not posts:
            detail = f"主题页没有一个帖子：选择器 {self.places.item} 没有匹配到内容"
            self.whole.note(IssueReason.EMPTY_PAGE, detail, "item")
        following = self.whole.next_page(self.places.next, self.page)
        return Extraction(
            kind=PageKind.THREAD,
            posts=tuple(posts.values()),
            next=following,
            issues=tuple(self.issues),
            thread_id=id_in_url(self.page.url, self.places),
        )

    def _note_same_id(self, first: ShownPost, post: ShownPost) -> None:
        """A copy of a post (pinned, say) is nothing; another post under its number would be lost in silence."""
        if first.text != post.text:
            detail = f"两个不同的帖子用了同一个编号 {post.native_id}，只读了第一个；请检查站点文件的 native_id"
            self.whole.note(IssueReason.UNREADABLE_FIELD, detail, "native_id")

    def _post(self, item: Selector, *, is_topic: bool) -> ShownPost | None:
        native_id = Picker(item, "一个帖子", self.issues).value(self.places.native_id, "native_id", required=True)
        if not native_id:
            return None
        picker = Picker(item, f"帖子 {native_id} ", self.issues)
        return ShownPost(
            native_id=native_id,
            kind=PostKind.TOPIC if is_topic else PostKind.REPLY,
            parent_id=picker.value(self.places.quoted, "quoted"),
            url=self._url(picker, native_id),
            title=self._title() if is_topic else "",
            text=self._text(picker),
            published=self._published(picker),
            author=self._author(picker),
            region=picker.value(self.places.region, "region"),
            engagement=self._engagement(picker, is_topic=is_topic),
        )

    def _url(self, picker: Picker, native_id: str) -> str:
        link = picker.link(self.places.url, "url", self.page)
        return link or f"{self.page.url.partition('#')[0]}#pid{native_id}"

    def _title(self) -> str:
        return self.whole.value(self.places.title, "title", required=bool(self.places.title)) or ""

    def _text(self, picker: Picker) -> str:
        element = picker.element(self.places.text)
        leave_out = [found.root for css in self.places.leave_out for found in picker.scope.css(css)]
        text = "" if element is None else read_lines(element, leave_out=leave_out)
        screened = picker.scope.css(self.places.screened) if self.places.screened and not text else []
        if screened:
            note = read_lines(screened[0].root)
            picker.note(IssueReason.SCREENED, f"{picker.subject}的内容被网站屏蔽：{note}", "text")
        elif element is None:
            picker.missing(self.places.text, "text")
        return text

    def _published(self, picker: Picker) -> datetime | None:
        shown = picker.value(self.places.published, "published", required=True)
        if not shown:
            return None
        moment = self._date(shown)
        if not moment:
            detail = f"{picker.subject}的时间“{shown[:60]}”读不懂"
            picker.note(IssueReason.UNREADABLE_FIELD, detail, "published")
        return moment.at if moment else None

    def _date(self, shown: str) -> Moment | None:
        dates = self.site.dates
        return read_date(shown, served=self.page.served, zone=dates.zone, languages=dates.languages)

    def _author(self, picker: Picker) -> str | None:
        name = picker.value(self.places.author, "author", required=bool(self.places.author))
        return None if name in self.places.anonymous else name

    def _engagement(self, picker: Picker, *, is_topic: bool) -> Engagement:
        return Engagement(
            likes=_count(picker, self.places.likes, "likes"),
            replies=_count(self.whole, self.places.replies, "replies") if is_topic else None,
            views=_count(self.whole, self.places.views, "views") if is_topic else None,
        )


def _count(picker: Picker, places: tuple[Place, ...], name: str) -> int | None:
    return read_count(picker.value(places, name) or "")


def id_in_url(url: str, places: ThreadPage) -> str | None:
    """Return the thread's id that an address carries."""
    found = re.search(places.id_in_url, url) if places.id_in_url else None
    return next((group for group in found.groups() if group), found.group()) if found else None
