"""A page of a news site, blog or the like: an article, or a list that links to articles.

An article declares itself (og:type, JSON-LD, a published time), or holds more words of its own than words in links.
Lists give the links to pages of the same host whose words are long enough for a headline.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost, ShownThread
from crawler.pages.page import Page
from crawler.post import IssueReason, PostKind
from crawler.reading.article import Article, read_article_html
from crawler.reading.text import read_lines

_ARTICLE_TYPES = re.compile(r'"@type"\s*:\s*"(?:News|Blog|Reportage|Analysis)?(?:Article|Posting|NewsArticle)"')
_HEADLINE = 8
"""Letters that a headline has at least; shorter links are navigation."""
_SHORTEST = 60
"""Letters of the shortest text that is taken for an article where the page doesn't say that it is one."""
_TRACKING = re.compile(r"^(?:utm_\w+|spm|from|source|share\w*|ref|referer|_t|timestamp|scene|wfr|sudaref)$", re.I)
_NOT_PAGES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|rar|apk|exe|mp[34]|css|js|xml|docx?|xlsx?)$", re.I)
_NEXT = re.compile(r"^\s*(?:下一?页|后页|next(?: page)?|older(?: posts)?|»|›|>)\s*[»›>]?\s*$", re.I)
_MORE = re.compile(r"^\s*(?:下一?页|余下全文|阅读全文|展开全文|查看全文|点击阅读全文)\s*[»›>]?\s*$")
_LOG_IN = re.compile(r"请先?登录|登录后(?:可|才|查看|阅读)|subscribe to (?:read|continue)|付费后可")
_CHALLENGE = re.compile(r"captcha|just a moment|challenges\.cloudflare|人机验证|安全验证|访问过于频繁", re.I)
_GONE = {404, 410}


def read_article_page(page: Page) -> Extraction:
    """Read a page as an article or as a list of them; one that is neither comes back with the reason."""
    wall = _wall(page)
    if wall:
        return Extraction(kind=PageKind.MESSAGE, issues=(wall,))
    article = read_article_html(page.decoded.text, served=page.served)
    links = list(_headlines(page))
    if article.text and (_declares_article(page) or _is_mostly_text(article, page)):
        return _article(page, article)
    return _list(page, links) if links else Extraction(kind=PageKind.UNKNOWN, issues=(_nothing(page),))


def _wall(page: Page) -> PageIssue | None:
    if page.status in _GONE:
        return PageIssue(reason=IssueReason.DELETED, detail=f"网站回答 HTTP {page.status}：页面不存在")
    if page.status in {401, 403}:
        reason = IssueReason.LOGIN_REQUIRED if page.status == 401 else IssueReason.PERMISSION
        return PageIssue(reason=reason, detail=f"网站回答 HTTP {page.status}：不让访客看")
    if page.status >= 400:
        return PageIssue(reason=IssueReason.HTTP_STATUS, detail=f"网站回答 HTTP {page.status}，没有内容")
    if not page.body.strip():
        return PageIssue(reason=IssueReason.EMPTY_PAGE, detail="网站回答了一个空白页面")
    return None


def _nothing(page: Page) -> PageIssue:
    words = " ".join(page.selector.xpath("//title//text() | //body//text()").getall())
    if _CHALLENGE.search(page.decoded.text[:20_000]):
        return PageIssue(reason=IssueReason.MESSAGE, detail="网站要求人机验证，没有给出内容；采集不绕过验证")
    if _LOG_IN.search(words):
        return PageIssue(reason=IssueReason.LOGIN_REQUIRED, detail="页面没有正文，要登录或付费才能看")
    detail = "页面没有读到正文，也没有文章链接（可能由脚本载入，或不是文章）"
    return PageIssue(reason=IssueReason.UNKNOWN_PAGE, detail=detail)


