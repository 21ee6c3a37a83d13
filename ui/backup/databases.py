"""Copies of databases that others write to meanwhile."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from ui.errors import BackupError


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database as it stands between two transactions; in WAL mode its writers go on meanwhile.

    All pages in one step: a copy in several begins anew whenever another process writes
    (https://sqlite.org/c3ref/backup_finish.html).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy)
    except sqlite3.Error as error:
        raise BackupError(f"{source} 复制不了（{error}）；请检查文件权限和磁盘空间，再试一次") from error


def dump_postgresql(url: URL, target: Path) -> None:
    """Dump a PostgreSQL database of one moment in pg_dump's custom format; `BackupError` says what to run instead."""
    address, password = _apart(url)
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupError(
            "台账在 PostgreSQL 里，本机没有 pg_dump；请安装与服务器同版本的 postgresql-client 再备份，"
            f"或在有它的机器上运行：pg_dump --format=custom --no-owner --file={target.name} '{address}'"
        )
    # The password goes by the environment: the arguments of a process are for all to see.
    secret = {"PGPASSWORD": password} if password else {}
    done = subprocess.run(  # noqa: S603 -- a fixed program; the address is the operator's own
        [program, "--format=custom", "--no-owner", "--no-password", f"--file={target}", f"--dbname={address}"],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().partition("\n")[0]
        raise BackupError(f"pg_dump 没有完成（{reason}）；请检查台账地址，以及 pg_dump 的版本不低于服务器")


def _apart(url: URL) -> tuple[str, str | None]:
    """The address without the password, and the password, which may also stand among the parameters."""
    plain = URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query={name: value for name, value in url.query.items() if name != "password"},
    )
    given = url.password or url.query.get("password")
    return plain.render_as_string(), str(given) if given else None
