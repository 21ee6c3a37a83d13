"""What stands in an entry of a feed: its author's own words, what it passes on, and counts that some feeds write out.

Feeds made from microblogs (RSSHub, weibo-rss, FetchRSS) put everything into one piece of HTML: the author's name before
the words, a post that is passed on in a `blockquote` after 「- 转发」, comments, counts and links of their own.
Shapes: the recorded feeds and DIYgod/RSSHub, lib/routes/weibo/utils.ts.
"""

import re
from dataclasses import dataclass, field

from parsel import Selector

from crawler.post import Engagement
from crawler.reading.counts import read_count
from crawler.reading.fragment import parse_fragment, read_fragment
from crawler.reading.pictures import name_pictures

_COUNTS = re.compile(r"^转发\s*(?P<shares>\d\S*?)\s*评论\s*(?P<replies>\d\S*?)\s*赞\s*(?P<likes>\d\S*)$", re.M)
_FURNITURE = re.compile(
    r"^(?:查看原文|原博\s*[:：].*|视频无法显示，请前往.*观看。|\(Feed generated with FetchRSS\)|.*Powered by RSSHub)$",
    re.M,
)
_PASSED_ON = re.compile(r"^(?:- 转发|🔁)\s*|原博\s*[:：]")
_MARKS = re.compile(r"\[(?:图片|视频|Live Photo)\]")
_TITLE_LENGTH = 40
"""Longer titles are the text over again in feeds of microblogs; headlines are shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """A post that an entry passes on; `url` is empty where the feed doesn't say."""

    author: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWords:
    """The words of an entry; `is_cut` where the feed itself says that there is more."""

    text: str
    counts: Engagement = field(default_factory=Engagement)
    passed_on: PassedOn | None = None
    is_cut: bool = False


def read_feed_words(html: str, author: str) -> FeedWords:
    """Read the HTML (or plain text, whose line breaks count) of an entry by `author`."""
    if not html.strip():
        return FeedWords(text="")
    if not re.search(r"<[a-zA-Z!/]", html):
        html = html.replace("\n", "<br>")
    fragment = name_pictures(parse_fragment(html))
    quote = next((one for one in fragment.css("blockquote") if _passes_on(one)), None)
    left_out = [*fragment.xpath("//h3[contains(., '热门评论')]/parent::div"), *fragment.css("span.expand")]
    for piece in (*left_out, *([quote] if quote is not None else [])):
        piece.root.set("hidden", "hidden")  # read_fragment leaves hidden parts out
    text = read_fragment(fragment)
    counts = _COUNTS.search(text)
    return FeedWords(
        text=_own(_COUNTS.sub("", text), author),
        counts=_engagement(counts) if counts else Engagement(),
        passed_on=_passed_on(quote) if quote is not None else None,
        is_cut=bool(fragment.css("span.expand")),
    )


def read_title(title: str, words: FeedWords, author: str) -> str:
    """Return the title of an entry; empty where it only repeats the words, cut or with marks for pictures."""
    own = _own(title, author)
    repeated = _letters(_MARKS.sub("", re.split(r"\s-\s转发\s|🔁", own)[0]).rstrip(".…"))
    is_made = bool(_MARKS.search(own)) or own.endswith(("...", "…")) or len(own) > _TITLE_LENGTH
    return "" if words.text and is_made and _letters(words.text).startswith(repeated) else own


def _passes_on(quote: Selector) -> bool:
    return bool(_PASSED_ON.search(read_fragment(quote)))


def _passed_on(quote: Selector) -> PassedOn | None:
    """Read `- 转发 @name: words`; `None` where the site no longer shows the post."""
    quote.root.attrib.pop("hidden", None)
    text = _own(_PASSED_ON.sub("", read_fragment(quote), count=1), "")
    quote.root.set("hidden", "hidden")
    found = re.match(r"@(?P<author>[^\s:：]{1,40}?)\s*[:：]\s*(?P<text>.*)$", text, re.S)
    if not found or not found["text"].strip():
        return None
    link = quote.css("small a::attr(href)").get("")
    return PassedOn(author=found["author"], text=found["text"].strip(), url=link)


def _own(text: str, author: str) -> str:
    """Return a text without the name that the feed puts before it and the feed's own lines."""
    plain = _FURNITURE.sub("", text)
    named = re.match(rf"@?{re.escape(author)}\s*[:：]\s*", plain) if author else None
    lines = (line.strip() for line in plain[named.end() if named else 0 :].splitlines())
    return "\n".join(line for line in lines if line)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _engagement(found: re.Match[str]) -> Engagement:
    return Engagement(
        likes=read_count(found["likes"]), replies=read_count(found["replies"]), shares=read_count(found["shares"])
    )
