"""Made-up people: Chinese full names composed from surnames and given characters; none is anybody's on purpose."""

import random

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史龙陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞"
)
_COMPOUND_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "慕容", "司徒", "皇甫", "夏侯", "尉迟", "东方")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建国文辉力健世广志义兴良海山仁波宁贵福生龙元全胜学祥才发武新利清飞"
    "彬富顺信子轩浩宇梓涵欣怡雨桐诗佳琪思婷晨曦梦洁雪琴红梅兰凤玉萍春菊香月莺媛瑞凡嘉琼勤珍贞莉珊莎锦黛青倩婉娴瑾颖露瑶"
    "俊峰斌栋维启克伦翔旭鹏泽士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘安康永昌成承乐振庆"
)
_MINORITY = (
    ("阿卜杜拉", "买买提"),
    ("古丽", "艾合买提"),
    ("吐尔逊", "阿不都"),
    ("买买提", "吐逊"),
    ("迪丽娜尔", "玉素甫"),
    ("扎西", "多吉"),
)


def full_name(chance: random.Random) -> str:
    """A name of two to four characters, seldom one of a minority (阿卜杜拉·买买提) or half hidden (张某三)."""
    draw = chance.random()
    if draw < 0.02:
        return "·".join(chance.choice(_MINORITY))
    if draw < 0.04:
        return f"{chance.choice(_SURNAMES)}某{chance.choice('一二三四五六七八九十甲乙丙丁')}"
    surname = chance.choice(_COMPOUND_SURNAMES) if draw < 0.08 else chance.choice(_SURNAMES)
    return surname + "".join(chance.choices(_GIVEN, k=1 if chance.random() < 0.25 else 2))


def title(chance: random.Random) -> str:
    """A person named by surname alone (张经理, 小李, 王某): says little, and is no personal datum here."""
    surname = chance.choice(_SURNAMES)
    after = ("经理", "先生", "女士", "主管", "专员", "律师", "老师", "总", "某", "某某", "警官")
    before = ("小", "老", "阿")
    return surname + chance.choice(after) if chance.random() < 0.8 else chance.choice(before) + surname
