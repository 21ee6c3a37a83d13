"""The forum's posts as label-guide records, for `fengping evaluate`: no training ever sees them.

Run `python -m examples.forum.records > forum.jsonl`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

_POSTS = Path(__file__).parent / "posts.jsonl"


def records() -> Iterator[str]:
    """One JSON line a post: its text and the labels that people gave it."""
    for line in _POSTS.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        record = {"id": f"forum-post-{post['post']}", "source": "forum", "text": post["text"], **post["labels"]}
        yield json.dumps(record, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in records())
