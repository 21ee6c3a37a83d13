"""Pseudonyms: the same author at the same source is the same pseudonym, and nobody gets back without the key.

Keys can be rotated. The key file holds them all, the newest first; new posts get the pseudonym of the newest. Names are
not stored, so what is stored under an older key can't be given a new pseudonym; whoever knows a name finds both by
`pseudonyms`, as long as the older key is kept.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from crawler.errors import KeyFileError

_KEY_BYTES = 32
_FILE_NAME = "secret.key"
# A file without this first line is the one key itself, as set-ups had it before there was a rotation.
_HEADER = "fengping-keys 1"


@dataclass(frozen=True, slots=True)
class Key:
    """A key for pseudonyms; `made` is aware, `None` for the key that a set-up began with."""

    id: str
    secret: bytes
    made: datetime | None

    def __repr__(self) -> str:
        """Without the secret, which must get into no log."""
        return f"Key({self.id}, made={self.made})"


def pseudonym(source: str, name: str, key: bytes) -> str:
    """Return the keyed pseudonym of an author's name at a source (HMAC-SHA256, 80 bits in base32)."""
    digest = hmac.digest(key, f"{source}\x00{name}".encode(), "sha256")
    return "u-" + base64.b32encode(digest[:10]).decode().lower()


def pseudonyms(source: str, name: str, keys: Iterable[Key]) -> tuple[str, ...]:
    """All pseudonyms under which posts of an author may be stored, one a key and in the order of the keys."""
    return tuple(pseudonym(source, name, key.secret) for key in keys)


def load_key(home: Path) -> bytes:
    """Return the key for new posts of this set-up (`HOME/secret.key`, mode 0600), made at the first call.

    Whoever loses the key loses the link between old and new posts of an author, nothing else.

    Raises:
        KeyFileError: the file is damaged.
    """
    return load_keys(home)[0].secret


def load_keys(home: Path) -> tuple[Key, ...]:
    """Return all keys of this set-up, the newest first; one is made where there is none.

    Raises:
        KeyFileError: the file is damaged.
    """
    path = home / _FILE_NAME
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        written = _made(path)
    return _read(path, written)


def rotate_key(home: Path, now: datetime) -> Key:
    """Put a fresh key before the others and return it; `now` (aware) is when it was made.

    Crawls and imports that begin afterwards use it; posts that are stored keep the pseudonyms that they have.

    Raises:
        KeyFileError: the file is damaged, or another rotation is going on.
    """
    load_keys(home)
    path = home / _FILE_NAME
    rotating = path.with_name(f"{path.name}.rotating")
    try:
        file = _opened(rotating)
    except FileExistsError as error:
        raise KeyFileError(f"另一个进程正在轮换密钥；若没有，请删除 {rotating} 再试") from error
    fresh = _key(secrets.token_bytes(_KEY_BYTES), now)
    with file:
        keys = (fresh, *load_keys(home))  # read by whoever holds the new file alone, so that no key of another is lost
        _write(file, (f"{_HEADER}\n" + "".join(map(_line, keys))).encode())
    rotating.replace(path)
    return fresh


def _key(secret: bytes, made: datetime | None) -> Key:
    return Key(hashlib.sha256(b"fengping key id\x00" + secret).hexdigest()[:8], secret, made)


def _read(path: Path, written: bytes) -> tuple[Key, ...]:
    if len(written) == _KEY_BYTES:
        return (_key(written, None),)
    try:
        header, *lines = written.decode("ascii").splitlines()
        keys = tuple(_parsed(line) for line in lines)
    except ValueError as error:
        raise _damaged(path) from error
    if header != _HEADER or not keys:
        raise _damaged(path)
    return keys


def _parsed(line: str) -> Key:
    """A line is: id, secret in base64, when it was made or `-`. Raises ValueError where it isn't."""
    name, secret, made = line.split()
    key = _key(base64.b64decode(secret, validate=True), None if made == "-" else datetime.fromisoformat(made))
    if key.id != name or len(key.secret) != _KEY_BYTES:
        raise ValueError(name)
    return key


def _line(key: Key) -> str:
    made = key.made.isoformat() if key.made else "-"
    return f"{key.id} {base64.b64encode(key.secret).decode()} {made}\n"


def _damaged(path: Path) -> KeyFileError:
    return KeyFileError(f"{path} 不是密钥文件或已损坏；请从备份恢复，或移走它（以后的化名与已存的接不上）")


def _made(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with _opened(fresh) as file:
        _write(file, secrets.token_bytes(_KEY_BYTES))
    try:
        os.link(fresh, path)  # whichever of two processes comes first makes the key of both
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()


def _opened(path: Path) -> BinaryIO:
    """A new file for its owner only."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(file: BinaryIO, content: bytes) -> None:
    """Down to the disk: a lost key can't be made again."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
