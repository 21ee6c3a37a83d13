"""What can go wrong in the ledger and in the search index.

IndexerError
├── LedgerError
│   ├── LedgerUnavailableError  the database can't be opened or written: see the message, then try again
│   ├── RecordNotFoundError     the ledger has no such record: the caller shows that it is gone
│   ├── ModelReplacedError      this worker's model is no longer the ledger's: it stops, start it again
│   └── AuditTamperedError      the audit log's hash chain is broken: stop, keep the file, restore a backup
├── QueryError                  the query can't be read: show message and position to its author
└── SearchIndexError
    ├── IndexLockedError        another process writes the index: wait for it or stop it
    └── IndexUnusableError      missing, damaged or of another version: `fengping index rebuild`

Every message is a Chinese sentence for the person at the screen and says what to do next.
"""


class IndexerError(Exception):
    """Base of all errors of this package."""


class LedgerError(IndexerError):
    """Base of the ledger's errors."""


class LedgerUnavailableError(LedgerError):
    """The database can't be opened or migrated."""


class RecordNotFoundError(LedgerError):
    """The ledger holds no record with this id."""

    def __init__(self, record_id: int) -> None:
        super().__init__(f"台账里没有编号为 {record_id} 的记录，可能来自另一个数据目录；请检查 --home")
        self.record_id = record_id


class ModelReplacedError(LedgerError):
    """Another model is in use by now than the one that this worker loaded."""

    def __init__(self, own: str, in_use: str) -> None:
        super().__init__(f"台账已改用模型 {in_use}，本进程载入的是 {own}，已停止领取帖子；请重新启动本进程，载入新模型")
        self.own = own
        self.in_use = in_use


class AuditTamperedError(LedgerError):
    """An entry of the audit log was changed, removed or slipped in."""

    def __init__(self, entry_id: int, reason: str) -> None:
        super().__init__(f"审计日志第 {entry_id} 条{reason}；请停止写入，保留数据库文件，并与备份比对")
        self.entry_id = entry_id


class QueryError(IndexerError):
    """A query that can't be read; `position` counts the query's characters from 1."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"第 {position} 字：{reason}")
        self.position = position
        self.reason = reason


class SearchIndexError(IndexerError):
    """Base of the search index's errors."""


class IndexLockedError(SearchIndexError):
    """Another process holds the embedded index for writing."""


class IndexUnusableError(SearchIndexError):
    """The index is missing, damaged or was written with another schema."""
