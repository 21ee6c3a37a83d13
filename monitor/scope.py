"""Which posts count as the brand's, said in the query language, so that every number can be opened as a search."""

from monitor.days import Period
from monitor.settings import MonitorSettings
from nlp.brand import BrandSettings


def brand_scope(brand: BrandSettings, settings: MonitorSettings) -> str:
    """The query for the brand's posts: those that name it, and all of its own sources; never the irrelevant ones."""
    named = [f'brand:"{brand.name}"', *(f'source:"{source}"' for source in settings.brand_sources)]
    return f"({' OR '.join(named)}) -kind:irrelevant"


def within(query: str, period: Period) -> str:
    """The query narrowed to the days of a period."""
    # `before:` excludes its day, `after:` includes it: both count from midnight in Asia/Shanghai.
    return f"{query} after:{period.start.date().isoformat()} before:{period.end.date().isoformat()}"
