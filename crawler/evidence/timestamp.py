"""Timestamp: has an authority (RFC 3161) vouch for when a manifest was there, by a command of the operator's."""

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

from crawler.evidence import manifest
from crawler.evidence.settings import EvidenceSettings
from crawler.evidence.verify import is_stamp_of

SUFFIX = ".tsr"


def token_path(folder: Path, name: str) -> Path:
    """Return where the time stamp of a manifest is kept."""
    return manifest.path_of(folder, f"{name}{SUFFIX}")


def timestamp(folder: Path, settings: EvidenceSettings) -> Iterator[tuple[str, str]]:
    """Stamp each manifest that has no time stamp; yield each name with what went wrong (empty where all is well).

    One that fails ends it: the next ones would meet the same, and the next run tries again.
    """
    if not settings.timestamp_command:
        return
    for name in manifest.names(folder):
        if not token_path(folder, name).exists():
            trouble = _stamp(folder, name, settings)
            yield name, trouble
            if trouble:
                return


def _stamp(folder: Path, name: str, settings: EvidenceSettings) -> str:
    path, fresh = manifest.path_of(folder, name), manifest.path_of(folder, f"{name}{SUFFIX}.new")
    words = shlex.split(settings.timestamp_command)
    command = [word.replace("{manifest}", str(path)).replace("{output}", str(fresh)) for word in words]
    try:
        done = subprocess.run(  # noqa: S603 (the operator's own command, without a shell)
            command, capture_output=True, check=False, timeout=settings.timestamp_timeout
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"时间戳命令没有完成（{error}）；检查 [evidence] timestamp_command"
    if done.returncode or not fresh.is_file():
        said = done.stderr.decode("utf-8", "replace").strip()[-200:]
        return f"时间戳命令以 {done.returncode} 结束，没有得到时间戳：{said}"
    if not is_stamp_of(fresh.read_bytes(), path.read_bytes()):
        fresh.unlink()
        return "得到的时间戳不是对这份清单盖的，没有保留；检查 [evidence] timestamp_command"
    fresh.replace(token_path(folder, name))
    return ""
