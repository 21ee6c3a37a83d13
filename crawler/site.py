"""Site: where on a site's pages each field stands, read from a TOML file (see docs/sources.md).

A field is written as a CSS selector, `selector@attribute` for an attribute, a list of these (the first that is there
wins), or a table with `select`, `xpath`, `pattern` (a regular expression; its first group that matched is the value),
`leave_out` (selectors whose text doesn't count) and `many = "first"` where several matches are right.
"""

import codecs
import re
import tomllib
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import SelectorError
from lxml.etree import XPath, XPathSyntaxError
from parsel.csstranslator import HTMLTranslator
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from crawler.errors import SiteFileError
from crawler.post import IssueReason

SITES = Path(__file__).parent / "sites"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


def _checked_css(css: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(css)
    except SelectorError as error:
        raise ValueError(f"不是有效的 CSS 选择器：{css}（{error}）") from error
    return css


def _checked_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"不是有效的正则表达式：{pattern}（{error}）") from error
    return pattern


def _checked_xpath(xpath: str) -> str:
    try:
        XPath(xpath)
    except XPathSyntaxError as error:
        raise ValueError(f"不是有效的 XPath：{xpath}（{error}）") from error
    return xpath


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise ValueError(f"不认识的编码：{name}；请写 gb18030、utf-8 这样的名字") from error
    return name


Css = Annotated[str, BeforeValidator(_checked_css)]
Pattern = Annotated[str, BeforeValidator(_checked_pattern)]


class Place(_Strict):
    """One place where a value may stand: `select` (CSS) or `xpath`, within the item or the page."""

    select: Css = ""
    xpath: Annotated[str, BeforeValidator(_checked_xpath)] = ""
    attribute: str = ""
    pattern: Pattern = ""
    leave_out: tuple[Css, ...] = ()
    many: Literal["one", "first"] = "one"

    @property
    def name(self) -> str:
        """The selector as the site file has it, for messages."""
        return (self.xpath or self.select) + (f"@{self.attribute}" if self.attribute else "")


_SHORT = re.compile(r"^(?P<select>.*\S)@(?P<attribute>[\w-]+)$")


def _place(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    short = _SHORT.match(value)
    return short.groupdict() if short else {"select": value}


def _places(value: Any) -> Any:
    return [_place(one) for one in (value if isinstance(value, list) else [value])]


Places = Annotated[tuple[Place, ...], BeforeValidator(_places)]


class ListPage(_Strict):
    """A page of a board: its threads. `here` tells that a page is one; `empty` that the board has no threads.

    `last_reply` and `last_author` make the signature that tells whether a thread changed. `board` selects links (`a`)
    to the boards inside this one.
    """

    here: Css
    item: Css
    native_id: Places
    url: Places
    title: Places
    sticky: Css = ""
    replies: Places = ()
    views: Places = ()
    last_reply: Places = ()
    last_author: Places = ()
    next: Places = ()
    board: Css = ""
    empty: Css = ""
    limit: int = Field(default=500, gt=0)


class ThreadPage(_Strict):
    """A page of a thread: its posts. `id_in_url` finds the thread's id in an address, `first_page` marks page one.

    `quoted` gives the id of the post that a reply quotes; `screened` a note in place of a text that the site hides.
    """

    here: Css
    item: Css
    native_id: Places
    text: Places
    published: Places
    id_in_url: Pattern = ""
    title: Places = ()
    url: Places = ()
    author: Places = ()
    anonymous: tuple[str, ...] = ("匿名", "匿名者", "匿名用户", "游客", "Anonymous")
    quoted: Places = ()
    screened: Css = ""
    leave_out: tuple[Css, ...] = ()
    previous: Places = ()
    next: Places = ()
    views: Places = ()
    replies: Places = ()
    likes: Places = ()
    region: Places = ()
    first_is_topic: bool = True
    limit: int = Field(default=2000, gt=0)


class Message(_Strict):
    """A page that says why there is nothing to read: `select` finds the note, `pattern` (if given) must occur in it."""

    select: Css
    reason: IssueReason
    pattern: Pattern = ""


class IndexPage(_Strict):
    """The page that lists the boards; `board` selects links (`a`) to them."""

    here: Css
    board: Css


class Dates(_Strict):
    """How the site writes dates: `timezone`, and `languages` for dates in words."""

    timezone: str = "Asia/Shanghai"
    languages: tuple[str, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"不认识的时区：{name}；请写 Asia/Shanghai 这样的名字") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)


class Platform(StrEnum):
    """Engines that a site file can be for."""

    FORUM = "forum"


class Site(_Strict):
    """A site file. `encoding` forces a charset where the pages' own declaration can't be trusted.

    `login_url` recognises the address of the log-in page that a site sends guests to. `drop_parameters` are
    parameters of addresses that make one page many, such as a session's number. `also` names site files (beside this
    one) for the site's other layouts, such as the one for telephones; a page is read by the first that knows it.
    """

    name: str = ""
    title: str
    platform: Platform = Platform.FORUM
    encoding: Annotated[str | None, BeforeValidator(_known_encoding)] = None
    user_agent: str | None = None
    login_url: Pattern = ""
    drop_parameters: tuple[str, ...] = ()
    dates: Dates = Dates()
    index: IndexPage | None = None
    list: ListPage
    thread: ThreadPage
    messages: tuple[Message, ...] = ()
    also: "tuple[Site, ...]" = ()


def shipped_sites() -> dict[str, Path]:
    """Return the site files that come with the product, by name."""
    return {path.stem: path for path in sorted(SITES.glob("*.toml"))}


def load_site(name_or_path: str) -> Site:
    """Load a shipped site by name or any site file by path.

    Raises:
        SiteFileError: no such site, or the file is wrong; the message names the file and the key.
    """
    path = shipped_sites().get(name_or_path) or Path(name_or_path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = "、".join(shipped_sites())
        raise SiteFileError(f"没有站点“{name_or_path}”：既不是自带站点（{known}），也没有这个文件") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SiteFileError(f"站点文件 {path} 读不了：{error}") from error
    return _checked(content, path)


def _checked(content: dict[str, Any], path: Path) -> Site:
    others = [load_site(str(path.parent / name)) for name in _names(content.pop("also", []), path)]
    try:
        return Site.model_validate({"name": path.stem, "also": others} | content)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SiteFileError(f"站点文件 {path} 的 {key} 有误：{_reason(first)}") from error


def _names(also: Any, path: Path) -> list[str]:
    if not isinstance(also, list) or not all(isinstance(name, str) and name != path.name for name in also):
        raise SiteFileError(f"站点文件 {path} 的 also 有误：请写成同一文件夹里其他站点文件名的列表")
    return also


_REASONS = {"missing": "缺少这一项", "extra_forbidden": "没有这个键，请检查拼写"}


def _reason(error: Any) -> str:
    return _REASONS.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
