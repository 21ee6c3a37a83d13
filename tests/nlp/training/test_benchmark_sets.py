"""The public sets: how their files are read, and what is measured on."""

import json
import zipfile

import pytest

pytest.importorskip("sklearn", reason="公开数据的评测需要 pip install 'fengping[train]'")

from nlp.errors import TrainingError
from nlp.training.benchmark import SETS
from nlp.training.benchmark.example import Example
from nlp.training.benchmark.near_duplicates import has_near_duplicate
from nlp.training.benchmark.parts import load_parts
from nlp.training.benchmark.votes import votes

HOTEL = "酒店在海边，房间很大也很干净，早餐丰富，服务员态度热情，下次来还会选择这里，推荐给带孩子的朋友"
BOOK = "这本书内容空洞，翻译生硬，错别字连篇，纸张薄得透光，读了三十页实在读不下去，后悔没有先看看评论"
COMPUTER = "笔记本散热不错，键盘手感舒服，屏幕色彩鲜艳，续航大约五个小时，装系统的时候驱动有点难找，总体满意"


def test_a_weibo_line_may_hold_commas_and_topics(tmp_path):
    file = tmp_path / "weibo2018_train.txt"
    file.write_text("1,0,{%#早高峰#%}地铁,又停了[怒]\n\n2,1,“好”开心\n", encoding="utf-8")
    assert SETS["weibo2018"].read(file) == [
        Example(text="#早高峰#地铁,又停了[怒]", label=0),
        Example(text='"好"开心', label=1),
    ]


def test_a_finfe_post_has_one_of_three_labels(tmp_path):
    file = tmp_path / "finfe_train.json"
    file.write_text(json.dumps([["明天大概率平盘", 1], ["又跌停", 0], ["起飞", 2]]), encoding="utf-8")
    assert [row.label for row in SETS["finfe"].read(file)] == [1, 0, 2]


def test_a_finnsp_post_is_read_about_its_companies_and_its_title_once(tmp_path):
    file = tmp_path / "finnsp_train.json"
    rows = [
        ["\ufeffid", "title", "text", "entity", "negative", "key_entity"],
        ["a1", "????某某贷跑路", "????某某贷跑路，受害人报警 ?", "某某贷;某银行", "1", "某某贷"],
        ["a2", "季报", "某银行利润增长", "某银行", "0", ""],
    ]
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert SETS["finnsp"].read(file) == [
        Example(text="某某贷跑路，受害人报警", label=1, about="某某贷;某银行"),
        Example(text="季报 某银行利润增长", label=0, about="某银行"),
    ]


def test_a_row_of_another_form_is_named(tmp_path):
    file = tmp_path / "chnsenticorp_train.jsonl"
    file.write_text('{"text": "好", "label": 1}\n{"text": "坏"}\n', encoding="utf-8")
    with pytest.raises(TrainingError, match=r"chnsenticorp_train\.jsonl 第 2 条"):
        SETS["chnsenticorp"].read(file)


def test_a_near_duplicate_has_the_same_opening_or_many_shingles():
    known = [Example(text=HOTEL, label=1), Example(text=BOOK, label=0)]
    asked = [
        Example(text=HOTEL + "……" + COMPUTER, label=1),
        Example(text=BOOK[4:] + "。", label=0),
        Example(text=COMPUTER, label=1),
        Example(text="好", label=1),
    ]
    assert has_near_duplicate(asked, known).tolist() == [True, True, False, False]


def test_short_texts_are_near_only_where_they_are_the_same():
    known = [Example(text="涨!", label=2), Example(text="[哭]", label=0)]
    asked = [Example(text="涨。", label=2), Example(text="跌", label=0), Example(text="[哭]", label=0)]
    assert has_near_duplicate(asked, known).tolist() == [True, False, True]


def test_the_test_file_is_measured_on_where_it_is_there(tmp_path):
    write_reviews(tmp_path / "chnsenticorp_train.jsonl", [(HOTEL, 1), (BOOK, 0)])
    write_reviews(tmp_path / "chnsenticorp_validation.jsonl", [("发货快", 1)])
    write_reviews(tmp_path / "chnsenticorp_test.jsonl", [(HOTEL[2:], 1), (COMPUTER, 1)])
    parts = load_parts(SETS["chnsenticorp"], tmp_path)
    assert (len(parts.training), len(parts.test), parts.split) == (3, 2, "chnsenticorp_test.jsonl")
    assert parts.fresh.tolist() == [False, True]


def test_without_a_test_file_a_part_of_the_training_part_is_measured_on(tmp_path):
    rows = [[chr(0x4E00 + number) * 5, number % 3] for number in range(40)]
    (tmp_path / "finfe_train.json").write_text(json.dumps(rows), encoding="utf-8")
    parts = load_parts(SETS["finfe"], tmp_path)
    assert (len(parts.training), len(parts.test), parts.split) == (36, 4, "own")
    assert not set(parts.training) & set(parts.test)
    assert load_parts(SETS["finfe"], tmp_path).test == parts.test


def test_extra_reviews_like_a_test_text_or_known_already_are_left_out(tmp_path):
    write_reviews(tmp_path / "chnsenticorp_train.jsonl", [(HOTEL, 1)])
    write_reviews(tmp_path / "chnsenticorp_validation.jsonl", [("发货快", 1)])
    write_reviews(tmp_path / "chnsenticorp_test.jsonl", [(BOOK, 0)])
    reviews = f"cat,label,review\n酒店,1,{HOTEL}\n书籍,0,改{BOOK}\n计算机,1,{COMPUTER}\n水果,1,苹果很甜\n"
    with zipfile.ZipFile(tmp_path / "online_shopping_10_cats.zip", "w") as archive:
        archive.writestr("online_shopping_10_cats.csv", "\ufeff" + reviews)
    (only,) = load_parts(SETS["chnsenticorp"], tmp_path).extra
    assert only.label == 1
    assert only.text.startswith("笔记本")


def test_a_missing_training_file_is_named(tmp_path):
    with pytest.raises(TrainingError, match=r"finnsp_train\.json"):
        load_parts(SETS["finnsp"], tmp_path)


def test_equal_texts_with_other_labels_become_one_with_shares():
    gathered = votes([Example(text=text, label=label) for text, label in (("涨", 2), ("涨!", 0), ("平", 1))], labels=3)
    assert gathered.shares.tolist() == [[0.5, 0.0, 0.5], [0.0, 1.0, 0.0]]
    assert gathered.weights.tolist() == pytest.approx([4 / 3, 2 / 3])


def write_reviews(file, rows):
    lines = [json.dumps({"text": text, "label": label}, ensure_ascii=False) for text, label in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
