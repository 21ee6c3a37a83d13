"""Where the data shared by the team lies: beside the repository, never inside it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FENGPING_SHARED", Path(__file__).resolve().parents[2] / "shared"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="缺少 ../shared（团队共用数据）；用 FENGPING_SHARED 指明它的位置"
)
