"""The `fengping` command line: one command group a file, all wired here.

Exit codes: 0 done, 1 failed, 2 wrong use (an option, the configuration, a query).
"""

import sys

import typer

from crawler.errors import CrawlerError
from indexer.errors import IndexerError
from nlp.errors import NlpError
from ui.cli import (
    analyze,
    audit,
    backup,
    bench,
    benchmark,
    calibrate,
    capture,
    coverage,
    crawl,
    demo,
    doctor,
    evaluate,
    evidence,
    export,
    import_,
    index,
    init,
    key,
    model,
    restore,
    run,
    search,
    source,
    train,
    web,
    work,
)
from ui.errors import ConfigurationError, UiError

# In the order in which a set-up meets them; `--help` lists them so.
GROUPS = (
    demo,
    init,
    doctor,
    key,
    run,
    web,
    source,
    crawl,
    coverage,
    capture,
    import_,
    work,
    search,
    export,
    evidence,
    audit,
    backup,
    restore,
    index,
    analyze,
    model,
    evaluate,
    train,
    calibrate,
    bench,
    benchmark,
)

app = typer.Typer(
    name="fengping",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="风评：看清消费金融品牌的口碑风险",
)
for group in GROUPS:
    group.register(app)


def main() -> None:
    """Run the command line; a known failure is one message and an exit code, not a traceback."""
    try:
        app()
    except ConfigurationError as error:
        _stop(error, status=2)
    except (CrawlerError, IndexerError, NlpError, UiError) as error:
        _stop(error, status=1)


def _stop(error: Exception, *, status: int) -> None:
    typer.echo(str(error), err=True)
    sys.exit(status)
