"""Drift in words: what has changed, how much, and the warning where it should not be passed over."""

from streamlit.delta_generator import DeltaGenerator

from monitor import Drift
from monitor.drift import LEAST_POSTS, Measure, Moved
from monitor.stability import Verdict
from ui.texts import Texts
from ui.web import model_answers
from ui.web.components.label_reasons import topic_words
from ui.web.components.plain_table import Row, plain_table
from ui.web.markup import render

_NAMED = 3


def drift_finding(text: Texts, state: Drift) -> str:
    """Whether the posts have changed, and in what."""
    if state.verdict is None:
        counts = {"recent": state.recent_posts, "reference": state.reference_posts, "least": LEAST_POSTS}
        return text("drift.finding.none", **counts)
    return text(f"drift.finding.{state.verdict}", names=changed_names(text, state))


def changed_names(text: Texts, state: Drift) -> str:
    """The comparisons that gave the verdict, the largest first."""
    names = [measure_words(text, measure.name) for measure in state.measures if measure.verdict == state.verdict]
    return text("list.comma").join(names[:_NAMED])


def measure_words(text: Texts, name: str) -> str:
    """The name of a comparison."""
    kind, _, about = name.partition(":")
    return text(f"drift.{kind}", field=text(f"drift.words.{about}" if kind == "words" else f"field.{about}"))


def drift_table(text: Texts, measures: tuple[Measure, ...], *, key: str) -> None:
    """The comparisons with what moved most in each."""
    columns = [text(f"drift.{name}") for name in ("measure", "psi", "chance", "verdict", "moved")]
    rows = [
        Row(
            cells=(
                measure_words(text, measure.name),
                f"{measure.psi:.3f}",
                f"{measure.by_chance:.3f}",
                _verdict_words(text, measure.verdict),
                text("list.semicolon").join(_moved_words(text, measure.name, moved) for moved in measure.moved[:2]),
            )
        )
        for measure in measures
    ]
    plain_table(columns, rows, key=key, numbers=(1, 2), wide=4)


def drift_warning(text: Texts, place: DeltaGenerator) -> None:
    """Fill `place` with one line where drift has reached the alarm; nothing otherwise."""
    state = model_answers.drift()
    if state.alarm:
        title = text("drift.warning", names=changed_names(text, state))
        place.html(render("banner", title=title, line=text("drift.warning_help")))


def _verdict_words(text: Texts, verdict: Verdict) -> str:
    sign = {Verdict.CALM: "●", Verdict.LOOK: "△", Verdict.ALARM: "▲"}[verdict]
    return f"{sign} {text(f'drift.{verdict}')}"


def _moved_words(text: Texts, name: str, moved: Moved) -> str:
    shares = {"before": f"{moved.before:.1%}", "after": f"{moved.after:.1%}"}
    return (
        text("drift.share", value=_value_words(text, name, moved.value), **shares)
        if moved.value
        else text("drift.mean", **shares)
    )


def _value_words(text: Texts, name: str, value: str) -> str:
    if value in ("none", "other"):
        return text(f"drift.value.{value}")
    _, _, about = name.partition(":")
    if about == "topics":
        return topic_words(text, value)
    return value if about == "terms" else text.label(about, value)
