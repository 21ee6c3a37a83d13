"""`[indexer]` and `[work]`: where ledger and search index are kept, and how the worker goes about it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

# What Dask's schedulers listen on: https://distributed.dask.org/en/stable/communications.html
_SCHEDULER = re.compile(r"(tcp|tls|ws|wss)://\S+:\d+")


EMBEDDED = "embedded"


class IndexerSettings(BaseModel):
    """`[indexer]`: where the ledger and the search index are kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ledger_url: SecretStr | None = Field(
        default=None, description="台账数据库地址，如 postgresql+psycopg://…；不写则用数据目录里的 ledger.sqlite"
    )
    search: str = Field(
        default=EMBEDDED,
        description="检索索引在哪里：embedded 数据目录里的 index/，或 Elasticsearch 地址如 https://主机:9200，几个地址用逗号隔开",
    )
    search_name: str = Field(
        default="fengping",
        description="Elasticsearch 里索引和别名的名称；几套部署共用一个集群时各取一个",
    )
    search_api_key_file: Path | None = Field(
        default=None, description="存放 Elasticsearch API key 的文件，权限须为 0600；或用环境变量，见下"
    )
    search_ca_certs: Path | None = Field(
        default=None, description="验证 Elasticsearch 证书用的 CA 证书文件；公共机构签发的证书不用写"
    )
    # Whoever may read fengping.toml must not get at the index through it, so the file may not hold this one.
    search_api_key: SecretStr | None = Field(
        default=None,
        description="Elasticsearch API key",
        json_schema_extra={"environment_only": True},
    )

    @field_validator("search")
    @classmethod
    def _known_search(cls, search: str) -> str:
        for address in search_addresses(search):
            _refuse_wrong_address(address)
        return search

    @field_validator("search_name")
    @classmethod
    def _plain_name(cls, name: str) -> str:
        if re.fullmatch(r"[a-z][a-z0-9_]{0,60}", name):
            return name
        raise ValueError(f"只能用小写字母、数字和下划线，以字母开头，最多 61 个字（现为 {name!r}）")

    @property
    def is_embedded(self) -> bool:
        """Whether the search index lies in the data folder."""
        return self.search == EMBEDDED


def search_addresses(search: str) -> list[str]:
    """The nodes that `search` names; none where the index is embedded."""
    return [] if search == EMBEDDED else [address.strip().rstrip("/") for address in search.split(",")]


def _refuse_wrong_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.username or parts.password:
        raise ValueError(
            "地址里不要写用户名和密码；请改用 API key，放在环境变量 FENGPING_INDEXER__SEARCH_API_KEY "
            "或 search_api_key_file 指的文件里"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or not re.search(r":\d{1,5}$", parts.netloc):
        raise ValueError(f'只能是 "{EMBEDDED}" 或带端口的地址，如 "https://主机:9200"（现为 {address!r}）')


class WorkSettings(BaseModel):
    """`[work]`: how the worker of `fengping run` goes about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    batch: int = Field(default=256, ge=1, le=4096, description="每批分析多少条帖子")
    # Long enough to cost nothing while idle, short enough that a new post is on the screen within a few seconds.
    idle_seconds: float = Field(default=1.0, gt=0, le=600, description="没有待分析的帖子时，隔多少秒再看一次")
    executor: str = Field(
        default="inline",
        description="分析在哪里做：inline 本进程，processes 本机多个进程，tcp://主机:8786 则交给 Dask 集群",
    )
    processes: int | None = Field(
        default=None, ge=1, le=1024, description="executor 为 processes 时用多少个进程；不填时每个核心一个"
    )
    attempts: int = Field(
        default=3, ge=1, le=20, description="一条帖子分析失败多少次就搁置，见 fengping work dead-letters"
    )
    lease_seconds: float = Field(
        default=300.0, ge=10, le=86_400, description="领走的帖子多少秒没有消息就由别的进程接手；分析期间自动续期"
    )
    lag_limit_seconds: float = Field(
        default=600.0, gt=0, description="最早的待分析帖子等了超过这么多秒，/readyz 就报告未就绪"
    )

    @field_validator("executor")
    @classmethod
    def _known_executor(cls, executor: str) -> str:
        if executor in {"inline", "processes"} or _SCHEDULER.fullmatch(executor):
            return executor
        raise ValueError(f'只能是 "inline"、"processes" 或 Dask 调度器地址如 "tcp://主机:8786"（现为 {executor!r}）')
