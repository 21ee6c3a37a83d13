"""Pseudonyms: the same author at the same source is the same pseudonym, and nobody gets back without the key."""

import base64
import hmac
import os
import secrets
from pathlib import Path

_KEY_BYTES = 32


def pseudonym(source: str, name: str, key: bytes) -> str:
    """Return the keyed pseudonym of an author's name at a source (HMAC-SHA256, 80 bits in base32)."""
    digest = hmac.digest(key, f"{source}\x00{name}".encode(), "sha256")
    return "u-" + base64.b32encode(digest[:10]).decode().lower()


def load_key(home: Path) -> bytes:
    """Return the key of this set-up (`HOME/secret.key`, mode 0600), made at the first call.

    Whoever loses the key loses the link between old and new posts of an author, nothing else.
    """
    path = home / "secret.key"
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return _made(path)
    return key if len(key) == _KEY_BYTES else _made(path)


def _made(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
    try:
        os.link(fresh, path)  # whichever of two processes comes first makes the key of both
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()
