"""Check an evidence bundle offline: `python verify.py [FOLDER or BUNDLE.zip]`, with nothing but Python 3.9 or later.

This file is copied into every bundle that `fengping evidence export` writes, so it imports the standard library only.
Exit status 0: everything fits together; 1: each thing that doesn't is named.
"""

import gzip
import hashlib
import json
import sys
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple  # noqa: UP035 (bundles are read by old Pythons too)

Files = Dict[str, bytes]  # noqa: UP006 (as above)
OWN = {"bundle.json", "verify.py"}
GENESIS = "GENESIS"


class WebRecord(NamedTuple):
    """A WARC record: its address, its date as written, and the bytes that were received."""

    uri: str
    date: str
    payload: bytes


def read_record(compressed: bytes) -> WebRecord:
    """Return the WARC 1.1 record that one gzip member holds; `ValueError` where it isn't one."""
    try:
        head, _, block = gzip.decompress(compressed).partition(b"\r\n\r\n")
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not a whole gzip member") from error
    fields = _fields(head)
    if not head.startswith(b"WARC/") or "content-length" not in fields:
        raise ValueError("not a WARC record")
    block = block[: int(fields["content-length"])]
    if fields.get("warc-type") == "response":
        block = block.partition(b"\r\n\r\n")[2]
    return WebRecord(fields.get("warc-target-uri", ""), fields.get("warc-date", ""), block)


def _fields(head: bytes) -> Dict[str, str]:  # noqa: UP006
    pairs = [line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:]]
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def seal_of(document: Dict[str, Any]) -> str:  # noqa: UP006
    """Return the SHA-256 (hex) of a JSON object without its own `sha256`: keys sorted, no blanks, UTF-8."""
    rest = {key: value for key, value in document.items() if key != "sha256"}
    written = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def audit_hash(entry: Dict[str, Any]) -> str:  # noqa: UP006
    """Return the hash that an entry of the audit log must carry: over the hash before it and its own fields."""
    at = f"{datetime.fromisoformat(entry['at']).timestamp():.6f}"
    named = [entry[name] for name in ("actor", "action", "subject", "detail")]
    sealed = [entry["previous_hash"], entry["id"], at, *named]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()


def problems(files: Files) -> Iterator[str]:
    """Yield what is wrong with a bundle, a sentence each; nothing where all is well."""
    try:
        bundle = json.loads(files["bundle.json"])
    except (KeyError, ValueError):
        yield "bundle.json 缺失或读不出来"
        return
    if seal_of(bundle) != bundle.get("sha256"):
        yield "bundle.json 被改动过：内容与它自己的 SHA-256 不符"
    yield from _file_problems(files, bundle)
    listed: Dict[Tuple[str, int], Dict[str, Any]] = {}  # noqa: UP006
    yield from _chain_problems(files, listed)
    yield from _record_problems(files, bundle, listed)
    yield from _post_problems(files, bundle, listed)
    yield from _audit_problems(files)


def _file_problems(files: Files, bundle: Dict[str, Any]) -> Iterator[str]:  # noqa: UP006
    for name, digest in bundle.get("files", {}).items():
        if name not in files:
            yield f"{name} 缺失"
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            yield f"{name} 被改动过：SHA-256 与 bundle.json 所列不符"
    for name in sorted(files.keys() - bundle.get("files", {}).keys() - OWN):
        yield f"{name} 是多出来的文件，bundle.json 没有列出"


def _chain_problems(files: Files, listed: Dict[Tuple[str, int], Dict[str, Any]]) -> Iterator[str]:  # noqa: UP006
    chain = _json(files, "chain.json") or []
    known = {link["name"]: link["sha256"] for link in chain}
    for earlier, later in zip(chain, chain[1:]):  # noqa: B905, RUF007 (Python 3.9 has neither)
        if later["previous"] != earlier["sha256"] or later["number"] != earlier["number"] + 1:
            yield f"清单的哈希链在 {later['name']} 断开：它所指的前一份不是 {earlier['name']}"
    for name in sorted(name for name in files if name.startswith("manifests/") and name.endswith(".json")):
        manifest = _json(files, name)
        short = name.partition("/")[2]
        if manifest is None or seal_of(manifest) != manifest.get("sha256"):
            yield f"清单 {short} 被改动过：内容与它自己的 SHA-256 不符"
            continue
        if known.get(short) != manifest["sha256"]:
            yield f"清单 {short} 的 SHA-256 与哈希链 chain.json 不符"
        token = files.get(name + ".tsr")
        if token is not None and not is_stamp_of(token, files[name]):
            yield f"时间戳 {name}.tsr 不是对 {short} 盖的"
        listed.update({(entry["file"], entry["offset"]): entry for entry in manifest["records"]})