def _declares_article(page: Page) -> bool:
    kind = page.selector.css("meta[property='og:type']::attr(content)").get("")
    dated = page.selector.css("meta[property='article:published_time'], [itemprop='articleBody']")
    scripts = page.selector.css("script[type='application/ld+json']::text").getall()
    return "article" in kind.lower() or bool(dated) or any(_ARTICLE_TYPES.search(script) for script in scripts)


def _is_mostly_text(article: Article, page: Page) -> bool:
    """Whether the text that was found is running text, not the headlines of a list one below the other."""
    linked = {_letters(read_lines(link.root)) for link in page.selector.css("body a[href]")}
    lines = [_letters(line) for line in article.text.splitlines()]
    own = sum(len(line) for line in lines if line not in linked)
    return own >= _SHORTEST and own > sum(len(line) for line in lines if line in linked)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _article(page: Page, article: Article) -> Extraction:
    issues, url = page.issues(), article_address(page)
    if article.published is None:
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail="文章没有读到发布时间", field="published"))
    if any(_MORE.match(words) for words in page.selector.css("body a::text").getall()):
        detail = "文章分成几页（或要点“阅读全文”），只读了第一页"
        issues.append(PageIssue(reason=IssueReason.CUT_SHORT, detail=detail, field="text"))
    post = ShownPost(
        native_id=url,
        kind=PostKind.ARTICLE,
        url=url,
        title=article.title,
        text=article.text,
        published=article.published,
        author=article.author,
    )
    return Extraction(kind=PageKind.THREAD, posts=(post,), issues=tuple(issues), thread_id=url)


def article_address(page: Page) -> str:
    """Return the one address of an article: the canonical one on the same host, without what only tracks readers."""
    named = page.selector.css("link[rel='canonical']::attr(href)").get("").strip()
    try:
        canonical = page.absolute(named) if named else page.url
    except ValueError:
        canonical = page.url
    is_own = urlsplit(canonical).hostname == urlsplit(page.url).hostname and urlsplit(canonical).path not in {"", "/"}
    return plain_address(canonical if is_own else page.url)


def plain_address(url: str) -> str:
    """Return an address without fragment and tracking parameters."""
    parts = urlsplit(urldefrag(url).url)
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if not _TRACKING.match(name)]
    return urlunsplit(parts._replace(query=urlencode(kept) if len(kept) < len(given) else parts.query))


def _list(page: Page, links: list[tuple[str, str]]) -> Extraction:
    threads = {url: ShownThread(native_id=url, url=url, title=title) for url, title in links}
    return Extraction(
        kind=PageKind.LIST, threads=tuple(threads.values()), next=_next(page), issues=tuple(page.issues())
    )


def _headlines(page: Page) -> Iterator[tuple[str, str]]:
    """Yield links with their words: pages of this host whose words are as long as a headline."""
    for link in page.selector.css("body a[href]"):
        if link.xpath("ancestor::nav | ancestor::footer | ancestor::header[not(ancestor::article)]"):
            continue
        title = link.attrib.get("title", "").strip() or " ".join(read_lines(link.root).split())
        address = _address(link, page)
        if address and len(_letters(title)) >= _HEADLINE:
            yield address, title


def _address(link: Selector, page: Page) -> str | None:
    try:
        address = plain_address(page.absolute(link.attrib["href"]))
    except ValueError:
        return None
    parts, own = urlsplit(address), urlsplit(page.url)
    is_page = parts.hostname == own.hostname and len(parts.path) > 1 and not _NOT_PAGES.search(parts.path)
    return address if is_page and parts.scheme in {"http", "https"} and not page.is_itself(address) else None


def _next(page: Page) -> str | None:
    named = page.selector.css("a[rel='next']::attr(href), link[rel='next']::attr(href)").getall()
    worded = [link.attrib["href"] for link in page.selector.css("a[href]") if _NEXT.match(read_lines(link.root))]
    for href in (*named, *worded):
        try:
            address = urldefrag(page.absolute(href)).url
        except ValueError:
            continue
        if not page.is_itself(address) and urlsplit(address).scheme in {"http", "https"}:
            return address
    return None
