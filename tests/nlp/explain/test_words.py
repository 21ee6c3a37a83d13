from nlp.explain.passages import LONGEST, passages
from nlp.explain.words import Word, telling_words, without


def test_words_of_grammar_and_signs_tell_nothing():
    assert [word.word for word in telling_words("我被催收骂了！😡")] == ["催收", "骂", "😡"]


def test_a_word_has_all_its_places():
    assert telling_words("催收，又是催收")[0] == Word("催收", ((0, 2), (5, 7)))


def test_a_brand_is_one_word_whatever_the_dictionary_makes_of_it():
    found = telling_words("红创金服逾期，红创也催收", names=("红创", "红创金服"))
    assert [word.word for word in found] == ["红创金服", "逾期", "红创", "催收"]


def test_a_text_without_some_words():
    collection, overdue = Word("催收", ((0, 2), (5, 7))), Word("逾期", ((8, 10),))
    text = "催收骂人，催收说逾期"
    assert without(text, [collection]) == "骂人，说逾期"
    assert without(text, [collection, overdue]) == "骂人，说"
    assert without(text, []) == text


def test_places_that_overlap_are_taken_out_once():
    assert without("甲乙丙丁", [Word("甲乙", ((0, 2),)), Word("乙丙", ((1, 3),))]) == "丁"


def test_a_passage_loses_only_what_stands_in_it():
    collection = Word("催收", ((0, 2), (5, 7)))
    assert without("催收说逾期", [collection], start=5) == "说逾期"


def test_a_short_text_is_one_passage():
    assert passages("催收骂人。天天打电话！") == [(0, 11)]
    assert passages("") == []


def test_passages_are_whole_sentences_and_together_the_text():
    text = "今天还款日，App打不开。客服也没人接！" * 40 + "没有句号的长句" * 100
    bounds = passages(text)
    assert "".join(text[start:end] for start, end in bounds) == text
    assert all(end - start <= LONGEST for start, end in bounds)
    assert all(text[end - 1] in "。！" for start, end in bounds if end < 700)