def is_stamp_of(token: bytes, stamped: bytes) -> bool:
    """Whether an RFC 3161 token names the digest of these bytes; its signature is for `openssl ts -verify`."""
    return any(hashlib.new(name, stamped).digest() in token for name in ("sha256", "sha384", "sha512", "sha1"))


def _record_problems(
    files: Files,
    bundle: Dict[str, Any],  # noqa: UP006
    listed: Dict[Tuple[str, int], Dict[str, Any]],  # noqa: UP006
) -> Iterator[str]:
    for record in bundle.get("records", []):
        name, place = record["path"], f"{record['file']} 第 {record['offset']} 字节"
        entry, compressed = listed.get((record["file"], record["offset"])), files.get(name, b"")
        if entry is None:
            yield f"{name}（{place}）不在任何一份清单里"
            continue
        if hashlib.sha256(compressed).hexdigest() != entry["sha256"]:
            yield f"{name}（{place}，{entry['uri']}）被改动过：SHA-256 与清单不符"
            continue
        if hashlib.sha256(read_record(compressed).payload).hexdigest() != entry["payload_sha256"]:
            yield f"{name}（{place}，{entry['uri']}）里的网页与清单所列的 SHA-256 不符"


def _post_problems(
    files: Files,
    bundle: Dict[str, Any],  # noqa: UP006
    listed: Dict[Tuple[str, int], Dict[str, Any]],  # noqa: UP006
) -> Iterator[str]:
    for name in bundle.get("posts", []):
        post = _json(files, name) or {"versions": []}
        for version in post["versions"]:
            evidence = version["evidence"]
            if evidence["file"] is None:
                continue
            entry = listed.get((evidence["file"], evidence["offset"]))
            if entry is None or entry["payload_sha256"] != evidence["sha256"]:
                yield f"{name} 第 {version['version']} 版所指的证据不在清单里，或与清单的 SHA-256 不符"


def _audit_problems(files: Files) -> Iterator[str]:
    log = _json(files, "audit.json") or {"entries": [], "chain": []}
    chain = {number: (before, own) for number, before, own in log["chain"]}
    for number, (before, _) in chain.items():
        if number - 1 in chain and chain[number - 1][1] != before:
            yield f"审计日志的哈希链在第 {number} 条断开"
    for entry in log["entries"]:
        if audit_hash(entry) != entry["hash"]:
            yield f"审计日志第 {entry['id']} 条被改动过"
        elif chain.get(entry["id"]) != (entry["previous_hash"], entry["hash"]):
            yield f"审计日志第 {entry['id']} 条不在所附的哈希链上"


def _json(files: Files, name: str) -> Any:
    try:
        return json.loads(files[name])
    except (KeyError, ValueError):
        return None


def read_bundle(place: Path) -> Files:
    """Return the files of a bundle by name, from its folder or its ZIP."""
    if place.is_dir():
        found = sorted(path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main(arguments: List[str]) -> int:  # noqa: UP006
    """Check the bundle named (else the one that this file lies in); say what was found; return the exit status."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    files = read_bundle(Path(arguments[0]) if arguments else Path(__file__).resolve().parent)
    found = list(dict.fromkeys(problems(files)))
    for problem in found:
        sys.stdout.write(f"不符：{problem}\n")
    if not found:
        bundle = json.loads(files["bundle.json"])
        counts = f"{len(bundle['posts'])} 条帖子，{len(bundle['records'])} 个响应"
        sys.stdout.write(f"完整：{counts}，清单、哈希链、审计日志都相符。bundle.json SHA-256 {bundle['sha256']}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
