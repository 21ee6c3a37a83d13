"""What was found, as a file: a format, who takes it along, and the button."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from indexer.export import Format
from ui.exporting import MOST_ROWS, archive_name, packed
from ui.web.components.frame import Frame
from ui.web.components.judging import reviewer
from ui.web.parts import set_up


def export_box(frame: Frame, query: str, count: int) -> None:
    """Draw the box; the file is made when the button is clicked."""
    text = frame.text
    with st.popover(text("export.open"), icon=":material/download:"):
        chosen = st.segmented_control(
            text("export.format"), list(Format), default=Format.XLSX, key="export-format", required=True
        )
        who = reviewer(frame)
        now = datetime.now(UTC)
        st.download_button(
            text("export.go", count=f"{min(count, MOST_ROWS):,}"),
            partial(packed, set_up(), query, Format(chosen or Format.XLSX), who=who, now=now),
            file_name=archive_name(now),
            mime="application/zip",
            key="export-go",
            on_click="ignore",
            disabled=not who or count > MOST_ROWS,
        )
        if count > MOST_ROWS:
            st.caption(text("export.too_many", most=f"{MOST_ROWS:,}"))
        else:
            st.caption(text("export.note") if who else text("export.needs_who"))
