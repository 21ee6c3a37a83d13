"""What can go wrong in the ledger, in the search index and at work.

IndexerError
├── LedgerError
│   ├── LedgerUnavailableError  the database can't be opened or written: see the message, then try again
│   │   └── LedgerInterruptedError  it is away or full for now: what was begun is done again later
│   ├── RecordNotFoundError     the ledger has no such record: the caller shows that it is gone
│   ├── ModelReplacedError      this worker's model is no longer the ledger's: it stops, start it again
│   └── AuditTamperedError      the audit log's hash chain is broken: stop, keep the file, restore a backup
├── QueryError                  the query can't be read: show message and position to its author
├── SearchIndexError
│   ├── IndexLockedError        another process writes the index: wait for it or stop it
│   ├── IndexUnusableError      missing, damaged or of another version: `fengping index rebuild`
│   ├── IndexInterruptedError   it can't be written for now (disk full): what is missing is indexed later
│   │   └── IndexUnavailableError  the node is away or overloaded: nothing can be found either, ask again later
│   └── RecordRefusedError      it refuses some records as they are: they are set aside as dead letters
├── ExportError
│   ├── UnknownExportFormatError  the file's suffix names no format: choose another name
│   ├── TooLongForExcelError    a text is longer than a cell of Excel holds: export as another format
│   └── ExportUnwritableError   the file can't be written: see the message
└── WorkError
    ├── ExecutorUnavailableError  processes or cluster for the analysis are not there: see the message, then try again
    ├── AnalysisFailingError    nothing can be analysed, not even a plain sentence: mend it, no post is set aside
    ├── ForeignModelError       a process or cluster worker reads with another model or dictionary: stop
    └── NotSetAsideError        these posts are not among the dead letters: the caller shows which are

Every message is a Chinese sentence for the person at the screen and says what to do next. Where `passing` is true, the
cause lies outside and goes by: a worker that stays tries again by itself.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path


class IndexerError(Exception):
    """Base of all errors of this package."""

    passing = False


class LedgerError(IndexerError):
    """Base of the ledger's errors."""


class LedgerUnavailableError(LedgerError):
    """The database can't be opened or migrated."""


class LedgerInterruptedError(LedgerUnavailableError):
    """The database is away, busy or full for now; the transaction at hand has not happened."""

    passing = True


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


class IndexInterruptedError(SearchIndexError):
    """The index can't be written for now; what it should hold waits in the ledger."""

    passing = True


class IndexUnavailableError(IndexInterruptedError):
    """The Elasticsearch node is away, not ready yet or overloaded; what it should hold waits in the ledger."""


class RecordRefusedError(SearchIndexError):
    """The index took the other records but not these; `refused` gives the reason (without the post's text) by id."""

    def __init__(self, refused: Mapping[int, str]) -> None:
        ids = "、".join(map(str, sorted(refused)))
        super().__init__(f"搜索索引不收这些记录：{ids}；用 fengping work dead-letters 看原因")
        self.refused = dict(refused)


class ExportError(IndexerError):
    """Base of the exports' errors; no file is left behind."""


class UnknownExportFormatError(ExportError):
    """The file's suffix names no format of an export."""

    def __init__(self, path: Path, known: Sequence[str]) -> None:
        names = "、".join(f".{suffix}" for suffix in known)
        super().__init__(f"看不出 {path.name} 要导出成什么格式；文件名请以 {names} 之一结尾")


class TooLongForExcelError(ExportError):
    """A text is longer than a cell of Excel holds."""

    def __init__(self, record_id: int, column: str, most: int) -> None:
        super().__init__(
            f"记录 {record_id} 的 {column} 超过 Excel 单元格的上限（{most:,} 字），没有导出；"
            "请改用 .csv、.jsonl 或 .parquet"
        )
        self.record_id = record_id


class ExportUnwritableError(ExportError):
    """The file of an export can't be written."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"导出文件写不了：{reason}；请检查目录、权限和磁盘空间，换个位置再试")


class WorkError(IndexerError):
    """Base of the worker's errors."""


class ExecutorUnavailableError(WorkError):
    """What the analysis runs on can't be started or reached, or was lost."""

    passing = True


class AnalysisFailingError(WorkError):
    """The analysis fails on any text, so the posts are not at fault."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"任何文字都分析不了，问题不在帖子：{reason}；请先运行 fengping doctor 检查模型，再重新启动")
        self.reason = reason


class ForeignModelError(WorkError):
    """A result came from another model or dictionary than this worker's."""

    def __init__(self, own: str, foreign: str) -> None:
        super().__init__(
            f"分析结果来自 {foreign}，本进程用的是 {own}，没有保存；"
            "请在每个计算节点装同一版本的风评、同一个模型，再重新启动"
        )
        self.own = own
        self.foreign = foreign


class NotSetAsideError(WorkError):
    """Posts that are to be put back but were not set aside."""

    def __init__(self, record_ids: Sequence[int]) -> None:
        ids = "、".join(map(str, record_ids))
        super().__init__(f"这些帖子没有被搁置：{ids}；用 fengping work dead-letters 看有哪些")
        self.record_ids = tuple(record_ids)
