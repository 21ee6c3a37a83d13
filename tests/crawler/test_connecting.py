"""What a crawl connects to, and what of the answers it takes in; names answered by a real DNS server."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.servers.pages import Answer, PageServer, html
from tests.servers.raw import RawServer


@pytest.fixture
def site() -> Iterator[PageServer]:
    with PageServer({"/": html("<p>inside</p>")}) as server:
        yield server


def crawled(**order: Any) -> list[list[Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.named_crawl", json.dumps(order)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    )
    outcomes: list[list[Any]] = json.loads(done.stdout)
    return outcomes


def at(server: PageServer, name: str, path: str = "/") -> str:
    return f"http://{name}:{server.url.rpartition(':')[2]}{path}"


def test_a_name_that_is_rebound_to_this_machine_is_refused(site: PageServer) -> None:
    url = at(site, "rebind.example")
    names = {"rebind.example": ["93.184.215.14", "127.0.0.1"]}
    first, second = crawled(names=names, urls=[url, url], settings={"DOWNLOAD_TIMEOUT": 1})
    assert first[1] != "RefusedAddressError"
    assert second[1] == "RefusedAddressError"
    assert "rebind.example（127.0.0.1）" in second[2]
    assert not site.hits


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"])
def test_a_name_of_a_machine_inside_is_refused(site: PageServer, address: str) -> None:
    ((_, error, _),) = crawled(names={"intranet.example": [address]}, urls=[at(site, "intranet.example")])
    assert error == "RefusedAddressError"
    assert not site.hits


def test_the_register_lets_one_host_in_and_no_other(site: PageServer) -> None:
    names = {"own.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    urls = [at(site, "own.example"), at(site, "other.example")]
    own, other = crawled(names=names, urls=urls, allow_hosts=["own.example"])
    assert (own[1], other[1]) == (200, "RefusedAddressError")


def test_a_redirect_to_a_name_inside_is_refused(site: PageServer) -> None:
    names = {"own.example": ["127.0.0.1"], "metadata.example": ["127.0.0.1"]}
    site.routes["/out"] = Answer(status=302, headers={"Location": at(site, "metadata.example")})
    ((url, error, _),) = crawled(names=names, urls=[at(site, "own.example", "/out")], allow_hosts=["own.example"])
    assert (url, error) == (at(site, "metadata.example"), "RefusedAddressError")
    assert site.hits.keys() == {"/out"}


def test_redirects_end(site: PageServer) -> None:
    for number in range(20):
        site.routes[f"/{number}"] = Answer(status=302, headers={"Location": f"/{number + 1}"})
    ((url, error, _),) = crawled(names={}, urls=[f"{site.url}/0"], allow_hosts=["127.0.0.1"])
    assert (url.rpartition("/")[2], error) == ("8", "IgnoreRequest")


def test_a_proxy_of_the_environment_is_not_used(site: PageServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    ((_, status, _),) = crawled(names={}, urls=[site.url + "/"], allow_hosts=["127.0.0.1"])
    assert status == 200


def test_answers_that_are_too_large_are_given_up() -> None:
    def endless(begun: bytes, part: bytes) -> Iterator[bytes]:
        yield begun
        while True:
            yield part

    answers: dict[str, Iterable[bytes]] = {
        "/stated": [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"],
        "/endless": endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
        "/headers": endless(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 8000 + b"\r\n"),
    }
    with RawServer(answers.__getitem__) as server:
        urls = [server.url + path for path in answers]
        limits = {"DOWNLOAD_MAXSIZE": 1 << 20, "DOWNLOAD_TIMEOUT": 20}
        stated, endless_body, headers = crawled(names={}, urls=urls, allow_hosts=["127.0.0.1"], settings=limits)
    assert stated[1] == endless_body[1] == "DownloadCancelledError"
    assert headers[1] == "DownloadFailedError"
    assert "headers" in headers[2]
