"""The oddities of crawling: page, reason, field, how often, and when last."""

from collections.abc import Sequence

import streamlit as st

from indexer.ledger import NotedIssue
from ui.texts.moments import full_time
from ui.web.components.frame import Frame

_HEIGHT = 420


def issue_table(frame: Frame, issues: Sequence[NotedIssue]) -> None:
    """Draw the table, to be sorted and searched."""
    text = frame.text
    rows = [
        {
            text("sources.name"): issue.source,
            text("issues.reason"): issue.detail,
            text("issues.field"): issue.field,
            text("issues.url"): issue.url,
            text("issues.times"): issue.times,
            text("issues.last"): full_time(issue.last_at),
        }
        for issue in issues
    ]
    st.dataframe(rows, hide_index=True, height=min(_HEIGHT, 40 + 36 * len(rows)))
