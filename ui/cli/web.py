"""`fengping web`: serve the app."""

from typing import Annotated

import typer

from ui.cli.home import HOME, ConfigOption, HomeOption
from ui.serving import app_url, free_port, serve
from ui.setup import SetUp

PortOption = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="端口；不写则用 [web] port，被占用时用下一个")
]
HeadlessOption = Annotated[bool, typer.Option("--headless", help="不打开浏览器")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("web", help="打开网页应用；Ctrl+C 结束。例：fengping web --port 8600 --headless")(serve_app)


def serve_app(
    *, home: HomeOption = HOME, config: ConfigOption = None, port: PortOption = None, headless: HeadlessOption = False
) -> None:
    """Serve until told to stop."""
    setup = SetUp.open(home, config)
    web = setup.configuration.web
    # A port that was asked for by name is used or refused; the configured one is only where to begin.
    chosen = free_port(web.address, web.port if port is None else port, others=port is None)
    typer.echo(f"风评在 {app_url(web.address, chosen)} ，Ctrl+C 结束", err=True)
    serve(setup, config=config, port=chosen, open_browser=not headless)
