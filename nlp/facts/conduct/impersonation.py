"""Collectors who pass for the police, a court or a law firm, and papers that are made up."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct

KINDS = ("impersonation",)
PARTS = ("document", "police", "court", "law_firm")

_POLICE = r"公安|警察|民警|派出所|经侦|警官|刑警|公检法"
_COURT = r"法院|法官|法警|法庭|仲裁|检察院|司法"
_LAW_FIRM = r"律师|律所"
_PAPERS = r"律师函|传票|法院文书|法律文书|判决书|立案通知书?|立案|公函|起诉状|起诉书|拘捕令|逮捕令|公章|红头文件"
_IMPERSONATION = re.compile(
    rf"(?:冒充|假冒|自称|谎称|声称|假扮|伪装成?|装成|装作|假装)(?:是|自己是|了|国家|某)*[^，。；！？\n]{{0,4}}?"
    rf"(?:(?P<police>{_POLICE})|(?P<court>{_COURT})|(?P<law_firm>{_LAW_FIRM}))[^，。；！？\n]{{0,4}}?(?:的|人员)?(?=[，。；！？,\n]|给|打|说|来|要|骗|威|恐|$|人|、|和|的|事)"
    rf"|说(?:自己)?是[^，。；！？\n]{{0,6}}?(?:(?P<s_police>{_POLICE})|(?P<s_court>{_COURT})|(?P<s_law_firm>{_LAW_FIRM}))[^，。；！？\n]{{0,4}}?的"
    rf"|(?P<document>(?:伪造|假造|编造|虚假|假的|PS的?|P的|假)(?:了|的|一[份张封])?[^，。；！？\n]{{0,4}}?(?:{_PAPERS}))"
    rf"|(?P<s_document>(?:{_PAPERS})[^，。；！？\n]{{0,4}}(?:是假的|是伪造的?|是[pP]的|是编的))"
)


def find(text: str) -> Iterator[Finding]:
    """Each impersonation, with whom or what was feigned."""
    for match in _IMPERSONATION.finditer(text):
        named = {name.removeprefix("s_") for name, words in match.groupdict().items() if words}
        yield conduct("impersonation", *match.span(), value=next(part for part in PARTS if part in named))
