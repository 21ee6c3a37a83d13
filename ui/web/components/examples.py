"""Labelled posts that are near the shown one in meaning, with the labels that people gave them."""

from collections.abc import Mapping

import streamlit as st

from nlp import Example, Explanation
from ui.texts import Texts
from ui.web.components.post_rows import label_pills
from ui.web.markup import render


def examples_pane(text: Texts, explanation: Explanation) -> None:
    """An expander with the posts, the nearest first; it says so where the model comes without any."""
    with st.expander(text("examples.title")):
        st.html(
            render(
                "examples",
                rows=[_row(text, example) for example in explanation.examples],
                note=text("examples.help" if explanation.has_examples else "examples.none"),
            )
        )


def _row(text: Texts, example: Example) -> Mapping[str, object]:
    record = example.record
    return {
        "likeness": text("examples.likeness", likeness=f"{example.likeness:.0%}"),
        "text": record.text,
        "pills": label_pills(
            text,
            kind=record.kind,
            sentiment=record.sentiment,
            urgency=record.urgency,
            issues=sorted(record.issues),
            overdue_complaint=record.overdue_complaint,
        ),
    }
