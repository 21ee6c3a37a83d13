"""問題 that lost its second character: 逾期問(wèn)逐漸顯現 is 逾期问题逐渐显现.

Sites that annotate 問 drop the 題 after it. Only an annotated 問 is touched, and only where it is neither part of
another word (疑问, 问答) nor a verb (用户问客服).
"""

import re

from nlp.normalize.draft import Edit
from nlp.normalize.script import to_simplified
from nlp.words import is_word

_ANNOTATED = re.compile(r"[問问](?P<noise>[(（]w[eè]n[)）])")
_SAYS = re.compile(r"[你我他她它们們谁誰就来來再先想去会會要被都也常多互敢別别没沒请請]$")
_OBJECT = re.compile(r"^(?:[了着著过過到起我你他她它谁誰客一“\"「：:])")
_NEAR = 20


def edits(text: str) -> list[Edit]:
    """Insert 题 after each 问 that lost it."""
    if "(" not in text and "（" not in text:
        return []
    return [
        Edit(match.end(), match.end(), "题")
        for match in _ANNOTATED.finditer(text)
        if _lost(text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR])
    ]


def _lost(before: str, after: str) -> bool:
    if after[:1] in ("題", "题") or _SAYS.search(before) or _OBJECT.match(after):
        return False
    previous = "".join(map(to_simplified, _without_reading(before)[-2:]))
    following = "".join(map(to_simplified, after[:1]))
    pairs = (previous[-1:] + "问", "问" + following, previous + "问")
    return not any(len(pair) > 1 and is_word(pair) for pair in pairs)


def _without_reading(text: str) -> str:
    return re.sub(r"[(（][a-zà-ǜ]+[)）]$", "", text)
