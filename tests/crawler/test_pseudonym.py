from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import KeyFileError
from crawler.pseudonym import load_key, load_keys, pseudonym, pseudonyms, rotate_key

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


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


def test_after_a_rotation_new_posts_get_the_new_key(tmp_path: Path) -> None:
    old = load_key(tmp_path)
    fresh = rotate_key(tmp_path, NOW)
    assert load_key(tmp_path) == fresh.secret != old
    assert [key.secret for key in load_keys(tmp_path)] == [fresh.secret, old]
    assert [key.made for key in load_keys(tmp_path)] == [NOW, None]
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_an_author_is_joined_across_rotations_while_the_old_key_is_kept(tmp_path: Path) -> None:
    stored = [pseudonym("甲", "老周不老", load_key(tmp_path))]
    for _ in range(2):
        rotate_key(tmp_path, NOW)
        stored.insert(0, pseudonym("甲", "老周不老", load_key(tmp_path)))
    assert len(set(stored)) == 3
    assert pseudonyms("甲", "老周不老", load_keys(tmp_path)) == tuple(stored)


def test_without_the_old_key_the_old_pseudonym_is_nobody(tmp_path: Path) -> None:
    old = pseudonym("甲", "老周不老", load_key(tmp_path))
    rotate_key(tmp_path, NOW)
    path = tmp_path / "secret.key"
    header, newest, _oldest = path.read_text().splitlines()
    path.write_text(f"{header}\n{newest}\n")
    assert old not in pseudonyms("甲", "老周不老", load_keys(tmp_path))


def test_a_file_with_one_bare_key_still_works(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"k" * 32)
    assert load_key(tmp_path) == b"k" * 32
    rotate_key(tmp_path, NOW)
    assert load_keys(tmp_path)[1].secret == b"k" * 32


@pytest.mark.parametrize(
    "content", [b"", b"k" * 31, b"fengping-keys 1\n", b"fengping-keys 1\n0123abcd c2hvcnQ= -\n", b"\xff" * 99]
)
def test_a_damaged_file_is_not_replaced_in_silence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(KeyFileError, match=r"secret\.key"):
        load_key(tmp_path)
    assert (tmp_path / "secret.key").read_bytes() == content


def test_two_rotations_at_once_lose_no_key(tmp_path: Path) -> None:
    old = load_key(tmp_path)
    (tmp_path / "secret.key.rotating").touch()
    with pytest.raises(KeyFileError, match="正在轮换"):
        rotate_key(tmp_path, NOW)
    assert load_key(tmp_path) == old


def test_a_key_shown_in_a_log_keeps_its_secret(tmp_path: Path) -> None:
    key = rotate_key(tmp_path, NOW)
    assert str(key.secret) not in repr(key)
