"""Complaint channels that a text names: hotlines, regulators, complaint sites, courts, police and the press."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding

KINDS = ("complaint_channel",)

_CHANNELS = {
    "12378": r"(?<!\d)12378(?!\d)",
    "12345": r"(?<!\d)12345(?!\d)",
    "12315": r"(?<!\d)12315(?!\d)",
    "12363": r"(?<!\d)12363(?!\d)",
    "黑猫投诉": r"黑猫",
    "消协": r"消保委|消协|消费者(?:权益保护)?协会|消费者委员会",
    "金融监管局": r"(?:国家)?金融监(?:督管理|管)(?:总局|局)|金管局",
    "银保监": r"银保监(?:会|局)?|银监[会局]",
    "人民银行": r"人民银行|人行(?!道|横道)|央行",
    "公安": r"(?:派出所|公安局?|经侦)(?:报警|报案)?|报警|报案|(?<!\d)110(?!\d)",
    "法院": r"法院|起诉",
    "仲裁": r"仲裁(?:委员会|委|院)?",
    "信访": r"信访",
    "媒体": r"(?:(?<=[找向给让])|联系|通过|新闻)媒体|媒体(?=曝光|爆料)|记者|电视台|爆料"
    r"|曝光(?![我他她你了]|个人|隐私|身份|照片|信息)",
}
_ANY = re.compile("|".join(f"(?P<c{index}>{pattern})" for index, pattern in enumerate(_CHANNELS.values())))
_NAMES = tuple(_CHANNELS)


def find(text: str) -> Iterator[Finding]:
    """Each mention, with the channel's usual name."""
    for match in _ANY.finditer(text):
        yield Finding("complaint_channel", _NAMES[int((match.lastgroup or "c0")[1:])], "", *match.span(), told=True)
