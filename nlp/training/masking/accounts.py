"""Made-up accounts: QQ, WeChat and e-mail, plain and as people write them past filters."""

import random

from nlp.training.masking.numbers import digits, mobile

_SYLLABLES_TABLE = "zhang wang li liu chen yang xiao feng yu lan ming hai tian long bao mei nan bei dong xue qing an le"
_SYLLABLES = _SYLLABLES_TABLE.split()
_WORDS_TABLE = "happy lucky sunny cat apple moon star blue rain summer king smile"
_WORDS = _WORDS_TABLE.split()
_HOSTS_TABLE = "qq.com 163.com 126.com gmail.com outlook.com sina.com foxmail.com example.com mail.example.cn 139.com"
_HOSTS = _HOSTS_TABLE.split()


def qq(chance: random.Random) -> str:
    """Five to eleven digits."""
    return chance.choice("123456789") + digits(chance, chance.choice((5, 7, 8, 8, 9, 9, 10)))


def wechat(chance: random.Random) -> str:
    """A letter and five or more letters, digits or signs; often a mobile phone."""
    if chance.random() < 0.15:
        return mobile(chance)
    name = "".join(chance.choices(_SYLLABLES, k=2))
    forms = (
        f"{name}{digits(chance, 4)}",
        f"{name}_{digits(chance, 2)}",
        f"wxid_{''.join(chance.choices('abcdefghijkmnpqrstuvwxyz0123456789', k=12))}",
        f"{chance.choice(_WORDS)}{digits(chance, 3)}",
        f"{name[:1].upper()}{name[1:]}-{digits(chance, 3)}",
        f"{chance.choice('abcdefgh')}{digits(chance, 8)}",
        f"{name}{chance.choice(_WORDS)}",
    )
    account = chance.choice(forms)
    return " ".join(account) if chance.random() < 0.04 else account


def email(chance: random.Random) -> str:
    """An address, now and then with at and dot in disguise."""
    name = chance.choice(
        (
            f"{''.join(chance.choices(_SYLLABLES, k=2))}{digits(chance, 3)}",
            f"{chance.choice(_SYLLABLES)}.{chance.choice(_SYLLABLES)}",
            digits(chance, 9),
            f"{chance.choice(_WORDS)}_{chance.choice(_SYLLABLES)}{digits(chance, 2)}",
        )
    )
    host = chance.choice(_HOSTS)
    draw = chance.random()
    if draw < 0.75:
        return f"{name}@{host}"
    sign = chance.choice(("＠", " @ ", "#", "(at)", "[at]", " at ", "艾特", "（at）"))
    dotted = chance.choice((".", "点", " . ", "。", "[dot]")) if draw < 0.9 else "."
    return f"{name}{sign}{host.replace('.', dotted)}"
