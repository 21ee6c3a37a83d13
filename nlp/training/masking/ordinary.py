"""Figures and names that are nobody's: what a masker must leave alone."""

import random

from nlp.training.masking.numbers import digits

_COMPANIES_TABLE = (
    "红创金服 橙叶消费金融有限公司 云栗借钱 小满易贷 北川银行 远山科技有限公司 某某律师事务所 马上贷 白条分期 "
    "安心花 金小额贷款公司 张小泉刀剪 李宁 王老吉 方太 高德地图 康师傅 周黑鸭 任我行 万科 陈麻婆豆腐 老干妈 "
    "黄记煌 海底捞 石头科技"
)
_COMPANIES = _COMPANIES_TABLE.split()
_HOTLINES = (
    "12378 12345 12315 110 96110 12363 95588 95533 95016 12368 10086 10010 400-820-8820 4008108888 400 "
    "666 1234 12356 800-810-8888 10109588"
)
_STOCKS_TABLE = "600519 000001 300750 sh600036 SZ002594 HK09888 BABA 688981 中概互联513050 沪深300 中证500 ETF510300"
_STOCKS = _STOCKS_TABLE.split()
_MODELS_TABLE = (
    "iPhone15 华为Mate60 Win11 Redmi K70 小米14Pro RTX4090 CRH380A 歼20 A4纸 C919 5G套餐129 B2B平台 M1芯片 "
    "比亚迪海豹06 川崎H2"
)
_MODELS = _MODELS_TABLE.split()
_TERMS_TABLE = "3期 6期 12期 24期 36期 60个月 90天 M3 七天无理由"
_TERMS = _TERMS_TABLE.split()
_MEDLEY = (
    "川A股和美股",
    "京A座写字楼",
    "走投无路3号就到期",
    "套路玩了12遍",
    "弯路走了2次",
    "8号楼下的奶茶店",
    "地铁14号线",
    "三里屯一带",
    "每月15号扣款",
    "深圳市南山区",
    "四川省内",
    "郑州市中级人民法院",
    "朝阳区人民法院",
    "高铁G1234次",
    "航班CZ3456",
    "扫描二维码",
    "用微信支付的",
    "微信转账2000元",
    "微信小程序里",
    "QQ音乐会员",
    "QQ邮箱收不到验证码",
    "打开微信Android版",
    "二三四五网址导航",
    "一二三四五，上山打老虎",
    "五一八折活动",
    "三八妇女节",
    "一五一十地说",
    "九九八十一难",
    "百度一下就有",
    "比例是1:3:8",
    "比分3-1-8-0",
    "区间15 30 45 60 75 90",
    "IP是192.168.1.100",
    "3.1415926535",
    "1.38万亿",
    "第13800名",
    "尾号8888的卡",
    "尾号0017",
    "@红创金服 出来回应",
    "@官方客服 看私信",
    "验证码是482913",
    "车牌识别系统",
    "联系人全部被打",
    "联系人马上就接到电话",
    "借款人应当按时还款",
    "借款人金额填错",
    "我叫停了代扣",
    "别叫高利贷公司来",
    "我是白领",
    "我是马上就还的人",
    "客户经理换了好几个",
    "名字叫什么都不知道",
    "姓名和身份证都被他们看了",
    "手机号是空号",
    "微信号被封了",
    "邮箱也没有回复",
    "家庭住址都被公开",
    "合同编号都对不上",
    "卡号填错了",
)


def amount(chance: random.Random) -> str:
    """Money."""
    value = chance.randint(100, 200_000)
    cents = f"{value}.{chance.randint(0, 99):02}"
    forms = (
        f"{value}元",
        f"{value:,}元",
        f"{cents}元",
        f"￥{cents}",
        f"{value / 10_000:.1f}万",
        f"{value // 1000 + 1}k",
        f"{value // 1000 + 1}千块",
        "三万五千二百块",
        "一百三十八元",
        "八千多",
        f"本金{value}利息{value // 9}",
        f"{value} 元",
    )
    return chance.choice(forms)


def date(chance: random.Random) -> str:
    """A day, with a time now and then."""
    year, month, day = chance.randint(2018, 2026), chance.randint(1, 12), chance.randint(1, 28)
    clock = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
    forms = (
        f"{year}年{month}月{day}日",
        f"{year}-{month:02}-{day:02}",
        f"{year}/{month}/{day}",
        f"{month}月{day}号",
        f"{year}{month:02}{day:02}",
        f"{year}.{month}.{day}",
        f"{year}-{month:02}-{day:02} {clock}",
        "二〇二四年三月十五日",
        f"{month}月{day}日{clock}",
        f"{year}年{month}月",
        f"{year}-{month:02}-{day:02} {clock}:{chance.randint(0, 59):02}",
    )
    return chance.choice(forms)


def rate(chance: random.Random) -> str:
    """A share or an interest rate."""
    value = chance.uniform(0.1, 36)
    return chance.choice(
        (f"{value:.2f}%", f"{value:.1f}％", "年化百分之三十六", f"日息万分之{chance.randint(1, 9)}", "24%-36%")
    )


def hotline(chance: random.Random) -> str:
    """A number that everyone may call."""
    return chance.choice(_HOTLINES.split())


def code(chance: random.Random) -> str:
    """A stock, a model, a version."""
    version = f"v{chance.randint(1, 9)}.{chance.randint(0, 20)}.{chance.randint(0, 9)}"
    return chance.choice((chance.choice(_STOCKS), chance.choice(_MODELS), version, f"版本{version[1:]}"))


def order(chance: random.Random) -> str:
    """An order, ticket, tracking or docket number: too long, too short or of another form than a person's number."""
    day = f"20{chance.randint(19, 25)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    forms = (
        f"订单号{day}{digits(chance, 12)}",
        f"工单{day}{digits(chance, 4)}",
        f"快递SF{digits(chance, 13)}",
        f"案号（2024）京0105民初{digits(chance, 5)}号",
        f"编号{digits(chance, 7)}",
        f"文章id {digits(chance, 12)}",
        f"帖子{digits(chance, 10)}",
        f"流水号9{digits(chance, 20)}",
        f"第{digits(chance, 8)}号公告",
    )
    return chance.choice(forms)


def company(chance: random.Random) -> str:
    """A company or brand, also one that begins like a surname."""
    return chance.choice(_COMPANIES)


def term(chance: random.Random) -> str:
    """A length of time or number of instalments."""
    return chance.choice(_TERMS)


def count(chance: random.Random) -> str:
    """How many people, calls or views."""
    return chance.choice(
        (
            f"{chance.randint(2, 400)}个电话",
            f"阅读{digits(chance, 5)}",
            f"{chance.randint(2, 99)}人",
            f"{chance.randint(1, 9)}.{chance.randint(1, 9)}w+浏览",
            f"点赞{digits(chance, 6)}",
            f"{chance.randint(1, 50)}楼",
        )
    )


def medley(chance: random.Random) -> str:
    """A phrase that looks like personal data and is none."""
    return chance.choice(_MEDLEY)
