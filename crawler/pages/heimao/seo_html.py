"""The newest complaints as they stand, hidden for search engines, on 黑猫's home page (`div.seo_data_list`)."""

from parsel import Selector, SelectorList

from crawler.pages.extraction import Extraction, PageIssue, PageKind
from crawler.pages.heimao.addresses import complaint_address, number_of
from crawler.pages.heimao.complaint import Complaint, author_of
from crawler.pages.page import Page
from crawler.post import IssueReason
from crawler.reading.dates import read_date

ROW = ".seo_data_list li:has(a[href*='/complaint/view/'])"


def read_seo_list(page: Page) -> Extraction:
    """Read the list on the home page."""
    issues = page.issues()
    found = [row for item in page.selector.css(ROW) if (row := _complaint(item, page, issues))]
    return Extraction(
        kind=PageKind.LIST,
        threads=tuple({one.number: one.thread() for one in found}.values()),
        posts=tuple({one.number: one.post() for one in found}.values()),
        issues=tuple(issues),
    )


def _complaint(item: Selector, page: Page, issues: list[PageIssue]) -> Complaint | None:
    link = item.css("a[href*='/complaint/view/']::attr(href)").get("")
    number = number_of(link)
    if not number:
        return None
    when = item.css(".time").xpath("string()").get("")
    moment = read_date(when, served=page.served)
    if moment is None:
        detail = f"投诉 {number} 的时间读不出：{when or '没有'}"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="published"))
    return Complaint(
        number=number,
        url=complaint_address(page.url, link, number),
        title=_words(item.css("h1")),
        text="\n".join(filter(None, (_words(part) for part in item.css("p")))),
        published=moment.at if moment else None,
        author=author_of(item.css(".name").xpath("string()").get("")),
        fields=[_field(part) for part in item.css("ul li")],
    )


def _field(part: Selector) -> tuple[str, str]:
    label = _words(part.css("span")).strip("[]【】：: ")
    return label, " ".join(part.xpath("./text()").getall())


def _words(found: Selector | SelectorList[Selector]) -> str:
    return " ".join((found.xpath("string()").get() or "").split())
