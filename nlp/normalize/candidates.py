"""Where a disguise may begin: a quick look, since nearly every place of a text begins none."""

import re
from collections.abc import Iterable
from functools import cache

from pypinyin.constants import PINYIN_DICT

from nlp.normalize.disguise import FILLERS, SIGN, Node, trie
from nlp.normalize.sound import syllable

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5
_LETTER = re.compile("[a-z]")
_MEMORY = 1 << 18
_pairs: dict[str, bool] = {}


def candidates(text: str) -> list[int]:
    """Places of the (lower-case) text, in order, from which it is worth to look for a disguise."""
    han = _places(_han(), text)
    spelt = _places(_letters(), text) if _LETTER.search(text) else []
    return sorted(han + spelt) if spelt else han


def _places(pattern: re.Pattern[str], text: str) -> list[int]:
    places = []
    for match in pattern.finditer(text):
        start = match.start()
        pair = text[start : start + 2]
        known = _pairs.get(pair)
        if known is None:
            known = _remembered(pair)
        if known:
            places.append(start)
    return places


def _remembered(pair: str) -> bool:
    if len(_pairs) >= _MEMORY:
        _pairs.clear()
    known = _pairs[pair] = _begins(pair)
    return known


def _begins(pair: str) -> bool:
    """Whether two characters may begin a disguise; always where the second is a sign."""
    first, second = pair[0], pair[1:]
    if not second.isalnum() or second in FILLERS:
        return True
    if any(form.startswith(pair) for form, _ in trie().forms.get(first, ())):
        return True
    if first.isascii():
        return any(heard.startswith(pair) for heard in trie().sounds) or _any_goes_on(first, second)
    return _any_goes_on(first, second)


def _any_goes_on(first: str, second: str) -> bool:
    root = trie()
    after = [root.sounds[heard] for heard in (syllable(first),) if heard in root.sounds]
    after += [child for form, child in root.forms.get(first, ()) if form == first]
    return any(_goes_on(child, second) for child in after)


def _goes_on(node: Node, character: str) -> bool:
    if character in node.forms or syllable(character) in node.sounds:
        return True
    return any(heard.startswith(character) for heard in node.sounds)


@cache
def _han() -> re.Pattern[str]:
    """A character that may begin a disguise before one that may go on with it, or a sign that may part the two."""
    return re.compile(f"[{_class(_opening([trie()]))}](?={_goes_on_class()})")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"(?<![a-z0-9])[a-z](?=[a-z]|{_goes_on_class()})")


@cache
def _goes_on_class() -> str:
    root = trie()
    children = [*root.sounds.values(), *(child for forms in root.forms.values() for _, child in forms)]
    inside = {form[1] for forms in root.forms.values() for form, _ in forms if len(form) > 1}
    return f"(?:[{_class(_opening(children) | inside)}{FILLERS}a-z47]|{SIGN})"


def _opening(nodes: list[Node]) -> set[str]:
    heard = {heard for node in nodes for heard in node.sounds}
    written = {form[0] for node in nodes for forms in node.forms.values() for form, _ in forms}
    usual = (chr(code) for code in PINYIN_DICT if _FIRST_HAN <= code <= _LAST_HAN)
    sounding = {character for character in usual if syllable(character) in heard}
    return sounding | {character for character in written if not character.isascii()}


def _class(characters: Iterable[str]) -> str:
    return re.escape("".join(sorted(characters)))
