import statistics

from nlp.benchmark.posts import make_texts
from nlp.benchmark.speed import measure, spread


def test_made_up_posts_are_as_long_as_those_of_a_forum_and_the_same_for_a_seed():
    texts = make_texts(2000, seed=3)
    assert texts == make_texts(2000, seed=3)
    assert texts != make_texts(2000, seed=4)
    lengths = sorted(map(len, texts))
    assert 70 <= statistics.mean(lengths) <= 82
    assert 45 <= statistics.median(lengths) <= 60
    assert lengths[0] >= 8
    assert lengths[-1] > 400


def test_the_slow_side_gets_texts_of_all_lengths():
    texts = make_texts(1000, seed=3)
    some = spread(texts, 50)
    assert len(some) == 50
    assert abs(statistics.mean(map(len, some)) / statistics.mean(map(len, texts)) - 1) < 0.1
    assert spread(texts[:20], 50) == texts[:20]


def test_without_transformers_our_figures_stand_and_the_way_to_the_others_is_told(monkeypatch):
    monkeypatch.setattr("nlp.benchmark.speed.find_spec", lambda name: None)
    figures = measure(20, threads=1)
    assert figures["posts_per_s"] > 0
    assert 50 < figures["rss_mib"] < 1024
    assert (figures["bert_base_posts_per_s"], figures["ratio"]) == (None, None)
    assert "fengping[train]" in figures["note"]
    assert {"posts": 20, "threads": 1}.items() <= figures.items()
