"""Manifest: what lay in the evidence folder, by day (UTC), each chained to the one before by its SHA-256.

`manifests/2026-11-24.json`, and `2026-11-24-2.json` and so on where a day was sealed more than once: what is sealed is
never written again. Their `number` counts over all days.
"""

import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.evidence.entry import Entry
from crawler.evidence.verify import seal_of

FOLDER = "manifests"
FORMAT = "fengping evidence manifest 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One sealed list of records.

    `previous` is the SHA-256 of the manifest before it, `sha256` its own (see `crawler.evidence.verify.seal_of`).
    `closed` gives the size in bytes of the WARC files that were finished by then, `written` how many records of the
    files still being written had been sealed by then. `sealed` is in UTC, ISO 8601.
    """

    name: str
    number: int
    day: str
    sealed: str
    previous: str
    closed: Mapping[str, int]
    written: Mapping[str, int]
    records: tuple[Entry, ...]
    sha256: str = ""


def path_of(folder: Path, name: str) -> Path:
    """Return where a manifest of the evidence folder lies."""
    return folder / FOLDER / name


def names(folder: Path) -> list[str]:
    """Return the names of all manifests, in the order of days and parts."""
    return sorted((path.name for path in (folder / FOLDER).glob("*.json")), key=_order)


def _order(name: str) -> tuple[str, int]:
    stem = name.removesuffix(".json")
    part = stem[11:]
    return stem[:10], int(part) if part.isdigit() else 1


def free_name(folder: Path, day: str) -> str:
    """Return the name of the next manifest of a day."""
    part = 1
    while path_of(folder, name := f"{day}.json" if part == 1 else f"{day}-{part}.json").exists():
        part += 1
    return name


def read(folder: Path, name: str) -> Manifest:
    """Read a manifest as it is written, whether its seal is right or not; `ValueError` where it can't be read."""
    try:
        document: dict[str, Any] = json.loads(path_of(folder, name).read_text(encoding="utf-8"))
        records = tuple(Entry(**record) for record in document.pop("records"))
        document.pop("format")
        return Manifest(name=name, records=records, **document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{name} is no manifest") from error


def is_intact(folder: Path, name: str) -> bool:
    """Whether a manifest is as it was sealed; `ValueError` where it can't be read."""
    document = json.loads(path_of(folder, name).read_text(encoding="utf-8"))
    return isinstance(document, dict) and seal_of(document) == document.get("sha256")


def write(folder: Path, manifest: Manifest) -> Manifest:
    """Seal and write a manifest, all of it or nothing, one record a line; return it with its SHA-256."""
    document = dataclasses.asdict(manifest) | {"format": FORMAT}
    del document["name"], document["sha256"]
    sealed = dataclasses.replace(manifest, sha256=seal_of(document))
    records = document.pop("records")
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    head = json.dumps(document, ensure_ascii=False, indent=1)[:-2]
    text = f'{head},\n "records": [\n{lines}\n ],\n "sha256": "{sealed.sha256}"\n}}\n'
    _write_whole(path_of(folder, manifest.name), text)
    return sealed


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def latest(folder: Path) -> Manifest | None:
    """Return the last manifest, `None` where there is none; `ValueError` where it can't be read."""
    found = names(folder)
    return read(folder, found[-1]) if found else None
