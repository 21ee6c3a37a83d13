"""The debt made known to others: the address book, mass messages, posters, doctored photos, publication."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct

KINDS = ("disclosure",)
WAYS = ("contact_list", "mass_message", "poster", "photo", "publicity")

_DISCLOSURE = re.compile(
    r"(?P<contact_list>爆[了过掉我你他她您的们全部光]{0,5}通讯录|通讯录(?:都|全|也|已经)*被?爆)"
    r"|(?P<mass_message>群发(?!的)(?:了)?(?:短信|消息|信息|微信)?|发(?:到|在|进)[^，。；！？\n]{0,8}?群(?!众)|发给[^，。；！？\n]{0,3}(?:所有|全部)(?:的)?(?:人|联系人|好友))"
    r"|(?P<poster>(?:张?贴(?:了)?)?(?:大字报|小字报)|张?贴(?:了|满)?(?:传单|欠债|讨债|催收|照片)|拉(?:了)?横幅)"
    r"|(?P<photo>[Pp]图|[Pp]成|(?:合成|[Pp]了?)[^，。；！？\n]{0,4}(?:照片|裸照|遗照|图片)|裸照|照片[^，。；！？\n]{0,3}[Pp]成?)"
    r"|(?P<publicity>(?:(?:曝光|公开|公布|散布)了?[我他她你]们?的?|曝光)(?:身份|照片|个人|隐私|欠款|信息|家庭)[^，。；！？\n]{0,3}|公之于众|游街)"
)


def find(text: str) -> Iterator[Finding]:
    """Each disclosure, with its way."""
    for match in _DISCLOSURE.finditer(text):
        yield conduct("disclosure", *match.span(), value=match.lastgroup or "")
