"""People outside the loan who are called or told: which of them is the value."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct
from nlp.facts.people import KIN

KINDS = ("third_party_contact",)

_WORDS = {
    "contacts": r"紧急联系人|联系人|通讯录(?:里)?的?(?:人|好友|联系人)|无关第三人|第三人|第三方联系人",
    "colleagues": r"(?:前|老|男|女)?同事",
    "employer": r"工作单位|单位|公司(?!客服|回[复应])|领导|老板|主管|前台|人事|HR|行政部?",
    "neighbours": r"邻居|街坊|村委会?|居委会?|村里|村干部|社区|物业",
    "friends": r"(?:男|女|前男|前女|好)朋友|朋友|好友|前?[男女]友|同学|室友|闺蜜|兄弟|哥们|发小|老师|导员",
    "family": rf"家里?人|家属|亲属|亲戚|亲友|亲人|{KIN}",
}
PARTIES = tuple(_WORDS)
_LONGEST_LIST = 8
_WHICH = re.compile("|".join(f"(?P<{party}>{words})" for party, words in _WORDS.items()))
_PARTY = f"(?P<party>{'|'.join(_WORDS.values())})"
_OF = r"(?:我们?|本人|他们?|她们?|你们?|您|自己|别人)?的?(?:所有|全部|各个|好几个)?的?"
_OBJECT = rf"(?:了|过|到|给|的|电话|短信|上){{0,4}}{_OF}{_PARTY}"
_OTHER_OBJECT = _OBJECT.replace("<party>", "<who>")
_MESSAGE = (
    r"(?:打(?!个电话|一个电话)|发|拨|寄)(?:[了过个来去]|几个|很多|催[收款]|骚扰){0,3}"
    r"(?:电话|短信|信息|消息|微信|函|信|语音)"
)
# What says by itself that somebody is pressed, and what also says how people phone each other.
_PRESSED = re.compile(
    rf"(?:打[给到去爆]|拨打|骚扰|轰炸|催到?|群呼|恐吓|威胁|短信发给){_OBJECT}"
    rf"|{_OF}(?P<who>{'|'.join(_WORDS.values())})(?:都|也|还|天天|被|已经|经常|每天){{0,3}}(?:接到|收到)[了过]?(?:催[收款债]|骚扰|恐吓)"
)
_REACHED = re.compile(
    rf"(?:联系|致电|通知|找(?=[我他她你您本])|(?<=[会要来去])找|问(?=[我他她])|打){_OBJECT}|[给向往跟]{_OTHER_OBJECT}[^，。；！？\n]{{0,6}}?{_MESSAGE}"
)
_FURTHER = re.compile(rf"(?:[、和跟与及]|以及|还有|，?[还也]?(?:打给|联系|骚扰))?了?{_OF}{_PARTY}")
_ABOUT_DEBT = re.compile(r"催|逾期|欠|贷|还[钱款不]|骚扰|平台|客服|第三方|对方|协商|债|工作人员|会联系")
_AUTHOR_ACTS = re.compile(r"(?:我|我们|咱|自己)(?:[就也先再想去还都又得要]|只好|刚才?|只能|打算|准备|不敢)*$")
_OF_SOMEBODY = re.compile(r"我|本人|[他她你您]")


def find(text: str) -> Iterator[Finding]:
    """One finding a party; where several are listed, each at its own place."""
    for match in (*_PRESSED.finditer(text), *_reached(text)):
        if not _AUTHOR_ACTS.search(text, max(0, match.start() - 8), match.start()):
            party = "party" if match["party"] else "who"
            yield conduct("third_party_contact", *match.span(), value=_which(match[party]))
            yield from _listed(text, match.end(party), _which(match[party]))


def _reached(text: str) -> Iterator[re.Match[str]]:
    matches = list(_REACHED.finditer(text))
    about_debt = bool(matches) and _ABOUT_DEBT.search(text) is not None
    return (match for match in matches if about_debt or _OF_SOMEBODY.search(match.group()))


def _listed(text: str, at: int, first: str) -> Iterator[Finding]:
    """爸妈、同事和领导: the others of the list, each party once."""
    told = {first}
    for _ in range(_LONGEST_LIST):
        further = _FURTHER.match(text, at)
        if further is None:
            return
        party = _which(further["party"])
        if party not in told:
            yield conduct("third_party_contact", *further.span("party"), value=party)
        told.add(party)
        at = further.end()


def _which(words: str) -> str:
    found = _WHICH.match(words)
    return (found.lastgroup if found else None) or "family"
