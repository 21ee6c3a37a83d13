import json

from typer.testing import CliRunner

from ui.cli import app


def run(*words):
    result = CliRunner().invoke(app, ["key", *words])
    assert result.exit_code == 0
    return result.stdout


def test_a_rotation_tells_what_becomes_of_the_authors_stored_so_far(tmp_path):
    told = run("rotate", "--home", str(tmp_path))
    assert "保留原来的化名" in told
    assert "fengping key author" in told


def test_an_author_is_shown_under_every_key_and_no_key_is_shown(tmp_path):
    before = run("author", "甲", "老周不老", "--home", str(tmp_path)).split()
    fresh = json.loads(run("rotate", "--json", "--home", str(tmp_path)))["key"]
    after = json.loads(run("author", "甲", "老周不老", "--json", "--home", str(tmp_path)))["pseudonyms"]
    keys = json.loads(run("list", "--json", "--home", str(tmp_path)))["keys"]
    assert list(after.values())[1:] == before
    assert [key["id"] for key in keys] == list(after)
    assert keys[0]["id"] == fresh
    assert set(keys[0]) == {"id", "made"}
