"""Picking values off a page by a site file's places, strictly: one match, or an issue that names the selector."""

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from lxml.etree import _Element
from parsel import Selector

from crawler.pages.extraction import PageIssue
from crawler.pages.page import Page
from crawler.post import IssueReason
from crawler.reading.text import read_lines
from crawler.site import Place


@dataclass
class Picker:
    """Reads fields within `scope` (an item or the page) and gathers `issues`; `subject` names it in their details."""

    scope: Selector
    subject: str
    issues: list[PageIssue] = field(default_factory=list)

    def value(self, places: tuple[Place, ...], name: str, *, required: bool = False) -> str | None:
        """Return the value at the first of `places` that is there; a required one that is missing gives an issue."""
        for place in places:
            values = [value for match in _matches(self.scope, place) if (value := _value(match, place))]
            if values:
                self._demand_one(values, place, name)
                return values[0]
        if required:
            self.missing(places, name)
        return None

    def link(self, places: tuple[Place, ...], name: str, page: Page, *, required: bool = False) -> str | None:
        """Return the link at the first of `places` that is there, as an absolute address."""
        shown = self.value(places, name, required=required)
        try:
            return page.absolute(shown) if shown else None
        except ValueError:
            self.note(IssueReason.UNREADABLE_FIELD, f"{self.subject}的 {name} 不是有效的网址：{shown}", name)
            return None

    def next_page(self, places: tuple[Place, ...], page: Page) -> str | None:
        """Return the address of the next page without fragment; `None` where it is this page itself."""
        address = self.link(places, "next", page)
        return urldefrag(address).url if address and not page.is_itself(address) else None

    def missing(self, places: tuple[Place, ...], name: str) -> None:
        """Note that a field isn't where the site file says."""
        where = " 或 ".join(place.name for place in places)
        self.note(IssueReason.MISSING_FIELD, f"{self.subject}没有 {name}：选择器 {where} 没有匹配到内容", name)

    def note(self, reason: IssueReason, detail: str, name: str = "") -> None:
        """Gather an issue."""
        self.issues.append(PageIssue(reason=reason, detail=detail, field=name))

    def element(self, places: tuple[Place, ...]) -> _Element | None:
        """Return the first element at the first of `places` that is there."""
        for place in places:
            for match in _matches(self.scope, place):
                if isinstance(match.root, _Element):
                    return match.root
        return None

    def _demand_one(self, values: list[str], place: Place, name: str) -> None:
        count = len(set(values))
        if count > 1 and place.many == "one":
            detail = f"{self.subject}的 {name} 不唯一：选择器 {place.name} 匹配到 {count} 个不同的值，取第一个"
            self.note(IssueReason.UNREADABLE_FIELD, detail, name)


def _matches(scope: Selector, place: Place) -> list[Selector]:
    return list(scope.xpath(place.xpath) if place.xpath else scope.css(place.select))


def _value(match: Selector, place: Place) -> str:
    value = _raw(match, place)
    if not place.pattern:
        return value
    found = re.search(place.pattern, value)
    if not found:
        return ""
    return next((group for group in found.groups() if group), found.group())


def _raw(match: Selector, place: Place) -> str:
    root = match.root
    if not isinstance(root, _Element):
        return str(root).strip()
    if place.attribute:
        value = (root.get(place.attribute) or "").strip()
        return "" if value.lower().startswith("javascript:") else value
    leave_out = [found.root for css in place.leave_out for found in match.css(css)]
    return read_lines(root, leave_out=leave_out)
