"""The region that a site shows beside a post: `发布于 北京`, `来自广东`, `IP属地：浙江`."""

import re

_REGION = re.compile(r"^(?:发布于|来自|IP\s*属地)\s*[:：]?\s*(?P<region>[\u4e00-\u9fff]{2,12})$")
_DEVICE = re.compile(r"客户端|手机|微博|网页|浏览器|平板|电脑|超话|视频|APP", re.I)


def read_region(text: str) -> str | None:
    """Return the region in `text`; `None` where it names none, such as a device (`来自 iPhone客户端`)."""
    found = _REGION.match(text.strip())
    return found["region"] if found and not _DEVICE.search(found["region"]) else None
