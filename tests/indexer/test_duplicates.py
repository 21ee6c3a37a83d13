"""Signatures, bands, and the measure of edited copies."""

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.benchmark.near_duplicates import measure
from indexer.duplicates import bands, compared, signatures
from indexer.duplicates.copies import copies
from indexer.duplicates.grouping import MOST_OF_BAND, Held, group
from indexer.duplicates.minhash import similarity

SIGNS = [chr(0x4E00 + number) for number in range(3000)]


def test_decoration_and_figures_are_not_compared() -> None:
    plain = compared("逾期3天，催收打了12个电话，加我微信")
    assert compared("＃曝光＃ 逾期１５天——催收打了3个电话 @某某 加我微信〔微信号〕 https://a.example/1") == plain


def test_a_signature_estimates_the_share_of_common_shingles() -> None:
    source = random.Random(1)
    pairs = [(source.choices(SIGNS, k=200), source.choices(SIGNS, k=100)) for _ in range(50)]
    made = signatures(["".join(text) for one, other in pairs for text in (one, one[:100] + other)])
    estimates = [similarity(made[at], made[at + 1]) for at in range(0, 100, 2)]
    assert np.mean(estimates) == pytest.approx(1 / 3, abs=0.02)
    assert similarity(made[0], made[0]) == 1
    assert similarity(made[0], made[2]) < 0.05


def test_signatures_are_kept_so_they_stay_as_they_are() -> None:
    (signature,) = signatures(["逾期三天就被催收一天打四十个电话"])
    assert signature[:4].tolist() == [45207, 881, 35857, 60707]
    assert bands(signature[None, :])[0, 0] == -6469346584665230305


def test_a_text_has_the_same_signature_alone_and_in_a_batch() -> None:
    texts = ["逾期三天就被催收", "提前还款要收违约金吗", "客服说合同里写了"]
    alone = np.concatenate([signatures([text]) for text in texts])
    assert (signatures(texts) == alone).all()


def test_a_band_names_only_so_many_posts() -> None:
    made = signatures(["逾期三天就被催收一天打四十个电话"] * 40)
    held = Held()
    grouping = group([(number, made[0], bands(made)[0].tolist()) for number in range(1, 41)], held)
    assert {len(named) for named in held.of_band.values()} == {MOST_OF_BAND}
    assert grouping.merged == dict.fromkeys(range(2, 41), 1)


def test_copies_are_the_same_for_the_same_seed() -> None:
    texts = ["逾期三天，催收一天打了四十个电话，还打到单位领导那里", "提前还款要收违约金吗？客服说合同里写了"]
    assert copies(texts, 40, seed=3) == copies(texts, 40, seed=3)
    assert copies(texts, 40, seed=3) != copies(texts, 40, seed=4)


def test_edited_copies_are_found_and_others_are_not(tmp_path: Path) -> None:
    figures = measure(tmp_path, seed=5, posts=1200)
    assert figures["copies"]["recall"] > 0.95
    assert figures["pairs"]["precision"] > 0.98
    assert figures["copies"]["edits"]["hashtags"]["recall"] > 0.98
