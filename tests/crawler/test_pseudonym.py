from pathlib import Path

from crawler.pseudonym import load_key, pseudonym


def test_the_same_author_is_the_same_pseudonym_at_one_source_only() -> None:
    key = b"k" * 32
    assert pseudonym("甲", "老周不老", key) == pseudonym("甲", "老周不老", key)
    assert pseudonym("甲", "老周不老", key) != pseudonym("乙", "老周不老", key)
    assert pseudonym("甲", "老周不老", key) != pseudonym("甲", "老周不老", b"j" * 32)


def test_its_form() -> None:
    name = pseudonym("甲", "老周不老", b"k" * 32)
    assert name.startswith("u-")
    assert len(name) == 18


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    key = load_key(tmp_path / "home")
    assert load_key(tmp_path / "home") == key
    assert len(key) == 32
    assert (tmp_path / "home" / "secret.key").stat().st_mode & 0o777 == 0o600
