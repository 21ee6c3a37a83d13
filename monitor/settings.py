"""`[monitor]`: what counts as the brand's, how the risk index is weighed, what is a spike, what is stale."""

from datetime import UTC, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from indexer.errors import QueryError
from indexer.query import parse


class RiskWeights(BaseModel):
    """`[monitor.weights]`: the share of each part in the risk index; together 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    volume: float = Field(default=0.20, ge=0, le=1, description="声量：比平日多多少")
    negativity: float = Field(default=0.25, ge=0, le=1, description="负面：负面帖占比")
    severity: float = Field(default=0.30, ge=0, le=1, description="严重程度：逾期投诉与高、紧急占比")
    reach: float = Field(default=0.10, ge=0, le=1, description="传播：受关注的帖子占比")
    velocity: float = Field(default=0.15, ge=0, le=1, description="增速：负面帖比前 7 天多多少")

    @model_validator(mode="after")
    def _sum_to_one(self) -> Self:
        total = sum(self.model_dump().values())
        if abs(total - 1) > 1e-6:
            raise ValueError(f"五个权重之和必须是 1（现为 {total:g}）")
        return self


class MonitorSettings(BaseModel):
    """Settings of the brand-risk index, of spikes and of the freshness of sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    brand_sources: tuple[str, ...] = Field(
        default=(), description="整个来源都算品牌自己的（如品牌贴吧），帖子不点名也计入"
    )
    weights: RiskWeights = Field(default_factory=RiskWeights, description="风险指数各部分的权重")
    # 4 robust standard deviations: by chance about one day in some years, so that a mark on the chart means something.
    spike_threshold: float = Field(default=4.0, ge=2, le=20, description="高出平日多少个（稳健）标准差算突增")
    spike_minimum: int = Field(default=5, ge=1, description="一天至少多少条才谈得上突增")
    # What others reacted to. Views are what most forums show; 2,000 is a thread that left its own board's circle.
    noticed: str = Field(
        default="likes>=10 OR replies>=20 OR shares>=5 OR views>=2000",
        min_length=1,
        description="受关注的帖子（检索式）",
    )
    stale_hours: float = Field(
        default=6.0, gt=0, description="来源错过两轮采集、且至少这么多小时没有采集，就提示数据过期"
    )

    @field_validator("noticed")
    @classmethod
    def _readable(cls, noticed: str) -> str:
        try:
            # Any moment does: only whether the query can be read is asked here.
            parse(noticed, now=datetime.now(UTC))
        except QueryError as error:
            raise ValueError(f"检索式有误，{error}") from error
        return noticed
