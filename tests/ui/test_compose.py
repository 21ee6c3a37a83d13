"""docker-compose.yml and Dockerfile, as far as they can be checked without Docker."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ui.cli import app
from ui.configuration import load

yaml = pytest.importorskip("yaml", reason="缺少 PyYAML（pip install pyyaml）")

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("build")]


def is_known(*arguments: str) -> bool:
    """Whether the command line has this command with these options: its help can be asked for."""
    return CliRunner().invoke(app, [*arguments, "--help"]).exit_code == 0


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists_with_its_options(name: str) -> None:
    program, *arguments = SERVICES[name]["command"]
    assert program == "fengping"
    assert is_known(*arguments)


@pytest.mark.parametrize("arguments", [["wrok"], ["web", "--prot", "1"], ["index", "stats"]])
def test_a_command_that_does_not_exist_would_be_noticed(arguments: list[str]) -> None:
    assert not is_known(*arguments)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(variable, re.sub(r"\$\{\w+:\?[^}]*\}", "password", value))
    configuration = load(None, tmp_path)
    assert configuration.indexer.search == "http://elasticsearch:9200"
    url = configuration.indexer.ledger_url
    assert url is not None
    assert url.get_secret_value() == "postgresql+psycopg://fengping:password@postgresql/fengping"


def test_what_a_service_waits_for_is_there_and_can_be_waited_for() -> None:
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert SERVICES[name]["healthcheck"]["test"]
            else:
                assert SERVICES[name]["restart"] == "no"
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"]


def test_only_the_app_is_reached_and_only_from_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8501:8501"]}


def test_no_password_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert not re.findall(r"PASSWORD: (?!\$\{)", text)
    assert not [service["image"] for service in SERVICES.values() if service["image"].endswith(":latest")]


def test_the_image_installs_what_the_services_need() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "'.[cluster]'" in text
    assert "USER fengping" in text
    assert SERVICES["web"]["environment"]["FENGPING_HOME"] in re.findall(r"VOLUME (\S+)", text)
