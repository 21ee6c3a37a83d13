"""Collectors who come to the door, or to the place of work or study."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct

KINDS = ("visit",)

_PLACE = r"(?:家里?|家门口?|单位|公司|学校|村里|老家|住处|楼下)"
_OTHER_TRADES = (
    r"安装|取件|取货|维修|修|服务(?!催)|办理|签约|签字|收件|推销|送|揽|自提|换|量|检|体检|保洁|回收|接|客|女婿|推广|拍照|面签|给"
    r"|核实资料|评估|借款|排查|追款|报案|登记|或|咨询|拜访|核查|、|地|考察"
)
_VISIT = re.compile(
    rf"(?<![晚早])上门(?:催收|催|收|来|堵|闹|骚扰|讨债|要债|了)?(?!{_OTHER_TRADES})|外访|家访|登门|找上门"
    rf"|堵(?:在)?(?:我|他|她)?(?:家|门|单位|公司)(?:门口)?"
    rf"|(?:到|去|来|跑到?|派人到|派人去|派人来|冲进)(?:我|他|她|你|您)?们?的?{_PLACE}(?:里|门口)?(?:来)?(?:闹|堵|找|催|骚扰|要债|讨债|拉横幅|贴|砸)"
    rf"|(?:派人|安排人|找人|他们|有人|几个人|催收)(?:会|要|说)?(?:到|去|来|跑到)(?:我|他|她|你|您)?们?的?{_PLACE}"
)
_AUTHOR_ACTS = re.compile(
    r"(?:我们?|师傅|快递|外卖|客服|投资[人者]|出借人|受害人|供[应给]商|民警|警察)(?:自己|就|也|都|亲自|想|要|直接|准备|打算|今天|昨天)*$"
)
_GOES_TO_SERVICE = re.compile(r"(?:去|来)?找(?:他们|他|平台|公司|你们)?的?(?:客服|平台|公司|理论)")


def find(text: str) -> Iterator[Finding]:
    """Each visit; people of other trades come to the door too, and authors go to the lender's."""
    for match in _VISIT.finditer(text):
        before, after = text[max(0, match.start() - 8) : match.start()], text[match.end() : match.end() + 10]
        if not _AUTHOR_ACTS.search(before) and not _GOES_TO_SERVICE.match(after):
            yield conduct("visit", *match.span())
