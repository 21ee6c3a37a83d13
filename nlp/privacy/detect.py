"""Find personal data that may not leave the evidence: one pattern a kind, with the check that its format allows.

In a pattern the group `data` is what is masked; a cue before it (`QQ：`) stays readable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from nlp.privacy.digits import plain_digits


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One finding; `kind` is the word shown in the mask, offsets are of the text that was searched."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[PersonalData]:
    """Personal data in the order of the text, without overlaps; of two kinds at one place the stricter wins."""
    plain = plain_digits(text)
    if not _WORTH_A_LOOK.search(plain):
        return []
    kept: list[PersonalData] = []
    for finding in (finding for kind in _KINDS for finding in _matches(kind, plain)):
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number: birth date and check character (GB 11643-1999, MOD 11-2)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number[:17], strict=True))
    return "10X98765432"[total % 11] == number[17].upper() and _is_date(number[6:14])


def is_bank_card(number: str) -> bool:
    """Whether digits pass the check of payment cards (Luhn, ISO/IEC 7812-1 annex B)."""
    weighted = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in weighted) % 10 == 0


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _always(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    pattern: re.Pattern[str]
    check: Callable[[str], bool] = _always


_GAP = r"[ \-.·、*_~—]{0,2}"
_QQ_CUE = r"(?i:qq|扣扣|企鹅号?|q群|扣群|群号)(?:号码?|群|联系|咨询)?[\s:：是为加+]{0,3}"
_WECHAT_CUE = r"(?i:微信|薇信|威信|v信|wechat|vx|加v|\bwx)(?:号码?|联系|同号)?[\s:：是为加+]{0,3}"
_LATIN_NAME = r"[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9])"
# In the order in which they win: the stricter format first.
_KINDS = (
    _Kind(
        "邮箱",
        re.compile(r"(?P<data>(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+\-]*@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,})"),
    ),
    _Kind(
        "身份证号",
        re.compile(rf"(?<!\d)(?P<data>[1-9]\d{{5}}{_GAP}[12]\d{{3}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx])(?![\dXx])"),
        is_identity_number,
    ),
    _Kind("身份证号", re.compile(r"身份证[^\d\n]{0,6}(?P<data>[1-9]\d{13,16}[\dXx])(?!\d)")),
    _Kind("手机号", re.compile(rf"(?<!\d)(?P<data>(?:(?:\+|00)?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}})(?!\d)")),
    _Kind(
        "银行卡号",
        re.compile(rf"(?<!\d)(?P<data>[3-6]\d{{3}}(?:{_GAP}\d{{4}}){{2,3}}(?:{_GAP}\d{{1,4}})?)(?!\d)"),
        is_bank_card,
    ),
    _Kind("银行卡号", re.compile(rf"(?:卡号?|账号|账户)[^\d\n]{{0,4}}(?P<data>\d(?:{_GAP}\d){{11,18}})(?!\d)")),
    _Kind("座机号", re.compile(r"(?<!\d)(?P<data>\(?0(?:10|2\d|[3-9]\d{2})[\- )]{1,2}[2-8]\d{6,7})(?!\d)")),
    _Kind("QQ号", re.compile(rf"{_QQ_CUE}(?P<data>[1-9]\d{{4,11}})(?!\d)")),
    _Kind("微信号", re.compile(rf"{_WECHAT_CUE}(?P<data>{_LATIN_NAME})")),
)
# Most posts hold none of these signs, and landing looks at every post.
_WORTH_A_LOOK = re.compile(r"@|(?:\d[^\d\n]{0,2}){5}|微信|薇信|威信|(?i:v信|wechat|vx|加v|wx)")


def _matches(kind: _Kind, text: str) -> Iterator[PersonalData]:
    for match in kind.pattern.finditer(text):
        if kind.check(re.sub(r"[^0-9Xx]", "", match["data"])):
            yield PersonalData(kind.name, *match.span("data"))
