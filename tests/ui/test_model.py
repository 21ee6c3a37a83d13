"""The life of a model, through its commands, on a real set-up with a second model."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.record import Decision
from indexer.search import check
from nlp.settings import SHIPPED_MODEL
from nlp.training.records import read_records
from tests.ui.conftest import fill
from ui.cli import app
from ui.configuration import load, load_written
from ui.errors import ConfigurationError, ModelChoiceError, UiError
from ui.model_choice import Origin, model_choice
from ui.model_life import last_comparison
from ui.setup import SetUp

MILD = "posts-mild"


@pytest.fixture
def mild(tmp_path: Path) -> Path:
    """A model with the shipped one's weights that calls nothing an overdue complaint and everything a danger."""
    folder = Path(shutil.copytree(SHIPPED_MODEL, tmp_path / "mild"))
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card["version"] = MILD
    card["calibration"]["thresholds"]["overdue_complaint"]["yes"] = 1.1
    card["calibration"]["thresholds"]["urgency"]["critical"] = 0.0
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


@pytest.fixture
def set_up(filled_home: Path, tmp_path: Path, mild: Path) -> Iterator[SetUp]:
    """A filled set-up that knows the second model."""
    home = Path(shutil.copytree(filled_home, tmp_path / "home"))
    run(home, "add", str(mild), "--name", "mild")
    setup = SetUp.open(home, home / "fengping.toml")
    yield setup
    setup.ledger.close()


