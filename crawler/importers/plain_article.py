"""Plain text: the whole file as one article."""

from collections.abc import Iterator

from crawler.importers.article import read_article
from crawler.importers.building import Imported
from crawler.importers.container import Container
from crawler.importers.file import ImportFile
from crawler.importers.sample import Sample


def recognise(sample: Sample) -> bool:
    """Whether it is text of no other form."""
    return sample.container is Container.TEXT


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the article."""
    yield read_article(
        file.path,
        source=file.source or "import",
        crawled=file.imported,
        key=file.key,
        warc=file.archive,
        url=file.url,
    )
