"""`[web]`: how the web app is served."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class WebSettings(BaseModel):
    """Where the app listens, its language, and how often it looks for news."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Only this machine may connect unless the operator says otherwise: the app has no log-in of its own yet.
    address: str = Field(default="127.0.0.1", min_length=1, description="监听地址；0.0.0.0 为所有网卡")
    port: int = Field(default=8501, ge=0, le=65535, description="端口；0 为任选一个空闲端口")
    language: Literal["zh", "en"] = Field(default="zh", description="默认语言：zh 中文，en 英文")
    reviewer: str = Field(default="", max_length=40, description="默认研判人，写进审计日志")
    # The check is one small query; the page itself is only computed anew when something changed.
    refresh_seconds: float = Field(default=3.0, ge=1, le=600, description="隔多少秒看一次有没有新数据")
