"""What a complaint is, on whatever page: its words, and below them what it is about, as labelled lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.pages.entry import signature_of
from crawler.pages.extraction import ShownPost, ShownThread
from crawler.post import Engagement, PostKind

_ANONYMOUS = {"", "匿名", "匿名用户"}
_LABELS = {
    "投诉对象": "投诉对象",
    "使用服务": "使用服务",
    "投诉问题": "投诉问题",
    "投诉要求": "诉求",
    "涉诉金额": "涉诉金额",
    "投诉进度": "状态",
}
"""The site's names of a complaint's fields, in its order, and ours; others stand below under their own names."""
_LEFT_OUT = {"投诉编号", "投诉时间"}


def author_of(name: str) -> str | None:
    """Return the name that is shown; the id that answers hold beside 「匿名」 is never taken."""
    plain = " ".join(name.split())
    return None if plain in _ANONYMOUS else plain


def labelled(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Return fields as lines 「诉求：退款,道歉」, in one order on every page; empty ones are left out."""
    values = {label: " ".join(value.split()) for label, value in fields if label not in _LEFT_OUT}
    names = [*_LABELS, *(label for label in values if label not in _LABELS)]
    return [f"{_LABELS.get(name, name)}：{values[name]}" for name in names if values.get(name)]


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A complaint by its number; `fields` are the site's labels with their values, `lines` stand at the end as is."""

    number: str
    url: str
    title: str
    text: str
    published: datetime | None
    author: str | None
    fields: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    counts: Engagement = field(default_factory=Engagement)
    said: str = ""

    def post(self) -> ShownPost:
        """Return the complaint as a post."""
        return ShownPost(
            native_id=self.number,
            kind=PostKind.COMPLAINT,
            url=self.url,
            title=self.title,
            text="\n".join(filter(None, (self.text, *labelled(self.fields), *self.lines))),
            published=self.published,
            author=self.author,
            engagement=self.counts,
        )

    def thread(self) -> ShownThread:
        """Return the complaint as a thread of its own, whose further posts are the steps taken on it."""
        return ShownThread(
            native_id=self.number,
            url=self.url,
            title=self.title,
            replies=self.counts.replies,
            signature=signature_of(self.said, dict(self.fields).get("投诉进度", "")),
            active=self.published,
        )
