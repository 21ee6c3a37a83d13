from itertools import pairwise

import jieba

from nlp import segment
from nlp.normalize import normalize
from nlp.segment import words
from nlp.words import segmenter
from tests.nlp.golden import read_golden


def test_noise_inside_a_word_belongs_to_it():
    text = "已经逾(yú)期了"
    token = next(token for token in segment(text) if token.word == "逾期")
    assert text[token.start : token.end] == "逾(yú)期"


def test_terms_of_the_trade_stay_whole():
    assert {"罚息", "砍头息", "爆通讯录", "停息挂账"} <= {
        token.word for token in segment("罚息、砍头息、爆通讯录、停息挂账")
    }


def test_long_words_come_with_the_shorter_ones_inside():
    assert {"征信", "报告", "征信报告"} <= {token.word for token in segment("征信报告")}


def test_words_do_not_overlap():
    tokens = words(normalize("红创金服的催收员每天打电话"))
    assert all(before.end <= after.start for before, after in pairwise(tokens))


def test_the_compiled_segmenter_cuts_as_jieba_does():
    _, clean = read_golden("article")
    plain = jieba.Tokenizer()
    for line in clean.splitlines():
        known = [word for word in plain.cut(line) if len(word) > 1]
        assert len(set(known) - set(segmenter().cut(line))) <= max(2, len(known) // 10)
