"""Other libraries that find personal data, behind the same function as ours; none of them is a dependency.

They are measured as installed, without a language model: none for Chinese comes from the package index with either.
Of what they find only the kinds that the benchmark knows are counted, so a date or an address of a site is no error.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nlp.errors import TrainingError
from nlp.privacy import PersonalData
from nlp.training.masking.score import Find

_PRESIDIO = {"PHONE_NUMBER": "手机号", "CREDIT_CARD": "银行卡号", "EMAIL_ADDRESS": "邮箱"}
_PRIVYSCOPE = {
    "PER": "姓名",
    "PHONE": "手机号",
    "ID_NUM": "身份证号",
    "BANK": "银行卡号",
    "EMAIL": "邮箱",
    "LOC": "地址",
}


def other(name: str) -> Find:
    """The finder of another library.

    Raises:
        TrainingError: it is not installed; the message says how to install it.
    """
    return OTHERS[name]()


def _presidio() -> Find:
    """Presidio's recognizers that do not depend on a language, with phones of China, on spaCy's blank Chinese."""
    analyzer = _module("presidio_analyzer", "presidio-analyzer")
    recognizers = _module("presidio_analyzer.predefined_recognizers", "presidio-analyzer")
    engines = _module("presidio_analyzer.nlp_engine", "presidio-analyzer")
    engine = engines.SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": _module("spacy", "spacy").blank("zh")}
    known = [
        recognizers.CreditCardRecognizer(supported_language="zh"),
        recognizers.EmailRecognizer(supported_language="zh"),
        recognizers.PhoneRecognizer(supported_language="zh", supported_regions=("CN",)),
    ]
    registry = analyzer.RecognizerRegistry(recognizers=known, supported_languages=["zh"])
    presidio = analyzer.AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])
    return lambda text: _counted(
        ((found.entity_type, found.start, found.end) for found in presidio.analyze(text, language="zh")), _PRESIDIO
    )


def _privyscope() -> Find:
    """The rules of privyscope-zh-hans; its model is not in the package and would be loaded from the network."""
    engine = _module("privyscope_zh_hans", "privyscope-zh-hans").Privyscope.from_pretrained(
        lang="zh-Hans", regex_only=True
    )
    return lambda text: _counted(
        ((found.label, found.start, found.end) for found in engine.redact(text).detected_spans), _PRIVYSCOPE
    )


OTHERS: Mapping[str, Callable[[], Find]] = {"presidio": _presidio, "privyscope": _privyscope}


def _module(name: str, package: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise TrainingError(f"没有安装 {package}；请先 pip install {package}") from error


def _counted(found: Iterable[tuple[str, int, int]], kinds: Mapping[str, str]) -> Sequence[PersonalData]:
    return [PersonalData(kinds[label], start, end) for label, start, end in found if label in kinds]
