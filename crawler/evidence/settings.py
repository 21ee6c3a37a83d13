"""`[evidence]`: how evidence is sealed."""

import shlex

from pydantic import BaseModel, ConfigDict, Field, field_validator


class EvidenceSettings(BaseModel):
    """`[evidence]`: how evidence is sealed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timestamp_command: str = Field(
        default="",
        description="给证据清单盖 RFC 3161 时间戳的命令，写明 {manifest}（清单）和 {output}（写到哪里）；不写则不盖",
    )
    timestamp_timeout: float = Field(default=60, gt=0, le=600, description="时间戳命令最多等多少秒")

    @field_validator("timestamp_command")
    @classmethod
    def _whole(cls, command: str) -> str:
        try:
            words = shlex.split(command)
        except ValueError as error:
            raise ValueError(f"命令的引号不成对：{command}") from error
        if words and not all(name in command for name in ("{manifest}", "{output}")):
            raise ValueError("命令里要写 {manifest}（清单的路径）和 {output}（时间戳写到哪里）")
        return command
