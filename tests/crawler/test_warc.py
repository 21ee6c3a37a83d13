import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.evidence.warc import Received, Warc
from crawler.post import Evidence

AT = datetime(2026, 11, 24, 11, 5, 32, tzinfo=UTC)


def received(body: bytes, **headers: str) -> Received:
    named = [("Content-Type", "text/html"), *headers.items()]
    return Received(url="http://f.example/t", status=200, headers=named, body=body, at=AT)


def kept(folder: Path, evidence: Evidence) -> tuple[dict[str, str], bytes]:
    with (folder / str(evidence.file)).open("rb") as file:
        file.seek(evidence.offset or 0)
        record = next(iter(ArchiveIterator(file)))
        return dict(record.rec_headers.headers), record.raw_stream.read()


def test_each_record_is_found_by_file_and_offset(tmp_path: Path) -> None:
    warc = Warc(tmp_path, "茶馆/一版")
    places = [warc.keep(received(f"页面 {n}".encode())) for n in range(3)]
    warc.close()
    headers, body = kept(tmp_path, places[1])
    assert body == "页面 1".encode()
    assert headers["WARC-Target-URI"] == "http://f.example/t"
    assert headers["WARC-Date"] == "2026-11-24T11:05:32Z"
    assert places[1].sha256 == hashlib.sha256(body).hexdigest()


def test_bodies_are_kept_as_received(tmp_path: Path) -> None:
    body = gzip.compress(b"zipped on the wire")
    warc = Warc(tmp_path, "s")
    evidence = warc.keep(received(body, **{"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}))
    warc.close()
    assert kept(tmp_path, evidence)[1] == body


def test_files_are_rotated(tmp_path: Path) -> None:
    warc = Warc(tmp_path, "s", rotate_bytes=100)
    files = {warc.keep(received(bytes(range(256)))).file for _ in range(3)}
    warc.close()
    assert len(files) == len(list(tmp_path.glob("*.warc.gz"))) == 3


def test_a_torn_end_harms_only_the_last_record(tmp_path: Path) -> None:
    warc = Warc(tmp_path, "s")
    places = [warc.keep(received(b"x" * 1000)), warc.keep(received(b"y" * 1000))]
    warc.close()
    path = tmp_path / str(places[0].file)
    path.write_bytes(path.read_bytes()[:-20])
    assert kept(tmp_path, places[0])[1] == b"x" * 1000