def run(home: Path, command: str, *arguments: str) -> str:
    """What a command of the group prints on standard output."""
    options = ["--home", str(home)]
    if command != "add":
        options += ["--config", str(home / "fengping.toml")]
    result = CliRunner().invoke(app, ["model", command, *arguments, *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def told(home: Path, command: str, *arguments: str) -> dict:
    return json.loads(run(home, command, *arguments, "--json"))


def overdue(setup: SetUp) -> int:
    return sum(record.is_overdue_complaint for record in setup.ledger.all_records())


def test_the_list_names_each_model_and_its_analyses(set_up: SetUp) -> None:
    listed = told(set_up.home, "list")
    shipped, mild = listed["models"]
    assert (listed["in_use"], listed["origin"], listed["previous"]) == ("shipped", "shipped", None)
    assert (shipped["name"], shipped["in_use"], shipped["current"]) == ("shipped", True, 7)
    assert (mild["name"], mild["version"], mild["in_use"], mild["analyses"]) == ("mild", MILD, False, 0)


def test_comparing_shows_what_would_change_and_changes_nothing(set_up: SetUp) -> None:
    before = overdue(set_up)
    assert before
    found = told(set_up.home, "compare", "mild")
    assert (found["posts"], found["overdue_complaints"]) == (7, {"appear": 0, "vanish": before})
    assert len(found["critical"]) == found["changed"]["urgency"] > 0
    assert all(change["text"] for change in found["critical"])
    assert overdue(set_up) == before
    kept = last_comparison(set_up.home)
    assert kept is not None
    assert (kept.candidate, kept.overdue_vanish) == (MILD, before)
    assert "逾期投诉：多出 0 条" in run(set_up.home, "compare", "mild")


def test_a_switch_shows_everywhere_and_is_taken_back_at_once(set_up: SetUp) -> None:
    before, (first, *_) = overdue(set_up), set_up.ledger.all_records()
    set_up.ledger.decide(
        Decision(record_id=first.id, reviewer="王五", reason="改", decided=datetime.now(UTC), overdue_complaint=True)
    )
    used = told(set_up.home, "use", "mild")
    assert (used["switched"], used["waiting"], used["index_left_to_worker"]) == (7, 0, False)
    assert overdue(set_up) == 1  # the reviewer's decision
    assert set_up.ledger.audit_log(f"model:{MILD}")[0].action == "use_model"
    assert check(set_up.ledger, set_up.index).agrees
    assert load(set_up.config, set_up.home).nlp.model == set_up.home / "models" / "mild"
    assert set_up.is_model_replaced
    back = told(set_up.home, "use", "--previous")
    assert (back["model"], back["switched"], back["analysed"]) == ("shipped", 7, 0)
    assert overdue(set_up) == before
    assert told(set_up.home, "list")["previous"] == "mild"


def test_a_post_that_landed_after_the_switch_is_read_by_the_model_gone_back_to(set_up: SetUp) -> None:
    run(set_up.home, "use", "mild")
    fill(set_up.home, ("红创金服逾期五天催收打给我妈",), first=100)
    back = told(set_up.home, "use", "--previous")
    assert (back["switched"], back["waiting"], back["analysed"]) == (7, 1, 1)
    assert {record.analysis.model_version for record in set_up.ledger.all_records() if record.analysis} == {
        back["version"]
    }
    assert check(set_up.ledger, set_up.index).agrees


def test_a_worker_that_holds_the_index_is_left_to_update_it(set_up: SetUp) -> None:
    set_up.index.acquire()
    try:
        used = told(set_up.home, "use", "mild")
    finally:
        set_up.index.close()
    assert (used["switched"], used["indexed"], used["index_left_to_worker"]) == (7, 0, True)


def test_the_configuration_wins_over_any_choice(set_up: SetUp) -> None:
    run(set_up.home, "use", "mild")
    config = set_up.home / "fengping.toml"
    config.write_text(f'[nlp]\nmodel = "{SHIPPED_MODEL}"\n', encoding="utf-8")
    assert model_choice(load_written(config, set_up.home).nlp, set_up.home).origin is Origin.CONFIGURED
    with pytest.raises(ModelChoiceError, match="优先于"):
        run(set_up.home, "use", "shipped")


def test_a_chosen_model_that_is_gone_stops_the_start_and_another_can_be_chosen(set_up: SetUp) -> None:
    run(set_up.home, "use", "mild")
    shutil.rmtree(set_up.home / "models" / "mild")
    with pytest.raises(ConfigurationError, match="fengping model use shipped"):
        load(set_up.config, set_up.home)
    run(set_up.home, "use", "shipped")
    assert load(set_up.config, set_up.home).nlp.model == SHIPPED_MODEL


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "{mild}", "--name", "again"), "版本相同"),
        (("add", "{mild}", "--name", "mild"), "已有名为"),
        (("add", "{mild}", "--name", "../x"), "不能作模型名"),
        (("add", "{home}", "--name", "none"), "读不出来"),
        (("use", "none"), "已知的有：shipped、mild"),
        (("use", "--previous"), "没有可退回的"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_reason(
    set_up: SetUp, mild: Path, arguments: tuple[str, ...], reason: str
) -> None:
    named = [argument.format(mild=mild, home=set_up.home) for argument in arguments]
    with pytest.raises(UiError, match=reason):
        run(set_up.home, named[0], *named[1:])


def test_corrections_are_written_as_training_data(set_up: SetUp, tmp_path: Path) -> None:
    (first, *_) = set_up.ledger.all_records()
    set_up.ledger.decide(
        Decision(record_id=first.id, reviewer="王五", reason="改", decided=datetime.now(UTC), kind="promo")
    )
    file = tmp_path / "corrections.jsonl"
    assert "1 条" in run(set_up.home, "corrections", "-o", str(file))
    assert [record.kind for record in read_records(file).records] == ["promo"]
    assert "王五" not in file.read_text(encoding="utf-8")
    assert set_up.ledger.audit_log()[0].action == "export_corrections"
    run(set_up.home, "corrections", "-o", str(file), "--since", "2100-01-01")
    assert file.read_text(encoding="utf-8") == ""


def test_agreement_and_drift_are_one_object_each(set_up: SetUp) -> None:
    (first, *_) = set_up.ledger.all_records()
    set_up.ledger.decide(
        Decision(record_id=first.id, reviewer="王五", reason="改", decided=datetime.now(UTC), kind="promo")
    )
    agreed = told(set_up.home, "agreement")
    assert agreed["fields"]["kind"]["n"] == agreed["weeks"][0]["fields"]["kind"]["n"] == 1
    drift = told(set_up.home, "drift")
    assert (drift["alarm"], drift["verdict"], drift["recent_posts"]) == (False, None, 7)
    assert "帖子太少" in run(set_up.home, "drift")
    assert "人工研判 1 条" in run(set_up.home, "agreement")
