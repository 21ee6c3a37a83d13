import asyncio

import pytest
from scrapy import Request

from crawler.middlewares.address import AddressGuard, RefusedAddressError, is_public

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "172.16.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "::",
    "::1",
    "fe80::1%eth0",
    "fec0::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "ff02::1",
    "224.0.0.1",
    "100.64.0.1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "110.242.68.66", "2400:3200::1", "2606:4700::1111"])
def test_addresses_outside(address: str) -> None:
    assert is_public(address)


def asked(url: str, *allow_hosts: str) -> None:
    asyncio.run(AddressGuard(allow_hosts).process_request(Request(url)))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "localhost",
        "LOCALHOST.",
        "db.localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0x7f000001",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "user@127.0.0.1",
        "169.254.169.254",
    ],
)
def test_the_guard_refuses_what_is_inside_however_it_is_written(host: str) -> None:
    with pytest.raises(RefusedAddressError, match="allow_hosts"):
        asked(f"http://{host}/latest/meta-data/")


def test_the_register_may_allow_a_host_or_one_port_of_it() -> None:
    asked("http://127.0.0.1:8000/", "127.0.0.1")
    asked("http://127.0.0.1:8000/", "127.0.0.1:8000")
    asked("http://127.0.0.1:8000@8.8.8.8/", "127.0.0.1:8000")
    with pytest.raises(RefusedAddressError):
        asked("http://127.0.0.1:9200/", "127.0.0.1:8000")
    with pytest.raises(RefusedAddressError):
        asked("http://10.0.0.1@127.0.0.1/", "10.0.0.1")


def test_only_the_web() -> None:
    for url in ("ftp://files.example/x", "file:///etc/passwd", "data:text/html,x"):
        with pytest.raises(RefusedAddressError, match="http"):
            asked(url)
