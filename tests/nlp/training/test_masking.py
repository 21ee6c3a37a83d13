import json

import pytest
import typer
from typer.testing import CliRunner

from nlp.errors import TrainingError
from nlp.privacy import PersonalData, find
from nlp.training.masking import KINDS, MarkedPost, Span, make_posts, score
from nlp.training.masking.against import other
from nlp.training.masking.frames import ORDINARY, PERSONAL
from ui.cli.benchmark_masking import benchmark_masking


def test_the_same_seed_makes_the_same_posts():
    assert list(make_posts(50, seed=3)) == list(make_posts(50, seed=3))
    assert list(make_posts(50, seed=3)) != list(make_posts(50, seed=4))


def test_posts_differ_widely():
    posts = list(make_posts(2000, seed=1))
    assert len({post.text for post in posts}) > 1900
    assert len(PERSONAL) >= 60
    assert {span.kind for post in posts for span in post.spans} == set(KINDS)
    assert sum(not post.spans for post in posts) > 300
    values = [post.text[span.start : span.end] for post in posts for span in post.spans]
    assert len(set(values)) > 0.97 * len(values)


def test_at_least_a_third_of_the_posts_hold_decoys():
    fixed = [max(sentence.replace("}", "{").split("{")[::2], key=len) for sentence in ORDINARY]
    posts = list(make_posts(500, seed=2))
    assert sum(any(part and part in post.text for part in fixed) for post in posts) > len(posts) / 3


def test_our_masker_reaches_the_figures_it_promises():
    figures = score(make_posts(1500, seed=99), find)
    assert figures["recall"] >= 0.995
    assert figures["precision"] >= 0.98
    assert figures["excess"] < 0.01


POST = MarkedPost("电话138 0013 8000，我叫李四", (Span("mobile", 2, 15), Span("name", 18, 20)))


def test_a_datum_is_found_when_every_digit_of_it_is_masked():
    whole = score([POST], lambda _: [PersonalData("手机号", 2, 15)])
    part = score([POST], lambda _: [PersonalData("手机号", 2, 10)])
    assert (whole["kinds"]["mobile"]["recall"], part["kinds"]["mobile"]["recall"]) == (1.0, 0.0)
    assert whole["recall"] == 0.5
    assert part["precision"] == 1.0


def test_a_finding_is_right_on_a_datum_of_its_family_only():
    figures = score([POST], lambda _: [PersonalData("微信号", 2, 15), PersonalData("地址", 18, 20)])
    assert figures["precision"] == 0.5
    assert figures["findings_by_kind"]["地址"]["precision"] == 0.0


def test_masking_everything_shows_as_excess():
    figures = score([POST], lambda text: [PersonalData("手机号", 0, len(text))])
    assert figures["recall"] == figures["precision"] == 1.0
    assert figures["excess"] == pytest.approx(5 / 20)


def test_a_library_that_is_missing_says_how_to_install_it():
    pytest.importorskip("nlp")
    try:
        import presidio_analyzer  # noqa: F401
    except ImportError:
        with pytest.raises(TrainingError, match="pip install presidio-analyzer"):
            other("presidio")


def test_the_command_prints_one_object():
    app = typer.Typer()
    app.command()(benchmark_masking)
    result = CliRunner().invoke(app, ["--seed", "4", "--posts", "50", "--json"])
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert {"recall", "precision", "n", "intervals", "seconds", "kinds"} <= set(figures)
    assert figures["posts"] == 50
