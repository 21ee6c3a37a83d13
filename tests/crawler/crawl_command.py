"""A crawl in a process that a test can kill: `python -m tests.crawler.crawl_command HOME URL`."""

import sys
from pathlib import Path

from tests.crawler.crawling import run

if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
