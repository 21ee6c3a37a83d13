"""The connection to a cluster, and its errors as ours."""

import logging
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from elastic_transport.client_utils import DEFAULT
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    NotFoundError,
    SerializationError,
    SSLError,
    TransportError,
    UnsupportedProductError,
)

from indexer.errors import IndexUnavailableError, IndexUnusableError, SearchIndexError
from indexer.settings import IndexerSettings, search_addresses

_SECONDS = 30.0
# Too many requests, and what a node or a proxy before it answers while it starts, elects a master or has lost a shard.
_PASSING = frozenset({429, 502, 503, 504})
# The client's errors that a user can do something about, the most special first; the rest is told with its reason.
_UNUSABLE: dict[type[Exception], str] = {
    AuthenticationException: "不认这把 API key；请检查 FENGPING_INDEXER__SEARCH_API_KEY 或 search_api_key_file",
    AuthorizationException: "这把 API key 权限不够；所需权限见 docs/operations.md",
    UnsupportedProductError: "那里不是 Elasticsearch 8 或 9；请检查 [indexer] search",
    SSLError: "证书验证不了；请检查 [indexer] search 和 search_ca_certs",
    SerializationError: "回答读不懂，可能不是 Elasticsearch；请检查 [indexer] search",
    NotFoundError: "缺少索引，可能被删了；请运行 fengping index rebuild（台账不受影响）",
}


class Connection:
    """The nodes of a cluster. May be shared between threads; connects again after `close`."""

    def __init__(self, addresses: Sequence[str], *, api_key: str | None = None, ca_certs: Path | None = None) -> None:
        self.addresses = tuple(addresses)
        self._api_key = api_key
        self._ca_certs = ca_certs
        self._client: Elasticsearch | None = None
        self._lock = Lock()

    @contextmanager
    def asking(self) -> Iterator[Elasticsearch]:
        """The client, for as long as the block; what it raises comes out as a `SearchIndexError`."""
        try:
            yield self._connected()
        except (ApiError, TransportError) as error:
            raise self._told(error) from error

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _connected(self) -> Elasticsearch:
        with self._lock:
            if self._client is None:
                # A node that is away is told once by whoever asks, not with every try by the library too.
                logging.getLogger("elastic_transport").setLevel(logging.ERROR)
                self._client = Elasticsearch(
                    list(self.addresses),
                    api_key=self._api_key,
                    ca_certs=str(self._ca_certs) if self._ca_certs else DEFAULT,
                    request_timeout=_SECONDS,
                    retry_on_timeout=True,
                    max_retries=1,
                    http_compress=True,
                )
            return self._client

    def _told(self, error: ApiError | TransportError) -> SearchIndexError:
        place = f"Elasticsearch（{'、'.join(self.addresses)}）"
        for kind, advice in _UNUSABLE.items():
            if isinstance(error, kind):
                return IndexUnusableError(f"{place}{advice}")
        if isinstance(error, TransportError):
            return IndexUnavailableError(f"{place}连不上；请检查它是否在运行。帖子都在台账里，恢复后自动补上")
        if error.meta.status in _PASSING:
            return IndexUnavailableError(f"{place}暂时不可用（{error.meta.status}）。帖子都在台账里，恢复后自动补上")
        return SearchIndexError(f"{place}拒绝了请求：{error}；请检查查询，或运行 fengping index rebuild")


def connect(settings: IndexerSettings) -> Connection:
    """The connection that the settings describe; `IndexUnusableError` where the key's file can't be used."""
    key = settings.search_api_key.get_secret_value() if settings.search_api_key else None
    if key is None and settings.search_api_key_file is not None:
        key = _key(settings.search_api_key_file)
    return Connection(search_addresses(settings.search), api_key=key, ca_certs=settings.search_ca_certs)


def _key(path: Path) -> str:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise IndexUnusableError(f"API key 文件 {path} 别人也能读；请运行 chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusableError(
            f"API key 文件 {path} 读不出来（{error}）；请检查 [indexer] search_api_key_file"
        ) from error
