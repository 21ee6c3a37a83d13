"""Made-up addresses: real regions, invented streets, estates and numbers, from a whole address to a house number."""

import random

_REGIONS = (
    ("广东省", "深圳市", "南山区 福田区 龙华区 宝安区"),
    ("广东省", "东莞市", "长安镇 虎门镇 塘厦镇"),
    ("浙江省", "杭州市", "余杭区 拱墅区 西湖区 萧山区"),
    ("江苏省", "苏州市", "昆山市 吴江区 相城区"),
    ("四川省", "成都市", "武侯区 郫都区 双流区 金堂县"),
    ("湖北省", "武汉市", "洪山区 江汉区 黄陂区"),
    ("河南省", "郑州市", "金水区 二七区 中牟县 新郑市"),
    ("山东省", "临沂市", "兰山区 沂水县 莒南县"),
    ("福建省", "泉州市", "晋江市 丰泽区 安溪县"),
    ("湖南省", "长沙市", "岳麓区 雨花区 浏阳市"),
    ("陕西省", "西安市", "雁塔区 未央区 蓝田县"),
    ("辽宁省", "大连市", "甘井子区 沙河口区 庄河市"),
    ("广西壮族自治区", "南宁市", "青秀区 西乡塘区 宾阳县"),
    ("内蒙古自治区", "包头市", "昆都仑区 九原区 土默特右旗"),
    ("新疆维吾尔自治区", "乌鲁木齐市", "天山区 水磨沟区"),
    ("贵州省", "遵义市", "汇川区 红花岗区 桐梓县"),
    ("云南省", "昆明市", "官渡区 盘龙区 嵩明县"),
    ("黑龙江省", "哈尔滨市", "道里区 南岗区 宾县"),
    ("安徽省", "阜阳市", "颍州区 太和县 界首市"),
    ("河北省", "石家庄市", "裕华区 正定县 辛集市"),
    ("", "北京市", "朝阳区 海淀区 昌平区 通州区"),
    ("", "上海市", "浦东新区 闵行区 嘉定区"),
    ("", "重庆市", "渝北区 九龙坡区 忠县"),
    ("", "天津市", "河西区 滨海新区"),
)
_STREETS_TABLE = (
    "人民 解放 中山 建设 和平 科技 莲花 文化 学府 胜利 新华 长江 黄河 迎宾 滨河 育才 环城 工业 银杏 紫荆 凤凰 "
    "公园 友谊 东风 朝阳 健康 兴业 高新 翠竹 桃园 振兴 南湖 光明 白云 香樟 梧桐"
)
_STREETS = _STREETS_TABLE.split()
_STREET_KINDS = (
    "路",
    "路",
    "路",
    "大道",
    "街",
    "巷",
    "东路",
    "西路",
    "南路",
    "北路",
    "中路",
    "大街",
    "一路",
    "二路",
    "弄",
    "胡同",
)
_ESTATES_TABLE = (
    "阳光 锦绣 金色 翡翠 碧水 龙湖 幸福 御景 丽景 东方 世纪 绿地 恒泰 盛世 枫林 水岸 香榭 花样年华 星河 国际 "
    "康乐 万和 天鹅湖"
)
_ESTATES = _ESTATES_TABLE.split()
_ESTATE_KINDS = (
    "花园",
    "小区",
    "家园",
    "新村",
    "公寓",
    "苑",
    "城",
    "雅苑",
    "名都",
    "广场",
    "大厦",
    "华庭",
    "里",
    "嘉园",
    "府",
)
_VILLAGES_TABLE = "李家 王庄 上坪 大湾 石桥 新店 东沟 柳林 后山 双河 三里 青山 赵庄 小河"
_VILLAGES = _VILLAGES_TABLE.split()
_TOWNS_TABLE = "城关 太平 新安 石桥 永兴 龙泉 双溪 大坪 黄土 清水"
_TOWNS = _TOWNS_TABLE.split()
_COUNT = "零一二三四五六七八九"


def address(chance: random.Random) -> str:
    """An address that leads to a door; how much of province, city and district stands before it varies."""
    inner = chance.choice((_street, _street, _estate, _street_and_estate, _village, _estate))(chance)
    text = _region(chance) + inner
    if chance.random() < 0.06:
        text = " ".join(_cut(text, chance))
    return text


def _region(chance: random.Random) -> str:
    province, city, districts = chance.choice(_REGIONS)
    district = chance.choice(districts.split())
    draw = chance.random()
    if draw < 0.35:
        return province + city + district
    if draw < 0.55:
        return city + district
    if draw < 0.65:
        return _short(province) + _short(city) + district
    return district if draw < 0.8 else ""


def _short(region: str) -> str:
    for end in ("壮族自治区", "维吾尔自治区", "自治区", "省", "市"):
        region = region.removesuffix(end)
    return region


def _street(chance: random.Random) -> str:
    text = f"{chance.choice(_STREETS)}{chance.choice(_STREET_KINDS)}{_number(chance, 1, 999)}号"
    if chance.random() < 0.15:
        text = text.removesuffix("号") + f"-{chance.randint(1, 30)}号"
    return text + (_door(chance) if chance.random() < 0.5 else "")


def _estate(chance: random.Random) -> str:
    phase = f"{chance.choice('一二三四')}期" if chance.random() < 0.2 else ""
    return f"{chance.choice(_ESTATES)}{chance.choice(_ESTATE_KINDS)}{phase}{_door(chance)}"


def _street_and_estate(chance: random.Random) -> str:
    return f"{chance.choice(_STREETS)}{chance.choice(_STREET_KINDS)}{chance.randint(1, 300)}号{_estate(chance)}"


def _village(chance: random.Random) -> str:
    town = f"{chance.choice(_TOWNS)}{chance.choice(('镇', '乡', '街道'))}"
    group = f"{chance.choice(('', '第'))}{_number(chance, 1, 12)}{chance.choice(('组', '队', '社'))}"
    house = f"{chance.randint(1, 150)}号" if chance.random() < 0.7 else ""
    return f"{town}{chance.choice(_VILLAGES)}村{group if chance.random() < 0.7 or not house else ''}{house}"


def _door(chance: random.Random) -> str:
    building, unit, room = (
        chance.randint(1, 48),
        chance.randint(1, 6),
        chance.randint(1, 33) * 100 + chance.randint(1, 8),
    )
    forms = (
        f"{building}栋{room}",
        f"{building}栋{unit}单元{room}室",
        f"{building}号楼{unit}单元{room}",
        f"{building}幢{room}室",
        f"{chance.choice('ABCD')}座{room}",
        f"{chance.choice('ABCD')}栋{unit}单元{room}号",
        f"{building}-{unit}-{room}",
        f"{_spoken(building)}栋{_spoken(unit)}单元{''.join(_COUNT[int(digit)] for digit in str(room))}室",
        f"{building}楼{room}房",
        f"{building}号楼{room}",
    )
    return chance.choice(forms)


def _number(chance: random.Random, low: int, high: int) -> str:
    number = chance.randint(low, high)
    return _spoken(number) if number < 100 and chance.random() < 0.12 else str(number)


def _spoken(number: int) -> str:
    """A number under 100 as it is said (二十三)."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _COUNT[ones]
    return ("" if tens == 1 else _COUNT[tens]) + "十" + (_COUNT[ones] if ones else "")


def _cut(text: str, chance: random.Random) -> list[str]:
    """Two parts of an address, cut behind a region or a street."""
    places = [index + 1 for index, character in enumerate(text[:-3]) if character in "省市区县镇路街"]
    place = chance.choice(places) if places else 0
    return [text[:place], text[place:]] if place else [text]
