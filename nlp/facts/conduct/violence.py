"""Violence against people and things."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct

KINDS = ("violence",)

_VIOLENCE = re.compile(
    r"软?暴力(?:催[收债]|上门|讨债|手段)|动手(?:打(?:人|我|他|了)*|推)|殴打|(?<!拨)打人|打伤|打断[^，。；！？\n]{0,4}[腿手]|被打(?:伤|了)"
    r"(?!\d|[一二两三四五六七八九十几]|个|电话)|(?:被|把)[^，。；！？\n]{0,10}打(?:了|伤)(?!\d|[一二两三四五六七八九十几]|个|好|很|电话|招呼|过去|水漂|折)"
    r"|砸(?:东西|门|窗|车|玻璃|店|了)|泼(?:了)?(?:红)?(?:油漆|漆|粪|尿|水)|堵(?:了)?锁眼|锁眼|推搡|限制[^，。；！？\n]{0,3}自由|拘禁|绑架|持刀|拿刀|踹门|撬门"
)

_AUTHOR_ACTS = re.compile(r"我[就也要想去]*$")


def find(text: str) -> Iterator[Finding]:
    """Each mention of force by others than the author."""
    for match in _VIOLENCE.finditer(text):
        if not _AUTHOR_ACTS.search(text, max(0, match.start() - 4), match.start()):
            yield conduct("violence", *match.span())
