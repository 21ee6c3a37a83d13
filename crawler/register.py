"""Register: which sources may be crawled, by whom, for what purpose (`[sources.NAME]` of the configuration)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crawler.errors import RegisterError
from crawler.post import PostKind


class SourceSettings(BaseModel):
    """`[sources.NAME]`: one source. Nothing is fetched without a purpose."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    spider: Literal[
        "forum", "feed", "discourse", "flarum", "nodebb", "tieba", "heimao", "weibo", "appstore", "article"
    ] = Field(
        description="用哪个爬虫：forum（按站点文件读的论坛）、feed（RSS/Atom）、discourse、flarum、nodebb、tieba、heimao、weibo、appstore、article"
    )
    site: str = Field(default="", description="forum 用的站点文件：自带站点名（如 discuz）或 TOML 文件路径")
    urls: tuple[str, ...] = Field(min_length=1, description="起始网址：论坛写版块（或首页），feed 写订阅地址")
    purpose: str = Field(min_length=1, description="采集目的，必填；没有目的不采集")
    legal_basis: str = Field(default="", description="合法依据，如“公开信息，个人信息已去标识”")
    owner: str = Field(default="", description="负责人")
    contact: str = Field(default="", description="网站可以联系的邮箱或网址，写进 User-Agent")
    checked_on: date | None = Field(default=None, description="最近一次核对网站条款的日期")
    retention_days: int | None = Field(default=None, gt=0, description="保留天数；不写则不限")
    allow_hosts: tuple[str, ...] = Field(default=(), description="允许访问的内网主机（默认拒绝内网和本机地址）")
    every: float = Field(default=3600, gt=0, description="两次采集之间至少隔多少秒")
    # A second between requests is what small forums stand; AutoThrottle raises it when the site gets slow.
    delay: float = Field(default=1.0, ge=0, le=600, description="两次请求之间至少隔多少秒")
    concurrency: int = Field(default=2, ge=1, le=16, description="同时请求同一网站的最大数量")
    revisit_minimum: float = Field(default=6 * 3600, ge=0, description="没有新回复的主题至少隔多少秒才重读")
    post_kind: PostKind = Field(default=PostKind.ARTICLE, description="feed 的条目算什么：article、topic、review 等")
    enabled: bool = Field(default=True, description="是否启用")

    @field_validator("purpose")
    @classmethod
    def _meant(cls, purpose: str) -> str:
        if not purpose.strip():
            raise ValueError("采集目的不能为空；写明为什么采集这个来源")
        return purpose

    @field_validator("urls")
    @classmethod
    def _web(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
                raise ValueError(f"不是网址：{url}；请以 http:// 或 https:// 开头")
        return urls

    @model_validator(mode="after")
    def _site_given(self) -> "SourceSettings":
        if self.spider == "forum" and not self.site:
            raise ValueError('forum 来源要写 site（站点文件），例如 site = "discuz"')
        return self

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names of the start addresses, which the crawl doesn't leave."""
        return tuple(dict.fromkeys(urlsplit(url).hostname or "" for url in self.urls))


Register = Mapping[str, SourceSettings]


def chosen(register: Register, names: Sequence[str]) -> dict[str, SourceSettings]:
    """Return the sources to crawl: those named, or all that are switched on.

    Raises:
        RegisterError: a name isn't registered or is switched off.
    """
    if not names:
        return {name: source for name, source in register.items() if source.enabled}
    for name in names:
        if name not in register:
            known = "、".join(register) or "（还没有登记任何来源）"
            raise RegisterError(
                f"来源“{name}”没有登记，不能采集。已登记：{known}。请在 fengping.toml 里写 [sources.{name}]"
            )
        if not register[name].enabled:
            raise RegisterError(f"来源“{name}”已停用（enabled = false）；启用后再采集")
    return {name: register[name] for name in names}
