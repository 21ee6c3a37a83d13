"""Threats: named as such, or spoken as "pay or else"."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct

KINDS = ("threat",)

_BLOW = (
    r"(?:上门|外访|爆(?:你|我|他)?的?通讯录|起诉[你我他]|走法律|法律程序|移交|发函|冻结|抓|坐牢|拘留|打给|打到|找[你我他]"
    r"|联系[你我他]|通知[你我他]|去[你我他]?(?:的)?(?:家|单位|公司|学校)|上征信|失信|老赖|弄|后果)"
)
_THREAT = re.compile(
    r"(?<!的)(?<!严重)(?<!构成)(?<!最大)(?<!巨大)威胁(?!着|到|游客|生命|安全|人类|当地|性)(?:恐吓)?|恐吓|恫吓|扬言|要挟|吓唬"
    rf"|(?:再|要是|如果|若)?不(?:还|处理|结清|接|配合|还款|还钱|交)[^。！？\n]{{0,8}}?(?:就|否则|就要)[^，。！？\n]{{0,6}}?{_BLOW}"
    rf"|(?:否则|不然|要不然)[^，。！？\n]{{0,8}}?{_BLOW}"
    r"|(?:让|叫|送|要)我(?:去)?坐牢|来抓[我你他人]|抓[我你]去|弄死[我你]|要[我你]的?命|后果自负|走着瞧|等着瞧|让[我你]好看"
    r"|给我(?:点)?颜色"
)
_AUTHOR_ACTS = re.compile(r"(?:我|我们)(?:就|也|想|要|不敢|没有?|再)*$")


def find(text: str) -> Iterator[Finding]:
    """Each threat by collectors; what the author would do (再骚扰我就报警) is none."""
    for match in _THREAT.finditer(text):
        if not _AUTHOR_ACTS.search(text, max(0, match.start() - 6), match.start()):
            yield conduct("threat", *match.span())
