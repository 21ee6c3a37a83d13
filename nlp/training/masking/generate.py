"""The seeded generator: posts with every personal datum marked, the same for the same seed."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nlp.training.masking import accounts, numbers, ordinary, people, places
from nlp.training.masking.disguise import disguised, grouped
from nlp.training.masking.frames import ENDINGS, JOINTS, OPENINGS, ORDINARY, PERSONAL, PLAIN

# In these shares of the posts; the rest holds personal data without a decoy.
_WITHOUT_PERSONAL = 0.25
_WITH_DECOYS = 0.6
# Of the numbers: written in disguise, or in groups for the eye.
_DISGUISED = 0.35
_GROUPED = 0.15

_Maker = Callable[[random.Random], str]
_MAKERS: Mapping[str, _Maker] = {
    "name": people.full_name,
    "mobile": numbers.mobile,
    "landline": numbers.landline,
    "identity": numbers.identity_number,
    "card": numbers.bank_card,
    "contract": numbers.contract,
    "address": places.address,
    "plate": numbers.plate,
    "qq": accounts.qq,
    "wechat": accounts.wechat,
    "email": accounts.email,
}
KINDS = tuple(_MAKERS)
_DECOYS: Mapping[str, _Maker] = {
    "amount": ordinary.amount,
    "date": ordinary.date,
    "rate": ordinary.rate,
    "hotline": ordinary.hotline,
    "code": ordinary.code,
    "order": ordinary.order,
    "company": ordinary.company,
    "term": ordinary.term,
    "count": ordinary.count,
    "medley": ordinary.medley,
    "title": people.title,
}
_NUMERIC = ("mobile", "landline", "identity", "card", "qq")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Span:
    """A personal datum of a made-up post: one of `KINDS`, and where it stands (characters)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedPost:
    """A made-up post with its personal data, in the order of the text."""

    text: str
    spans: tuple[Span, ...]


def make_posts(count: int, *, seed: int) -> Iterator[MarkedPost]:
    """So many posts; those of another seed have other people, numbers and sentences."""
    for number in range(count):
        yield _post(random.Random(f"{seed}/{number}"))  # noqa: S311 (made-up data, no secret)


def _post(chance: random.Random) -> MarkedPost:
    sentences = _sentences(chance)
    pieces = [(chance.choice(OPENINGS), "")]
    for sentence in sentences:
        pieces += [*_filled(sentence, chance), (chance.choice(JOINTS), "")]
    pieces[-1] = (chance.choice(ENDINGS), "")
    return _marked(pieces)


def _sentences(chance: random.Random) -> list[str]:
    personal = [] if chance.random() < _WITHOUT_PERSONAL else chance.sample(PERSONAL, chance.choice((1, 1, 1, 2, 2, 3)))
    decoys = chance.sample(ORDINARY, chance.choice((1, 1, 2, 3))) if chance.random() < _WITH_DECOYS else []
    sentences = [*personal, *decoys, *chance.sample(PLAIN, chance.choice((0, 1, 1, 2, 3)))] or [chance.choice(PLAIN)]
    chance.shuffle(sentences)
    return sentences


def _filled(sentence: str, chance: random.Random) -> list[tuple[str, str]]:
    """Pieces of text with the kind of each, "" where it is nobody's datum."""
    pieces = []
    for index, part in enumerate(_PLACE.split(sentence)):
        if index % 2 == 0:
            pieces.append((part, ""))
        elif part in _DECOYS:
            pieces.append((_DECOYS[part](chance), ""))
        else:
            pieces.append((_written(part, _MAKERS[part](chance), chance), part))
    return pieces


def _written(kind: str, value: str, chance: random.Random) -> str:
    """The datum as a post has it."""
    draw = chance.random()
    if kind == "mobile" and chance.random() < 0.05:
        value = f"{chance.choice(('+86', '0086', '86-', '+86 '))}{value}"
    if kind in _NUMERIC and draw < _DISGUISED:
        return disguised(value, chance)
    if kind in ("mobile", "card", "identity") and draw < _DISGUISED + _GROUPED:
        return grouped(value, chance)
    return _shown_otherwise(kind, value, chance) if draw > 0.93 else value


def _shown_otherwise(kind: str, value: str, chance: random.Random) -> str:
    """Full-width letters, or an invisible character inside."""
    if kind in ("plate", "wechat", "email", "contract") and chance.random() < 0.5:
        return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in value)
    return f"{value[:2]}\u200b{value[2:]}"


def _marked(pieces: list[tuple[str, str]]) -> MarkedPost:
    spans, position = [], 0
    for text, kind in pieces:
        if kind:
            spans.append(Span(kind, position, position + len(text)))
        position += len(text)
    return MarkedPost("".join(text for text, _ in pieces), tuple(spans))
