"""Numbers of contracts and loans behind their words, and car plates."""

import re
from collections.abc import Iterator

from nlp.privacy.finding import PersonalData
from nlp.privacy.plain import PLATE_REGIONS

_CUE = (
    r"(?:(?:合同|协议|借据|借条)(?:的?编号|号码|单号|编码|号|(?=[A-Za-z]{1,4}[-_]?\d{6}))"
    r"|(?:借款|贷款|放款|网贷|消费贷)(?:的?编号|号码|单号|订单号|流水号|编码|账号|号))"
)
_NUMBER = (
    r"(?:[（(\[]?\d{4}[）)\]]?)?(?:[\u4e00-\u9fff]{1,6}字)?(?:[（(\[]?\d{4}[）)\]]?)?第?"
    r"(?=[A-Za-z_\-/／]{0,12}\d)[A-Za-z0-9][A-Za-z0-9_\-/／]{3,39}(?:号|(?![A-Za-z0-9年月元]))"
)
_CONTRACT = re.compile(rf"(?=[合协借贷放网消]){_CUE}[\s:：为是【]{{0,3}}(?:[（(](?!\d{{4}}[)）]))?(?P<data>{_NUMBER})")
# GA 36-2018: province, office, then five signs, or six for cars without petrol; people write I and O all the same.
_PLATE = re.compile(
    rf"(?P<data>[{PLATE_REGIONS}][A-Za-z][ ·•.\-]{{0,2}}"
    r"(?:(?=[A-Za-z]{0,2}\d)[A-Za-z0-9]{4}(?:[A-Za-z0-9]|挂|学|警|港|澳)|[A-Ka-k][A-Za-z0-9]\d{4}|\d{5}[A-Ka-k]))"
    r"(?![A-Za-z0-9])"
)
_DIGITS = re.compile(r"\d")


def detect(text: str) -> Iterator[PersonalData]:
    """Contract and loan numbers, then plates."""
    for match in _CONTRACT.finditer(text):
        if len(_DIGITS.findall(match["data"])) >= 4:
            yield PersonalData("合同号", *match.span("data"))
    for match in _PLATE.finditer(text):
        if len(_DIGITS.findall(match["data"])) >= 2:
            yield PersonalData("车牌号", *match.span("data"))
