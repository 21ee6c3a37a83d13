"""What goes wrong on the way to a cluster, told with what to do."""

import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pydantic import SecretStr, ValidationError

from indexer.errors import IndexUnavailableError, IndexUnusableError, SearchIndexError
from indexer.settings import IndexerSettings

elasticsearch = pytest.importorskip("elasticsearch", reason="缺少 elasticsearch：pip install 'fengping[cluster]'")
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig  # noqa: E402

from indexer.search.elasticsearch import Connection, connect  # noqa: E402

ADDRESS = "https://search.example:9200"


class Answers(BaseHTTPRequestHandler):
    """A server that gives one answer to everything, and remembers who asked."""

    status = 401
    product = "Elasticsearch"
    authorization = ""

    def do_POST(self) -> None:
        type(self).authorization = self.headers.get("Authorization", "")
        body = json.dumps({"error": {"root_cause": [{"reason": "no"}], "reason": "no"}, "status": self.status}).encode()
        self.send_response(self.status)
        if self.product:
            self.send_header("X-Elastic-Product", self.product)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests read what is raised."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "product", "error", "words"),
    [
        (401, "Elasticsearch", IndexUnusableError, "不认这把 API key"),
        (403, "Elasticsearch", IndexUnusableError, "权限不够"),
        (404, "Elasticsearch", IndexUnusableError, "fengping index rebuild"),
        (400, "Elasticsearch", SearchIndexError, "拒绝了请求"),
        (429, "Elasticsearch", IndexUnavailableError, "自动补上"),
        (503, "Elasticsearch", IndexUnavailableError, "自动补上"),
        (200, "", IndexUnusableError, "不是 Elasticsearch 8 或 9"),
    ],
)
def test_each_answer_is_told_with_what_to_do(
    server: str, status: int, product: str, error: type[SearchIndexError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answers, "status", status)
    monkeypatch.setattr(Answers, "product", product)
    connection = connect(IndexerSettings(search=server, search_api_key=SecretStr("secret-of-the-test")))
    with pytest.raises(error, match=words) as caught, connection.asking() as client:
        client.search(index="x")
    connection.close()
    assert Answers.authorization == "ApiKey secret-of-the-test"
    assert "secret" not in str(caught.value)


def test_every_error_of_the_library_becomes_one_of_ours() -> None:
    classes = [kind for _, kind in inspect.getmembers(elasticsearch, inspect.isclass)]
    known = [kind for kind in classes if issubclass(kind, Exception) and not issubclass(kind, Warning)]
    assert elasticsearch.NotFoundError in known
    connection = Connection([ADDRESS])
    for kind in known:
        with pytest.raises(SearchIndexError, match=r"search\.example"), connection.asking():
            raise _made(kind)


def _made(kind: type[Exception]) -> Exception:
    if not issubclass(kind, elasticsearch.ApiError):
        return kind("x", errors=())
    meta = ApiResponseMeta(418, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "search.example", 9200))
    return kind("x", meta, {})


def test_the_key_may_lie_in_a_file_that_only_its_owner_reads(server: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("key-from-file\n", encoding="utf-8")
    path.chmod(0o640)
    settings = IndexerSettings(search=server, search_api_key_file=path)
    with pytest.raises(IndexUnusableError, match="chmod 600"):
        connect(settings)
    path.chmod(0o600)
    connection = connect(settings)
    with pytest.raises(SearchIndexError), connection.asking() as client:
        client.search(index="x")
    connection.close()
    assert Answers.authorization == "ApiKey key-from-file"
    path.unlink()
    with pytest.raises(IndexUnusableError, match="search_api_key_file"):
        connect(settings)


@pytest.mark.parametrize("search", ["embedded", ADDRESS, "http://a:9200, http://b:9201/", "https://[::1]:9200"])
def test_addresses_that_can_be_meant(search: str) -> None:
    assert IndexerSettings(search=search).search == search


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("elastic", '只能是 "embedded" 或带端口的地址'),
        ("https://search.example", "带端口的地址"),
        ("https://search.example:port", "带端口的地址"),
        ("ftp://search.example:9200", "带端口的地址"),
        ("https://me:hidden@search.example:9200", "API key"),
        (f"{ADDRESS},", "带端口的地址"),
    ],
)
def test_addresses_that_can_not(search: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words) as caught:
        IndexerSettings(search=search)
    assert "hidden" not in str(caught.value.errors()[0]["ctx"])


def test_without_the_library_it_is_told_what_to_install() -> None:
    code = (
        "import sys; from pathlib import Path; sys.modules['elasticsearch'] = None\n"
        "from indexer.search import open_index; from indexer.settings import IndexerSettings\n"
        "from indexer.errors import IndexUnusableError\n"
        "assert open_index(Path('none')).count() == 0\n"
        "try:\n    open_index(Path('.'), IndexerSettings(search='http://a:9200'))\n"
        "except IndexUnusableError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'fengping[cluster]'" in done.stdout
