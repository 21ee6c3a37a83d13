"""Made-up numbers that pass the checks of their formats: phones, identity numbers, bank cards, contracts, plates."""

import random

_MOBILE_STARTS_TABLE = (
    "130 131 132 133 134 135 136 137 138 139 145 147 150 151 152 153 155 156 157 158 159 166 170 171 173 "
    "175 176 177 178 180 181 182 183 184 185 186 187 188 189 191 193 195 197 198 199"
)
_MOBILE_STARTS = _MOBILE_STARTS_TABLE.split()
_AREA_CODES_TABLE = (
    "010 020 021 022 023 024 025 027 028 029 0311 0371 0411 0512 0531 0571 0591 0731 0755 0769 0851 0871 0991"
)
_AREA_CODES = _AREA_CODES_TABLE.split()
_HOME_REGIONS_TABLE = (
    "110101 310115 440305 510107 420111 330106 370102 410105 320583 610113 450103 150203 650102 210211 230102"
)
_HOME_REGIONS = _HOME_REGIONS_TABLE.split()
_CARD_STARTS_TABLE = "622202 621700 622848 621661 622588 621226 622700 622262 623052 628888 436742 522001 356833 405512"
_CARD_STARTS = _CARD_STARTS_TABLE.split()
_PLATE_REGIONS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def mobile(chance: random.Random) -> str:
    """Eleven digits of a mobile phone."""
    return chance.choice(_MOBILE_STARTS) + digits(chance, 8)


def landline(chance: random.Random) -> str:
    """Area code and number, with or without a sign between."""
    area = chance.choice(_AREA_CODES)
    number = chance.choice("2345678") + digits(chance, 7 if len(area) == 3 else chance.choice((6, 7)))
    forms = (f"{area}-{number}", f"({area}){number}", f"{area} {number}", f"{area}{number}", f"（{area}）{number}")
    text = chance.choice(forms)
    return f"+86-{area[1:]}-{number}" if chance.random() < 0.05 else text


def identity_number(chance: random.Random) -> str:
    """18 characters with a right check character (GB 11643-1999), now and then the older 15."""
    region, year = chance.choice(_HOME_REGIONS), chance.randint(1950, 2005)
    birthday = f"{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    if chance.random() < 0.1:
        return f"{region}{min(year, 1985) % 100:02}{birthday}{digits(chance, 3)}"
    body = f"{region}{year}{birthday}{digits(chance, 3)}"
    remainder = sum(int(digit) * pow(2, 17 - index, 11) for index, digit in enumerate(body)) % 11
    last = "10X98765432"[remainder]
    return body + (last.lower() if chance.random() < 0.3 else last)


def bank_card(chance: random.Random) -> str:
    """16 to 19 digits whose last one fits (Luhn)."""
    start = chance.choice(_CARD_STARTS)
    length = 16 if start[0] != "6" or chance.random() < 0.3 else chance.choice((17, 18, 19, 19, 19))
    body = start + digits(chance, length - 7)
    doubled = [int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(body))]
    return f"{body}{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def contract(chance: random.Random) -> str:
    """A number of a contract or a loan, in the ways in which lenders write one."""
    year, number = chance.randint(2019, 2025), digits(chance, chance.choice((5, 6, 8, 10)))
    letters = "".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=chance.choice((2, 3, 4))))
    forms = (
        f"{letters}{year}{number}",
        f"{letters}-{year}-{number}",
        f"{year}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{number}",
        f"（{year}）{chance.choice(('借', '贷', '消贷'))}字第{number}号",
        f"{chance.choice(('借', '融', '信'))}字{year}第{number}号",
        f"{letters}{number}",
        f"{letters.lower()}_{number}",
        f"{letters}{chance.randint(1, 9)}/{year}/{number}",
    )
    return chance.choice(forms)


def plate(chance: random.Random) -> str:
    """A car plate; a third of them are the longer ones of cars without petrol."""
    start = chance.choice(_PLATE_REGIONS) + chance.choice(_PLATE_LETTERS)
    if chance.random() < 0.33:
        tail = chance.choice("DF") + chance.choice("0123456789ABCDEFGHJK") + digits(chance, 4)
    else:
        tail = chance.choice(
            (
                digits(chance, 5),
                f"{chance.choice(_PLATE_LETTERS)}{digits(chance, 4)}",
                f"{digits(chance, 3)}{chance.choice(_PLATE_LETTERS)}{digits(chance, 1)}",
                f"{chance.choice(_PLATE_LETTERS)}{digits(chance, 3)}{chance.choice(_PLATE_LETTERS)}",
            )
        )
    text = start + chance.choice(("", "", "", "·", " ", "-", ".")) + tail
    return text.lower() if chance.random() < 0.1 else text


def digits(chance: random.Random, count: int) -> str:
    """So many decimal digits."""
    return "".join(chance.choices("0123456789", k=count))
