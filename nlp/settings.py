"""`[nlp]`: which model reads the posts, and with how many threads."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

SHIPPED_MODEL = Path(__file__).parent / "models" / "posts"


class NlpSettings(BaseModel):
    """Settings of the analysis."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: Path | None = Field(
        default=None, description="模型文件夹，或 Hugging Face 文本分类模型的文件夹或名称；不填时用随产品提供的模型"
    )
    labels: dict[str, str] = Field(
        default_factory=dict,
        description='Hugging Face 模型的标签各是标注规范的哪个值，名称对不上时才写，如 { LABEL_0 = "negative" }',
    )
    threads: int | None = Field(default=None, ge=1, description="分析用的线程数；不填时用全部核心")
