"""The app's look as code: Streamlit's theme options for light and dark, and the colours that charts use.

Colours carry meaning and are never alone: negative ▼, neutral ●, positive ▲ (orange and teal are told apart by
red-green blind readers, and in China red also means "up").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
STYLE_SHEET = Path(__file__).with_name("style.css")
SENTIMENT_SIGNS: Mapping[str, str] = {"negative": "▼", "neutral": "●", "positive": "▲"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme, as hex."""

    background: str
    surface: str
    text: str
    muted: str
    border: str
    accent: str
    negative: str
    neutral: str
    positive: str

    def sentiment(self, value: str) -> str:
        """The colour of a sentiment."""
        return {"negative": self.negative, "positive": self.positive}.get(value, self.neutral)


LIGHT = Palette(
    background="#F8FAFC",
    surface="#FFFFFF",
    text="#0F172A",
    muted="#64748B",
    border="#E2E8F0",
    accent="#1D4ED8",
    negative="#C2410C",
    neutral="#64748B",
    positive="#0F766E",
)
# On the dark ground the same hues are lighter, so that text in them keeps a contrast of at least 4.5.
DARK = Palette(
    background="#0B1220",
    surface="#111A2B",
    text="#E2E8F0",
    muted="#94A3B8",
    border="#223047",
    accent="#60A5FA",
    negative="#FB923C",
    neutral="#94A3B8",
    positive="#2DD4BF",
)


def palette() -> Palette:
    """The colours of the theme that the browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def apply_style() -> None:
    """Add the style sheet to the page."""
    st.html(STYLE_SHEET)


def options() -> dict[str, Any]:
    """Streamlit's options for serving the app: both themes, and nothing on the screen that is not ours."""
    shared = {
        "theme.font": FONT,
        "theme.headingFont": FONT,
        "theme.baseFontSize": 15,
        "theme.baseRadius": "8px",
        "theme.buttonRadius": "6px",
        "theme.headingFontWeights": [650, 650, 600, 600, 600, 600],
        "theme.headingFontSizes": ["1.6rem", "1.25rem", "1.05rem", "1rem", "1rem", "1rem"],
        "theme.showWidgetBorder": True,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "browser.gatherUsageStats": False,
        "server.fileWatcherType": "none",
    }
    return shared | _colours("light", LIGHT) | _colours("dark", DARK)


def _colours(name: str, colours: Palette) -> dict[str, Any]:
    return {
        f"theme.{name}.primaryColor": "#1D4ED8" if name == "light" else "#3B82F6",
        f"theme.{name}.backgroundColor": colours.background,
        f"theme.{name}.secondaryBackgroundColor": colours.surface,
        f"theme.{name}.textColor": colours.text,
        f"theme.{name}.borderColor": colours.border,
        f"theme.{name}.dataframeBorderColor": colours.border,
        f"theme.{name}.linkColor": colours.accent,
        f"theme.{name}.chartCategoricalColors": [colours.accent, colours.negative, colours.neutral, colours.positive],
    }
