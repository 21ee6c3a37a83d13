"""Every place where a text may hold a term in disguise: a walk through a trie of the sounds and forms of terms.

A branch of the trie is a syllable, which any character of that sound or its pinyin opens, or a form that the tables
hold for the term's character (q, 7, 亻崔). Up to three signs may part two characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from nlp.dictionaries import character_parts, evaded_terms
from nlp.normalize.sound import syllable, term_syllables

Place = tuple[int, int]

# No sentence mark parts the characters of one word, nor does a line break.
SIGN = r"[^\w\n@，。！？；：,!?;:（）()《》〈〉“”\"‘’'【】\[\]「」『』{}]"
FILLERS = "_丨丶灬乀丿"
_LONGEST_SYLLABLE = 6
_GAP = re.compile(f"(?:{SIGN}|[{FILLERS}]){{1,3}}")


@dataclass(frozen=True, slots=True)
class Disguise:
    """A term and the places of its characters in the text."""

    term: str
    places: tuple[Place, ...]

    @property
    def start(self) -> int:
        """Where the first character begins."""
        return self.places[0][0]

    @property
    def end(self) -> int:
        """Where the last character ends."""
        return self.places[-1][1]

    def gaps(self) -> list[Place]:
        """The places of what parts the characters."""
        return [(end, start) for (_, end), (start, _) in pairwise(self.places) if start > end]


@dataclass(slots=True, eq=False)
class Node:
    """What may follow: nodes by syllable, and written forms by their first character; `terms` end here."""

    sounds: dict[str, "Node"] = field(default_factory=dict)
    forms: dict[str, list[tuple[str, "Node"]]] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)


def disguises(text: str, start: int) -> list[Disguise]:
    """All terms that the (lower-case) text may hold from `start` on, in disguise or plain."""
    return [Disguise(term, places) for term, places in _walk(trie(), text, start, ())]


def _walk(node: Node, text: str, start: int, places: tuple[Place, ...]) -> Iterator[tuple[str, tuple[Place, ...]]]:
    for end, following in _steps(node, text, start):
        taken = (*places, (start, end))
        for term in following.terms:
            yield term, taken
        if following.sounds and end < len(text):
            yield from _walk(following, text, end, taken)
            gap = _GAP.match(text, end)
            if gap and gap.end() < len(text):
                yield from _walk(following, text, gap.end(), taken)


def _steps(node: Node, text: str, start: int) -> Iterator[tuple[int, Node]]:
    character = text[start]
    if character.isascii():
        typed = (text[start : start + size] for size in range(2, _LONGEST_SYLLABLE + 1))
        yield from ((start + len(heard), node.sounds[heard]) for heard in typed if heard in node.sounds)
    elif child := node.sounds.get(syllable(character)):
        yield start + 1, child
    for form, child in node.forms.get(character, ()):
        if text.startswith(form, start):
            yield start + len(form), child


@cache
def trie() -> Node:
    """The trie of all terms in `evaded.tsv`."""
    root = Node()
    for term, columns in evaded_terms().items():
        node = root
        for character, heard, ways in zip(term, term_syllables(term), columns, strict=True):
            node = _grown(node, heard, (character, *ways, *character_parts().get(character, ())))
        node.terms.append(term)
    return root


def _grown(node: Node, heard: tuple[str, ...], forms: tuple[str, ...]) -> Node:
    known = [node.sounds[sound] for sound in heard if sound in node.sounds]
    child = known[0] if known else Node()
    for sound in heard:
        node.sounds.setdefault(sound, child)
    for form in forms:
        if syllable(form) in heard:  # its sound opens the branch already
            continue
        ways = node.forms.setdefault(form[0], [])
        if (form, child) not in ways:
            ways.append((form, child))
    return child
