"""The brand that a set-up follows, and which brands a text names."""

import re
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict, Field


class BrandSettings(BaseModel):
    """`[brand]`: the brand, its other names, its products, its competitors, and names that only look like it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="红创金服", min_length=1, description="品牌名称")
    aliases: tuple[str, ...] = Field(default=("红创", "HC金服", "红创jf"), description="品牌的其他写法")
    products: tuple[str, ...] = Field(default=(), description="产品名称，提到产品即提到品牌")
    competitors: tuple[str, ...] = Field(default=(), description="竞品名称")
    exclude: tuple[str, ...] = Field(
        default=("红创科技", "红创文化", "红创机械", "红创股份", "红创转债"), description="同名但无关的公司"
    )


def brand_names(text: str, brand: BrandSettings) -> tuple[str, ...]:
    """The brands named in a normalised text, the followed one first; homonyms to exclude do not count."""
    lowered = _without(text.lower(), brand.exclude)
    own = _names(lowered, (brand.name, *brand.aliases, *brand.products))
    named = [brand.name] if own else []
    return tuple(named + [competitor for competitor in brand.competitors if _names(lowered, (competitor,))])


def _without(text: str, excluded: Sequence[str]) -> str:
    if not excluded:
        return text
    return re.sub("|".join(re.escape(name.lower()) for name in excluded), " ", text)


def _names(text: str, names: Iterable[str]) -> bool:
    return any(name.lower() in text for name in names)
