"""Postal addresses that lead to a door: a street, estate or village with its number; a district alone is none.

The door is found first (文化路12号, 3栋2单元501); then the way is gone back to where the address begins.
"""

import re
from collections.abc import Iterator

from nlp.privacy.finding import PersonalData

_HAN = r"[\u4e00-\u9fff]"
_NUMBER = r"(?:[0-9]{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_HOUSE = rf"{_NUMBER}(?:[-－—之]{_NUMBER})?(?:号院|号大院|号楼|号(?![线楼铺]))(?:附{_NUMBER}号)?"
_ROOM = rf"(?:(?:[-－—]?{_NUMBER})(?:室|房|号房|号|户|铺)?)"
_BUILDING = (
    rf"(?:第?(?:[A-Za-z]|{_NUMBER})(?:号楼|栋|幢|座|号院|#楼?|号(?={_NUMBER}(?:单元|室|房)))\s?(?:{_NUMBER}(?:单元|门|梯|层|楼)\s?){{0,2}}{_ROOM}"
    rf"|第?(?:[A-Za-z]|{_NUMBER})(?:号楼|栋|幢){_NUMBER}单元"
    rf"|{_NUMBER}单元\s?{_ROOM}|{_NUMBER}楼\s?{_NUMBER}(?:室|房)"
    r"|[0-9]{1,3}[-－—][0-9]{1,2}[-－—][0-9]{3,4}(?!\d))"
)
_GROUP = rf"第?{_NUMBER}(?:组|队|社|屯)(?:{_NUMBER}号)?"
_ESTATE = rf"(?:[\s，,]?{_HAN}{{2,10}}?(?:[一二三四五六七八九0-9]期)?\s?{_BUILDING})"
_STREET = r"(?:[路街巷弄道]|胡同|里|村|坊|屯|庄|[东西南北中]段)"
_DOOR = re.compile(
    rf"(?={_HAN}{{1,2}}\s?第?[0-9A-Za-z一二三四五六七八九十百零〇])(?:(?P<street>{_STREET})\s?(?:{_BUILDING}|{_HOUSE})(?:\s?{_BUILDING}|{_ESTATE}|\s?{_NUMBER}(?:楼|室|层)(?:{_NUMBER}(?:室|房|号)?)?)?"
    rf"|村\s?{_GROUP}"
    rf"|(?P<estate>{_HAN}(?:[0-9]期)?)\s?{_BUILDING})"
)
_HAS_DOOR = re.compile(
    r"[0-9一二三四五六七八九十A-Za-z](?:[号栋幢座室组队社屯#]|单元|[-－—][0-9]{1,2}[-－—]|楼[0-9一二三四五六七八九])"
)

# Words that end in a street's character and are none.
_NO_STREET = re.compile(
    r"(?:无|套|思|出|^一|走|后|活|绝|弯|死|门|铁|半|铺|网|线|来|上|顺|赶|跑|问|领|带|退|财|公|电|陆|道|知|通|报|味|渠|频|管|轨|心|哪|这|那|几|逛|上)(?:路|道|里|街)$"
    r"|(?:地道|家里|店里|号里|手里|心里|群里|城里|夜里|嘴里|这里|那里|哪里|卡里|库里|平台里|年里|月里|天里|万里|公里|知道)$"
)
_PROVINCES_TABLE = (
    "北京 上海 天津 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
)
_PROVINCES = _PROVINCES_TABLE.split()
# 中山东路 is in no province.
_PROVINCE = re.compile(rf"(?:{'|'.join(_PROVINCES)})(?![路街大里中东南西北一二三])")
# What stands before an address and belongs to none.
_STOP = re.compile(
    r"家住|住在|位于|地址|住址|上门|户籍|现居|居住|老家|联系|律师函|收货|写的|走访|邮寄|寄[到往去给]?|送[到往去]|搬[到去]|租[在住]?|单位"
    r"|通知|公司|身份证|[在到去住址是我他她你您们给了着的把被让说找往跑问来达于]"
)
# Inside names of places these characters of the list above stand all the same.
_PLACE_WITH_STOP = re.compile(r"于洪区|于都县|来宾|来安|达州|达川|单位|去[思学]")
_BACK = 44
_NEARER = re.compile(rf"(?:{_HAN}|[A-Za-z0-9]|(?<=[省市区县镇乡州旗道路街])[ ,，]){{1,{_BACK}}}$")


def detect(text: str) -> Iterator[PersonalData]:
    """One finding an address."""
    if not _HAS_DOOR.search(text):
        return
    done = 0
    for door in _DOOR.finditer(text):
        start = _beginning(text, done, door)
        if start is not None:
            yield PersonalData("地址", start, door.end())
            done = door.end()


def _beginning(text: str, done: int, door: re.Match[str]) -> int | None:
    """Where the address of a door begins; None where no name of a place stands before the number."""
    kind = "street" if door["street"] else "estate"
    named = door.end(kind) if door[kind] else door.start() + 1
    low = max(done, named - _BACK)
    way = _NEARER.search(text[low:named])
    if way is None or (door["street"] and _NO_STREET.search(way.group())):
        return None
    walked = way.group()
    shown = walked[_behind_stops(walked) :]
    if len(shown) < 2:
        return None
    return named - len(shown)


def _behind_stops(walked: str) -> int:
    """Where the name of the place begins: at a province, or behind the last word that belongs to no address."""
    kept = {place for match in _PLACE_WITH_STOP.finditer(walked) for place in range(*match.span())}
    stops = [match.end() for match in _STOP.finditer(walked) if match.start() not in kept]
    begin = stops[-1] if stops else 0
    province = _PROVINCE.search(walked, begin)
    return province.start() if province else begin
