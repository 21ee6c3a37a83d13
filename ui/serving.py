"""Serving the web app from this process."""

import os
import socket
from pathlib import Path

from ui.configuration import find_file
from ui.errors import NotSetUpError
from ui.setup import SetUp

APP = Path(__file__).with_name("app.py")
_PORTS_TRIED = 20


def free_port(address: str, wanted: int, *, others: bool = True) -> int:
    """The wanted port, or (with `others`) the next free one above it; any free one for 0."""
    tried = range(wanted, min(wanted + _PORTS_TRIED, 65536)) if others and wanted else [wanted]
    for port in tried:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As the server itself does, so that a port is not called taken for the minute after its last use.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    taken = f"端口 {wanted} 已被占用" if len(tried) == 1 else f"从 {wanted} 起的 {len(tried)} 个端口都被占用"
    raise NotSetUpError(f"{taken}；用 --port 换一个")


def serve(setup: SetUp, *, config: Path | None, port: int, open_browser: bool) -> None:
    """Serve the app until Ctrl+C or SIGTERM.

    The app runs in this process but is a script of its own: what it is to show goes through the environment.
    """
    # Importing Streamlit takes a second, which no other command should pay.
    from streamlit.web import bootstrap

    from ui.web import theme

    os.environ["FENGPING_HOME"] = str(setup.home.resolve())
    path = find_file(config, setup.home)
    if path:
        os.environ["FENGPING_CONFIG"] = str(path.resolve())
    address = setup.configuration.web.address
    options = {
        **theme.options(),
        "server.address": address,
        "server.port": port,
        "server.headless": not open_browser,
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
    }
    flags = {name.replace(".", "_"): value for name, value in options.items()}
    bootstrap.load_config_options(flags)
    bootstrap.run(str(APP), False, [], flags)  # noqa: FBT003 -- the library's signature


def app_url(address: str, port: int) -> str:
    """Where a browser on this machine finds the app."""
    host = "127.0.0.1" if address in {"0.0.0.0", "::"} else address  # noqa: S104 -- compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
