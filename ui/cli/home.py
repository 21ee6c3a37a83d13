"""The options that every command shares: which set-up it works on."""

from pathlib import Path
from typing import Annotated

import typer

HOME = Path("fengping-data")

HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="FENGPING_HOME", help="数据目录：台账、索引、证据和密钥都在里面", show_default=True),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        envvar="FENGPING_CONFIG",
        help="配置文件；不写则依次找 ./fengping.toml 和 数据目录/fengping.toml",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="在标准输出打印一个 JSON 对象，别的都不打印")]
