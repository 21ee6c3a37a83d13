"""A real server that writes bytes as a test says, whether they are HTTP or not."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from typing import Self

RESET = b"\x00reset\x00"
"""In place of a part: the connection is reset."""
_LINGER_NOT = struct.pack("ii", 1, 0)


class RawServer:
    """`answer` gives the parts that are written for a path; the connection is closed after the last."""

    def __init__(self, answer: Callable[[str], Iterable[bytes]]) -> None:
        self.answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._listening.getsockname()[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            path = connection.recv(65536).split(b" ")[1].decode()
            for part in self.answer(path):
                if part == RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
                    return
                connection.sendall(part)
