"""Time stamps by a command of the operator's: a script, and a real authority where openssl is there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from crawler.evidence.checking import Fault, check_evidence
from crawler.evidence.seal import seal
from crawler.evidence.settings import EvidenceSettings
from crawler.evidence.timestamp import timestamp, token_path
from tests.crawler.evidence.test_seal import AT, kept

SCRIPT = """
import hashlib, pathlib, sys
digest = hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).digest()
pathlib.Path(sys.argv[2]).write_bytes(b"token of " + digest)
"""
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="缺少 openssl：apt-get install openssl")


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    kept(tmp_path / "evidence", "a").close()
    seal(tmp_path / "evidence", at=AT)
    return tmp_path / "evidence"


def by(script: Path, text: str = SCRIPT) -> EvidenceSettings:
    script.write_text(text, encoding="utf-8")
    return EvidenceSettings(timestamp_command=f"{sys.executable} {script} {{manifest}} {{output}}")


def test_by_default_nothing_is_stamped(sealed: Path) -> None:
    assert list(timestamp(sealed, EvidenceSettings())) == []


def test_each_manifest_is_stamped_once(sealed: Path, tmp_path: Path) -> None:
    settings = by(tmp_path / "stamp.py")
    assert list(timestamp(sealed, settings)) == [("2026-11-24.json", "")]
    assert token_path(sealed, "2026-11-24.json").read_bytes().startswith(b"token of")
    assert list(timestamp(sealed, settings)) == []
    assert check_evidence(sealed).problems == ()


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("import sys; sys.exit('no network')", "no network"),
        ("", "没有得到时间戳"),
        ("import pathlib, sys; pathlib.Path(sys.argv[2]).write_text('of something else')", "不是对这份清单盖的"),
    ],
)
def test_a_command_that_fails_is_told_and_tried_again(sealed: Path, tmp_path: Path, script: str, told: str) -> None:
    ((name, trouble),) = timestamp(sealed, by(tmp_path / "stamp.py", script))
    assert (name, told in trouble) == ("2026-11-24.json", True)
    assert not token_path(sealed, name).exists()
    assert list(timestamp(sealed, by(tmp_path / "stamp.py"))) == [(name, "")]


def test_a_stamp_of_something_else_is_named(sealed: Path) -> None:
    token_path(sealed, "2026-11-24.json").write_bytes(b"of another manifest")
    (problem,) = check_evidence(sealed).problems
    assert (problem.fault, problem.file) == (Fault.WRONG_STAMP, "manifests/2026-11-24.json.tsr")


def test_a_command_must_say_where_the_manifest_goes() -> None:
    with pytest.raises(ValidationError, match="manifest"):
        EvidenceSettings(timestamp_command="stamp.sh")


AUTHORITY = """
[req]
distinguished_name = name
[name]
[extensions]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = cert.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""
STAMP = """
set -e
openssl ts -query -config tsa.cnf -data "$1" -sha256 -cert -no_nonce -out query.tsq
openssl ts -reply -config tsa.cnf -queryfile query.tsq -out "$2"
"""


@needs_openssl
def test_a_real_authority_stamps_and_openssl_verifies(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tsa.cnf").write_text(AUTHORITY, encoding="utf-8")
    Path("serial").write_text("01\n", encoding="utf-8")
    Path("stamp.sh").write_text(STAMP, encoding="utf-8")
    make = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=tsa"
    subprocess.run([*make.split(), "-config", "tsa.cnf", "-extensions", "extensions"], check=True, capture_output=True)
    settings = EvidenceSettings(timestamp_command="sh stamp.sh {manifest} {output}")
    assert list(timestamp(sealed, settings)) == [("2026-11-24.json", "")]
    data, token = sealed / "manifests" / "2026-11-24.json", token_path(sealed, "2026-11-24.json")
    verified = subprocess.run(
        ["openssl", "ts", "-verify", "-data", data, "-in", token, "-CAfile", "cert.pem"],
        capture_output=True,
        check=False,
    )
    assert b"Verification: OK" in verified.stdout + verified.stderr
