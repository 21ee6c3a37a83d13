"""The checks that the formats of numbers allow, on bare digits."""

from datetime import date
from operator import mul

# GB/T 2260: the first two digits of an identity number.
_PROVINCES_TABLE = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)
_PROVINCES = frozenset(_PROVINCES_TABLE.split())
_BEIJING_AREA = "010"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number: birth date and check character (GB 11643-1999, MOD 11-2).

    15 digits, as given out until 1999, have no check character: province and birth date must be right.
    """
    if len(number) == 15:
        return number[:2] in _PROVINCES and _is_date("19" + number[6:12])
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    total = sum(map(mul, _WEIGHTS, map(int, number[:17])))
    return "10X98765432"[total % 11] == number[17].upper() and _is_date(number[6:14])


def is_bank_card(number: str) -> bool:
    """Whether digits pass the check of payment cards (Luhn, ISO/IEC 7812-1 annex B)."""
    weighted = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in weighted) % 10 == 0


def is_landline(number: str) -> bool:
    """Whether digits are area code and number: 010, 02x and 8 digits, or 03xx–09xx and 7 or 8."""
    area = 3 if number[:2] in ("01", "02") else 4
    local = number[area:]
    if number[:2] == "01" and number[:3] != _BEIJING_AREA:
        return False
    return local[:1] in tuple("2345678") and len(local) in ((8,) if area == 3 else (7, 8))


def _is_date(digits: str) -> bool:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= birth.year < 2100
