"""Which posts of a batch tell the same as others, in the batch or held: the decisions, without the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.duplicates.minhash import Signatures, similarity

# Two posts whose shingles are estimated to be this much the same tell the same story.
THRESHOLD = 0.5
# A band names so many posts at most, and a post is compared with so many at most: the cost of a post stays the same
# however many are held, and of a story told a million times a few are enough to recognise the next.
MOST_OF_BAND = 16
MOST_COMPARED = 32


@dataclass(slots=True)
class Held:
    """What is known of posts by id: signatures, labels (cluster, or the own id where there is none), posts by band."""

    signatures: dict[int, Signatures] = field(default_factory=dict)
    labels: dict[int, int] = field(default_factory=dict)
    of_band: dict[int, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a batch changes: for each label the one it becomes, and the (band, post) to hold from now on."""

    merged: dict[int, int]
    bands: list[tuple[int, int]]


def group(arrivals: Sequence[tuple[int, Signatures, Sequence[int]]], held: Held) -> Grouping:
    """Compare arrivals (id, signature, bands) one after the other with what is held, and hold them too.

    A cluster's label is its smallest post id, so clusters that meet become the one with the smaller label.
    """
    merged: dict[int, int] = {}
    added: list[tuple[int, int]] = []
    for post_id, signature, bands in arrivals:
        label = post_id
        for other in _alike(signature, bands, held, merged):
            one, two = sorted((_root(merged, label), other))
            if one != two:
                merged[two] = one
        held.signatures[post_id] = signature
        held.labels[post_id] = label
        added.extend(_hold(post_id, bands, held))
    return Grouping({label: _root(merged, label) for label in merged}, added)


def _alike(signature: Signatures, bands: Sequence[int], held: Held, merged: dict[int, int]) -> set[int]:
    """The labels of the clusters that the post belongs to."""
    shared = [other for band in bands if band in held.of_band for other in held.of_band[band]]
    found: set[int] = set()
    for other, _ in Counter(shared).most_common(MOST_COMPARED) if shared else ():
        label = _root(merged, held.labels[other])
        if label not in found and similarity(signature, held.signatures[other]) >= THRESHOLD:
            found.add(label)
    return found


def _hold(post_id: int, bands: Sequence[int], held: Held) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for band in bands:
        named = held.of_band.get(band)
        if named is None:
            held.of_band[band] = [post_id]
        elif len(named) < MOST_OF_BAND:
            named.append(post_id)
        else:
            continue
        kept.append((band, post_id))
    return kept


def _root(merged: dict[int, int], label: int) -> int:
    while label in merged:
        label = merged[label]
    return label
