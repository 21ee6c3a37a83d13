import pytest

from nlp.facts import facts
from nlp.normalize import normalize


def found(text):
    return [(fact.value, fact.negated, fact.modality) for fact in facts(text, normalize(text))]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("打了12378", "12378"),
        ("黑猫上投诉", "黑猫投诉"),
        ("找消保委", "消协"),
        ("国家金融监督管理总局", "金融监管局"),
        ("银保监会", "银保监"),
        ("人民银行", "人民银行"),
        ("去经侦报案", "公安"),
        ("向法院起诉", "法院"),
        ("仲裁委", "仲裁"),
        ("信访", "信访"),
        ("联系记者", "媒体"),
    ],
)
def test_a_channel_by_its_usual_name(text, channel):
    assert channel in {value for value, *_ in found(text)}


def test_a_channel_that_was_not_used_is_marked():
    assert found("没有报警") == [("公安", True, None)]
    assert found("再打就报警") == [("公安", False, "conditional")]


def test_the_court_that_somebody_passes_for_is_no_channel():
    assert found("冒充法院的人") == [("court", False, None)]
