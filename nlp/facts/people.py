"""To whom it happened: the author, somebody the author speaks for, others; or whether the brand is speaking."""

import re

WHOSE = ("author", "spoken_for", "other", "brand_says")

KIN = (
    r"(?:父母|爸妈|爸爸?|妈妈?|老爸|老妈|爹|娘|父亲|母亲|老婆|老公|丈夫|妻子|媳妇|爱人|对象|儿子|女儿|闺女|孩子|小孩|哥哥?|弟弟?|姐姐?(?!夫|妹)|妹妹?(?!夫)"
    r"|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|丈母娘|公公|婆婆|公婆|叔叔?|舅舅?|姑姑?|姨妈?|大伯|伯父|表[哥弟姐妹]|堂[哥弟姐妹]|侄[子女]|嫂子?|[姐妹]夫)"
)
_FRIEND = r"(?:闺蜜|室友|兄弟|哥们|发小|(?:男|女|好)?朋友|男友|女友)"
_OTHERS = r"(?:(?:前|老)?同事|同学|邻居|别人|他人|有人|网友|楼主|客户)"
_DEBT = r"[^，。；！？\n]{0,8}?(?:欠|借了|借的|借过|借钱|逾期|网贷|贷款|贷了|还不上|还不起|被网贷|被催收|被催|是学生)"
_SPOKEN_FOR = re.compile(
    rf"(?:^|[^给到找系扰知跟和])我?(?:们家)?的?{KIN}{_DEBT}|(?<![给到找系扰知跟和])我?的?{_FRIEND}{_DEBT}"
    rf"|(?:帮|替|代|为)(?:我)?(?:的)?(?:{KIN}|{_FRIEND}|家里?人)"
)
_AUTHORS_DEBT = re.compile(
    r"我(?:自己|本人|现在|目前|已经|在[^，。\n]{1,8}|这边|也|的)*(?:欠(?!条)|借了|逾期|贷了|网贷|还不上|断供|是借款人)"
)
_OTHERS_DEBT = re.compile(rf"{_OTHERS}(?:的)?{_DEBT}")
_REPORTED = re.compile(
    rf"报[道导]称|央视|晚会曝光|据(?:报道|悉|了解|媒体|警方)|记者|当事人|受害人|受害者|借款人|被告人?|[赵钱孙李周吴郑王冯陈刘张杨黄林][某先女]|网友|有人[被说]|群里|{_OTHERS}被"
    r"|多名|不少(?:人|用户|网友)|听说|据说|网传"
)
_BRAND_SPEAKS = re.compile(
    r"我司|我行|我公司(?=[从严已不始一高])|本公司|本行|回应称|回应说|声明称|官方回应|表示，?(?:公司|平台)|(?:尊敬的|亲爱的)(?:客户|用户)|感谢您的(?:反馈|来信|关注)"
    r"|经(?:我们)?核实，?(?:我|您|公司)|您反馈的|^您好"
)
_BRAND_DENIES = re.compile(
    r"(?:客服|平台|公司|官方|他们|对方|催收公司|红创\w{0,3})(?:的人)?(?:回复|回应|答复|解释|声称|坚称|称|否认|狡辩)"
)
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[，。；！？,;!?\n]")
# 我 itself, and not 我妈, 我家, 我公司.
_ME = re.compile(
    rf"我(?!们?的?(?:{KIN}|{_FRIEND}|同事|单位|公司|家|领导|老板|村|老家|邻居)|司|行(?!为)|们?的?(?:人员|客户)|想|觉得|怕|担心|看|听)"
)
_LOOK = 60  # characters around a finding that are looked at: a long sentence


def whose(text: str, start: int, end: int, *, negated: bool, background: str) -> str:
    """One of `WHOSE` for the conduct at `text[start:end]`; `background` is that of the whole text."""
    before = _SENTENCE_END.split(text[max(0, start - _LOOK) : start])[-1]
    if background == "brand_says" or _BRAND_SPEAKS.search(before) or (negated and _BRAND_DENIES.search(before)):
        return "brand_says"
    clause = _CLAUSE_END.split(before)[-1] + text[start:end] + _CLAUSE_END.split(text[end : end + 12], maxsplit=1)[0]
    if _ME.search(clause):
        return "author"
    return "other" if background == "author" and _REPORTED.search(before) else background


def background(text: str) -> str:
    """Whose affair the whole text is, where a single sentence does not say."""
    if _OFFICIAL_REPLY.match(text):
        return "brand_says"
    if _AUTHORS_DEBT.search(text):
        return "author"
    if _SPOKEN_FOR.search(text):
        return "spoken_for"
    return "other" if _OTHERS_DEBT.search(text) else "author"


_OFFICIAL_REPLY = re.compile(
    r"\s*(?:您好|尊敬的|亲爱的)[^。！？\n]{0,40}(?:您|客户|用户)[^。！？\n]{0,40}(?:核实|反馈|我们|我司|感谢)"
)
