"""The small HTTP server beside a worker: /metrics, /healthz, /readyz."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST

from ui.errors import NotSetUpError
from ui.operations.health import FINE, Health
from ui.operations.metrics import Metrics

LOCAL = "127.0.0.1"
_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class MetricsAddress:
    """Where to listen; of this machine only unless an address is given."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "MetricsAddress":
        """`9400` or `0.0.0.0:9400`; `ValueError` for anything else. Port 0 takes any free one."""
        host, _, port = text.rpartition(":")
        if not port.isdigit() or int(port) > 65_535:
            raise ValueError(f"应为端口或 地址:端口，如 9400、0.0.0.0:9400（现为 {text!r}）")
        return cls(host.strip("[]") or LOCAL, int(port))


@contextmanager
def serving(address: MetricsAddress, metrics: Metrics, health: Health) -> Iterator[str]:
    """Serve until the end of the block; gives the server's URL. `NotSetUpError` where the port is taken."""
    kind = type("Handler", (_Handler,), {"metrics": metrics, "health": health})
    try:
        server = _Server((address.host, address.port), kind)
    except OSError as error:
        raise NotSetUpError(f"指标端口 {address.host}:{address.port} 用不了（{error.strerror}）；请换一个") from error
    thread = Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield f"http://{address.host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    metrics: Metrics
    health: Health

    def do_GET(self) -> None:
        """Answer one of three paths."""
        path = self.path.partition("?")[0]
        if path == "/metrics":
            self._answer(200, CONTENT_TYPE_LATEST, self.metrics.text())
        elif path == "/healthz":
            self._answer(200, _JSON, b'{"alive": true}\n')
        elif path == "/readyz":
            self._answer_ready()
        else:
            self._answer(404, _JSON, b'{"paths": ["/metrics", "/healthz", "/readyz"]}\n')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Nothing: a scrape every few seconds is no event."""

    def _answer_ready(self) -> None:
        checks = self.health.checks()
        ready = all(found == FINE for found in checks.values())
        body = json.dumps({"ready": ready, "checks": checks}, ensure_ascii=False) + "\n"
        self._answer(200 if ready else 503, _JSON, body.encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
