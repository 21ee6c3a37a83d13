"""Importing: files and folders into the ledger of a set-up, for the command line and whoever else hands files over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.errors import MappingError, OcrError, PageError
from crawler.evidence.warc import Warc
from crawler.importers.evidence import Archive, Digests, Kept
from crawler.importers.file import ImportFile
from crawler.importers.formats import FORMATS, TABLE, Format, recognised
from crawler.importers.mapping import SUFFIX, Mapped, find_mapping, load_mapping
from crawler.importers.opening import Meter
from crawler.importers.row import ImportIssue
from crawler.importers.sample import Sample, take_sample
from crawler.post import CrawlIssue, IssueReason, Post
from crawler.pseudonym import load_key
from crawler.register import Register
from ui.screenshots import without_known
from ui.setup import SetUp

_BATCH = 1000
_LISTED = 200
"""Issues of a file that its report lists; the others are counted."""
_PLATFORM_SPIDERS = {"weibo", "tieba", "heimao", "appstore"}
Confirm = Callable[[Sample], Mapped | None]
"""Is asked which column is which in a table of no known tool; `None` where the user doesn't know either."""


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """What the user asked for: `format` is a name of `FORMATS` or auto, `at` (aware) when the files were written."""

    source: str | None = None
    format: str = "auto"
    mapping: Path | None = None
    url: str | None = None
    thread: str | None = None
    at: datetime | None = None
    is_dry_run: bool = False


@dataclass(kw_only=True)
class FileReport:
    """One file: posts `read`, of them `new`, `changed` and `unchanged`; rows that are `bad` and posts with `doubts`."""

    file: str
    format: str = ""
    sources: list[str] = field(default_factory=list)
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
    doubts: int = 0
    issues: list[ImportIssue] = field(default_factory=list)
    examples: list[Post] = field(default_factory=list)

    def note(self, issue: ImportIssue) -> None:
        """Count an issue, and list it while there is room."""
        if issue.is_lost:
            self.bad += 1
        else:
            self.doubts += 1
        if len(self.issues) < _LISTED:
            self.issues.append(issue)


OnProgress = Callable[[FileReport, int], None]
"""Gets the report of a file as it stands, and how many bytes of the file were just read."""


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Return the files among and below the paths, without hidden ones and those that belong to others.

    Raises:
        PageError: a path isn't there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(
                one for one in sorted(path.rglob("*")) if one.is_file() and not _is_beside(one, path)
            )
        elif path.is_file():
            found[path] = None
        else:
            raise PageError(f"文件 {path} 不存在；请检查路径")
    return list(found)


