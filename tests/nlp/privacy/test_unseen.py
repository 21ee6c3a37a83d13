"""Sentences that were written after the rules, by hand and in no generator's frames; ⟦…⟧ marks the personal data."""

import re
from pathlib import Path

from nlp.privacy import find

SENTENCES = (Path(__file__).parent / "unseen.txt").read_text(encoding="utf-8").splitlines()


def marked(sentence):
    text, spans = "", []
    for index, part in enumerate(re.split("[⟦⟧]", sentence)):
        if index % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans


def test_most_of_the_data_is_found_and_nothing_else_is_masked():
    posts = [marked(sentence) for sentence in SENTENCES]
    kept = [(text, span) for text, spans in posts for span in spans]
    findings = {text: find(text) for text, _ in posts}
    found = [any(f.start <= start and end <= f.end for f in findings[text]) for text, (start, end) in kept]
    assert sum(found) / len(found) >= 0.8
    spans_of = dict(posts)
    assert all(
        any(f.start < end and start < f.end for start, end in spans_of[text])
        for text in findings
        for f in findings[text]
    )
