import pytest

from nlp.normalize import normalize

DISGUISED = [
    # sound-alikes
    ("吹收、摧收、翠收天天打电话", "催收、催收、催收天天打电话"),
    ("逾祺三个月，愈期了", "逾期三个月，逾期了"),
    ("砍头西，法息，罚西", "砍头息，罚息，罚息"),
    ("借款被收了协伤费，还要起速", "借款被收了协商费，还要起诉"),
    ("呆帐、坏帐、呆zhang", "呆账、坏账、呆账"),
    # signs, spaces, parts, pinyin
    ("催 收、逾.期、征|信、罚/息、逾*期、催🔥收、投丶诉", "催收、逾期、征信、罚息、逾期、催收、投诉"),
    ("亻崔收、起讠斥、氵去院、马扁子、网代贝、逾其月", "催收、起诉、法院、骗子、网贷、逾期"),
    ("爆tong讯录、爆通xun录、征xin、huan款、Zhengxin花了", "爆通讯录、爆通讯录、征信、还款、征信花了"),
    ("网贷wangdaicuishou", "网贷网贷催收"),
    # several ways in one word
    ("崔.收", "催收"),
    ("砍*头*希", "砍头息"),
]
SLANG = [
    ("预期款还不上，玉器三个月了", "逾期款还不上，逾期三个月了"),
    ("曝通讯录，又爆通讯", "爆通讯录，又爆通讯录"),
    ("我想自鲨，想紫砂，不如亖了，我想4了", "我想自杀，想自杀，不如死了，我想死了"),
    ("yq三个月，被cs打爆电话", "逾期三个月，被催收打爆电话"),
]
HOTLINES = [
    ("打一二三七八投诉，幺二三七八", "打12378投诉，12378"),
    ("打1-2-3-7-8或①②③①⑤", "打12378或12315"),
    ("从一二三四五数起", "从一二三四五数起"),
    ("市长热线一二三四五", "市长热线12345"),
    ("单号9123781", "单号9123781"),
]
EMOJI = [
    ("黑🐱投诉，🐈‍⬛投诉", "黑猫投诉，黑猫投诉"),
    ("天天打📞催，扣我💰不还，没💰", "天天打电话催，扣我钱不还，没钱"),
    ("太好了💰💰💰", "太好了💰💰💰"),
    ("电话📞打不通", "电话📞打不通"),
]


@pytest.mark.parametrize(("written", "meant"), DISGUISED + SLANG + HOTLINES + EMOJI)
def test_what_posts_write_and_what_they_mean(written, meant):
    assert normalize(written).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "收益预期超出预期",
        "大概率超预期了，超市场预期了",
        "苹果挺脆，高抛低吸，套了几层网袋，看中夏款",
        "这块玉器值三万",
        "催生了新希望",
        "紫砂壶泡茶",
        "申请强制执行",
        "正信佛教",
        "他爱吹牛",
        "象征新生",
        "今天4个人去4次",
        "在其月薪之内",
        "张钰琪说网贷不能碰",
        "借钱给@雨琪 了",
        "待还本金一千元",
        "绿化贷、海象理财",
        "中国政信集团",
        "看 www.zhengxin.com 和 a@cuishou.cn",
        "这个app的vip服务",
        "今晚吃了三片子排",
        "被迫带扣的衣服",
    ],
)
def test_ordinary_words_are_not_corrected(text):
    assert normalize(text).text == text


def test_a_disguise_is_found_again_in_the_original():
    text = "红创的亻崔·收天天打📞给我妈"
    normalized = normalize(text)
    start = normalized.text.index("催收")
    first, last = normalized.span(start, start + 2)
    assert text[first:last] == "亻崔·收"