def _is_beside(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    is_hidden = any(part.startswith((".", "~$")) for part in parts)
    return is_hidden or path.name.endswith((SUFFIX, ".headers", "-wal", "-shm", "-journal"))


def import_files(
    setup: SetUp,
    files: Sequence[Path],
    options: ImportOptions,
    *,
    confirm: Confirm,
    on_progress: OnProgress,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[FileReport]:
    """Import files one after another; one that can't be read is a report with its reason, the others go on.

    Whatever is stopped half-way is simply imported again: what has landed is found unchanged.
    """
    reports = []
    with ExitStack() as stack:
        importer = _Importer(setup, options, _archive(setup, options, stack), confirm, on_progress, clock)
        for path in files:
            reports.append(importer.run(path))  # noqa: PERF401  # each lands before the next is opened
    return reports


def _archive(setup: SetUp, options: ImportOptions, stack: ExitStack) -> Archive:
    if options.is_dry_run:
        return Digests()
    warc = Warc(setup.home / "evidence", options.source or "import")
    stack.callback(warc.close)
    return Kept.open(setup.home, warc)


def registered_names(register: Register) -> Mapping[str, str]:
    """Return which registered source posts of a platform or host belong to, where that is plain.

    So a post is one whether its spider or an import was first: it lands under the name that the spider uses.
    """
    names: dict[str, set[str]] = {}
    for name, source in register.items():
        keys = {source.spider} if source.spider in _PLATFORM_SPIDERS else set(source.hosts)
        for key in keys:
            names.setdefault(key, set()).add(name)
    return {key: next(iter(known)) for key, known in names.items() if len(known) == 1}


@dataclass(frozen=True)
class _Importer:
    setup: SetUp
    options: ImportOptions
    archive: Archive
    confirm: Confirm
    on_progress: OnProgress
    clock: Callable[[], datetime]

    def run(self, path: Path) -> FileReport:
        report = FileReport(file=str(path))
        try:
            sample = take_sample(path)
            chosen = recognised(sample) if self.options.format == "auto" else FORMATS[self.options.format]
            report.format = chosen.name
            self._read(chosen, sample, report)
        except (PageError, MappingError, OcrError) as error:
            report.note(ImportIssue(file=str(path), place="", detail=str(error)))
        self._note_lost(report)
        return report

    def _read(self, chosen: Format, sample: Sample, report: FileReport) -> None:
        def meter(count: int) -> None:
            self.on_progress(report, count)

        file = self._file(chosen, sample, meter)
        for batch in _batches(chosen.read(file), report):
            self._land(batch, report)
            self.on_progress(report, 0)

    def _file(self, chosen: Format, sample: Sample, meter: Meter) -> ImportFile:
        written = datetime.fromtimestamp(sample.path.stat().st_mtime, UTC)
        return ImportFile(
            sample=replace(sample, source=replace(sample.source, meter=meter)),
            archive=self.archive,
            key=load_key(self.setup.home),
            imported=self.clock(),
            exported=self.options.at or written,
            source=self.options.source,
            names=registered_names(self.setup.configuration.sources),
            url=self.options.url,
            thread=self.options.thread,
            mapping=self._mapping(sample) if chosen.name == TABLE else None,
        )

    def _mapping(self, sample: Sample) -> Mapped:
        if self.options.mapping:
            return load_mapping(self.options.mapping)
        found = find_mapping(sample.path, sample.columns, self.setup.home)
        mapped = found[0] if found else self.confirm(sample)
        if mapped is None:
            raise MappingError(
                f"{sample.path} 的列没有确认，没有导入；请用 --mapping 指明哪一列是什么（见 docs/import.md）"
            )
        return mapped

    def _land(self, posts: list[Post], report: FileReport) -> None:
        report.sources += [
            source for source in dict.fromkeys(post.source for post in posts) if source not in report.sources
        ]
        report.read += len(posts)
        report.examples += posts[: max(0, 5 - len(report.examples))]
        if self.options.is_dry_run:
            return
        fresh = without_known(self.setup.ledger, posts)
        landing = self.setup.ledger.land(fresh, now=self.clock())
        report.new += landing.new
        report.changed += landing.changed
        report.unchanged += landing.unchanged + len(posts) - len(fresh)

    def _note_lost(self, report: FileReport) -> None:
        """Say in the ledger, where coverage is told from, what of a file is not there."""
        first = next((issue for issue in report.issues if issue.is_lost), None)
        if first is None or self.options.is_dry_run:
            return
        source = self.options.source or next(iter(report.sources), "import")
        detail = f"导入时 {report.bad} 行没有读进来，第一处：{first}"
        url = Path(report.file).resolve().as_uri()
        reason = IssueReason.UNREADABLE_FIELD
        self.setup.ledger.note_issue(
            CrawlIssue(source=source, url=url, reason=reason, detail=detail, at=self.clock(), field=first.field)
        )


def _batches(items: Iterator[Post | ImportIssue], report: FileReport) -> Iterator[list[Post]]:
    """Yield posts in batches; a file that turns out to be damaged half-way has given what came before."""
    batch: list[Post] = []
    try:
        for item in items:
            if isinstance(item, ImportIssue):
                report.note(item)
                continue
            batch.append(item)
            if len(batch) == _BATCH:
                yield batch
                batch = []
    except PageError as error:
        report.note(ImportIssue(file=report.file, place="", detail=str(error)))
    if batch:
        yield batch
