"""A back-up as one ZIP file or as a folder: written file by file, read back file by file."""

import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ui.backup.listing import LISTING_FILE, Entry
from ui.errors import BackupDamagedError, BackupError

ZIP_SUFFIX = ".zip"
_CHUNK = 1024 * 1024
_COMPRESSED = {".gz", ".png", ".jpg", ".jpeg", ".webp", ".zip", ".pgdump"}
# What reading a changed ZIP file may end in: https://docs.python.org/3/library/zipfile.html
_DAMAGES = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class Archive(Protocol):
    """Where the files of a back-up are written to."""

    def begin(self, name: str) -> BinaryIO:
        """Open a new file, readable by its owner only."""

    def close(self) -> None:
        """Finish the back-up."""


class FolderArchive:
    """A back-up as a folder that only its owner may enter."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._folder = folder

    def begin(self, name: str) -> BinaryIO:
        """Open a new file, readable by its owner only."""
        return new_file(self._folder / name, mode=0o600)

    def close(self) -> None:
        """Nothing is left to do."""


class ZipArchive:
    """A back-up as one ZIP file; what is compressed already is stored as it is. `made` dates its files."""

    def __init__(self, path: Path, made: datetime) -> None:
        self._made = made
        self._file = new_file(path, mode=0o600)
        self._zip = ZipFile(self._file, "w")

    def begin(self, name: str) -> BinaryIO:
        """Open a new file, readable by its owner only."""
        described = ZipInfo(name, self._made.timetuple()[:6])
        described.compress_type = ZIP_STORED if Path(name).suffix in _COMPRESSED else ZIP_DEFLATED
        described.external_attr = (stat.S_IFREG | 0o600) << 16
        return self._zip.open(described, "w", force_zip64=True)  # type: ignore[return-value]  # an IO[bytes] that writes

    def close(self) -> None:
        """Write the ZIP file's directory."""
        self._zip.close()
        self._file.close()


def new_file(path: Path, *, mode: int) -> BinaryIO:
    """A file that was not there before, with its folders; `mode` holds from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def copied(
    name: str, source: BinaryIO, target: BinaryIO, size: int, *, on_bytes: Callable[[int], object] = lambda _: None
) -> Entry:
    """Copy the first `size` bytes (fewer where there are fewer); what was copied, with its hash."""
    digest, left = hashlib.sha256(), size
    while left and (chunk := source.read(min(_CHUNK, left))):
        target.write(chunk)
        digest.update(chunk)
        left -= len(chunk)
        on_bytes(len(chunk))
    return Entry(name=name, size=size - left, sha256=digest.hexdigest())


class Reader(Protocol):
    """A back-up that is read."""

    def names(self) -> list[str]:
        """Every file there is, the listing too."""

    def open(self, name: str) -> BinaryIO:
        """One file for reading; `KeyError` or `OSError` where it is missing."""


class _FolderReader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        files = (path for path in self._folder.rglob("*") if not path.is_dir())
        return [path.relative_to(self._folder).as_posix() for path in files]

    def open(self, name: str) -> BinaryIO:
        return (self._folder / name).open("rb")


class _ZipReader:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        return self._archive.namelist()

    def open(self, name: str) -> BinaryIO:
        return self._archive.open(name)  # type: ignore[return-value]  # an IO[bytes] that reads


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """A back-up for reading; `BackupError` where there is none."""
    if path.is_dir():
        if not (path / LISTING_FILE).is_file():
            raise BackupError(f"{path} 里没有 {LISTING_FILE}，不是风评的备份；请检查路径")
        yield _FolderReader(path)
        return
    try:
        archive = ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(f"没有 {path}；请检查路径") from error
    except (BadZipFile, OSError) as error:
        raise BackupError(f"{path} 不是完整的 ZIP 文件（{error}）；请换一份备份") from error
    with archive:
        yield _ZipReader(archive)


@contextmanager
def reading(reader: Reader, name: str) -> Iterator[BinaryIO]:
    """One file of a back-up; `BackupDamagedError` names it where it is missing or can't be read."""
    try:
        with reader.open(name) as file:
            yield file
    except (KeyError, FileNotFoundError) as error:
        raise BackupDamagedError(name, "不在备份里") from error
    except _DAMAGES as error:
        raise BackupDamagedError(name, "读不出来") from error
