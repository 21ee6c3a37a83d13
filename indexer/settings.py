"""`[indexer]` and `[work]`: where the ledger is kept, and how the worker goes about it."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class IndexerSettings(BaseModel):
    """`[indexer]`: where the ledger is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ledger_url: SecretStr | None = Field(
        default=None, description="台账数据库地址，如 postgresql+psycopg://…；不写则用数据目录里的 ledger.sqlite"
    )


class WorkSettings(BaseModel):
    """`[work]`: how the worker of `fengping run` goes about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    batch: int = Field(default=256, ge=1, le=4096, description="每批分析多少条帖子")
    # Long enough to cost nothing while idle, short enough that a new post is on the screen within a few seconds.
    idle_seconds: float = Field(default=1.0, gt=0, le=600, description="没有待分析的帖子时，隔多少秒再看一次")
