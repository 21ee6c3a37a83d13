"""Mapping: which column of a table is which field of a post, as a TOML file that is found again by the columns."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from crawler.errors import MappingError
from crawler.post import PostKind

FIELDS = {
    "native_id": "编号",
    "title": "标题",
    "text": "正文",
    "url": "网址",
    "author": "作者",
    "published": "发布时间",
    "collected": "采集时间",
    "platform": "平台",
    "thread_id": "主题编号",
    "parent_id": "回复的编号",
    "region": "地区",
    "likes": "点赞",
    "replies": "评论",
    "views": "阅读",
    "shares": "转发",
}
"""The fields that a column can stand for, with what they are called."""
SUFFIX = ".mapping.toml"


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """Column by field. `source` and `kind` hold for all rows; without a source the platform or the address tells it.

    `signature` is of all columns of the table that it was made for.
    """

    columns: Mapping[str, str]
    signature: str = ""
    source: str | None = None
    kind: PostKind = PostKind.TOPIC
    timezone: ZoneInfo = field(default=ZoneInfo("Asia/Shanghai"))

    def written(self) -> str:
        """Return the mapping as TOML."""
        head = {"signature": self.signature, "kind": self.kind.value, "timezone": str(self.timezone)}
        head |= {"source": self.source} if self.source else {}
        return _HEAD + tomli_w.dumps({**head, "columns": dict(self.columns)})


_HEAD = f"""\
# 哪一列是什么。等号左边是字段（{"、".join(f"{name} {title}" for name, title in FIELDS.items())}），右边是列名。
# kind 是帖子的种类：{"、".join(PostKind)}；source 是记在哪个来源名下，不写则看平台列和网址。
"""


def signature_of(columns: Iterable[str]) -> str:
    """Return a digest of columns' names, in whatever order."""
    return hashlib.sha256("\x00".join(sorted(columns)).encode()).hexdigest()[:16]


def load_mapping(path: Path) -> Mapped:
    """Read a mapping.

    Raises:
        MappingError: it can't be opened, or a key is wrong; the message names it.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingError(f"列对应文件 {path} 打不开：{error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"列对应文件 {path} 不是有效的 TOML：{error}") from error
    return _checked(content, path)


def _checked(content: dict[str, Any], path: Path) -> Mapped:
    columns = content.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(column, str) for column in columns.values()):
        raise MappingError(f'{path}：缺少 [columns]，要写成 字段 = "列名"')
    for name in columns:
        if name not in FIELDS:
            raise MappingError(f"{path}：columns.{name} 不是字段；可写 {'、'.join(FIELDS)}")
    if not columns.keys() & {"text", "title"}:
        raise MappingError(f"{path}：columns 里至少要有 text（正文）或 title（标题）")
    return Mapped(
        columns=columns,
        signature=str(content.get("signature", "")),
        source=content.get("source") or None,
        kind=_kind(content, path),
        timezone=_zone(content, path),
    )


def _kind(content: dict[str, Any], path: Path) -> PostKind:
    try:
        return PostKind(content.get("kind", PostKind.TOPIC))
    except ValueError as error:
        raise MappingError(f"{path}：kind 要写 {'、'.join(PostKind)} 之一") from error


def _zone(content: dict[str, Any], path: Path) -> ZoneInfo:
    try:
        return ZoneInfo(content.get("timezone", "Asia/Shanghai"))
    except (ZoneInfoNotFoundError, ValueError, TypeError) as error:
        raise MappingError(f"{path}：timezone 不认识；请写 Asia/Shanghai 这样的名字") from error


def find_mapping(path: Path, columns: Iterable[str], home: Path) -> tuple[Mapped, Path] | None:
    """Return the mapping of a table and its file: one beside the file to import, or one saved in the data folder.

    Raises:
        MappingError: the file beside it is wrong.
    """
    wanted = signature_of(columns)
    own = path.with_name(path.name + SUFFIX)
    if own.is_file():
        return load_mapping(own), own
    for saved in (*sorted(path.parent.glob(f"*{SUFFIX}")), *sorted((home / "mappings").glob("*.toml"))):
        mapped = load_mapping(saved)
        if mapped.signature == wanted:
            return mapped, saved
    return None


def save_mapping(mapped: Mapped, path: Path, home: Path) -> Path:
    """Save a mapping in the data folder, under the name of the file that it was made for, and return where."""
    folder = home / "mappings"
    folder.mkdir(parents=True, exist_ok=True)
    saved = folder / f"{path.stem}-{mapped.signature[:8]}.toml"
    saved.write_text(mapped.written(), encoding="utf-8")
    return saved
