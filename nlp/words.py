"""What is a Chinese word: jieba's dictionary with the domain dictionary added."""

from functools import cache

import rjieba

from nlp.dictionaries import domain_terms

# Above every ordinary word, so that the segmenter never cuts a domain term or a brand.
_DOMAIN_FREQUENCY = 200_000


@cache
def segmenter() -> rjieba.Jieba:
    """The segmenter (jieba's algorithm and dictionary, compiled: same words, ten times as fast) with our terms."""
    segmenter = rjieba.Jieba()
    for term in domain_terms():
        segmenter.add_word(term.term, _DOMAIN_FREQUENCY, "nz")
    return segmenter


def is_word(text: str) -> bool:
    """Whether the dictionary has this word."""
    return bool(segmenter().has_word(text))


@cache
def frequency(text: str) -> int:
    """How often jieba's corpus has this word; 0 where it is no word.

    A compiled dictionary does not tell its counts, but the frequency that keeps a word whole grows with them.
    """
    return int(segmenter().suggest_freq(text)) if text and is_word(text) else 0
