"""A place to work in beside the target, from which the whole is put there at once or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.errors import BackupError


@contextmanager
def beside(target: Path, *, work: str, mode: int = 0o777) -> Iterator[Path]:
    """A folder beside `target` that is gone afterwards; `mode` less what the operator's umask takes away.

    Raises:
        BackupError: something can't be read or written while `work` (备份, 恢复) is done.
    """
    target = target.resolve()
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        partial.mkdir(mode=mode, parents=True)
        yield partial
    except OSError as error:
        where = f"（{error.filename}）" if error.filename else ""
        raise BackupError(f"{work}没有完成：{error.strerror}{where}；请检查文件夹、权限和磁盘空间，再试一次") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
