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
    "::1",
    "fe80::1%eth0",
    "::ffff:10.0.0.1",
    "224.0.0.1",
    "100.64.0.1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "110.242.68.66", "2400:3200::1"])
def test_addresses_outside(address: str) -> None:
    assert is_public(address)


def asked(url: str, *allow_hosts: str) -> None:
    asyncio.run(AddressGuard(allow_hosts).process_request(Request(url)))


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/", "http://0x7f000001/"])
def test_the_guard_refuses_what_is_inside(url: str) -> None:
    with pytest.raises(RefusedAddressError, match="allow_hosts"):
        asked(url)


def test_the_register_may_allow_a_host_or_one_port_of_it() -> None:
    asked("http://127.0.0.1:8000/", "127.0.0.1")
    asked("http://127.0.0.1:8000/", "127.0.0.1:8000")
    with pytest.raises(RefusedAddressError):
        asked("http://127.0.0.1:9200/", "127.0.0.1:8000")


def test_only_the_web() -> None:
    with pytest.raises(RefusedAddressError, match="http"):
        asked("ftp://files.example/x")
