"""Whether a text says that something happened: denied, or only supposed, feared, hearsay or a rule.

Cues before the words in question, each with a scope that ends with the clause or the sentence: the way of ConText
(Harkema et al. 2009, "ConText: an algorithm for determining negation, experiencer, and temporal status from clinical
reports"), with Chinese cues of our own.
"""

import re

from nlp.facts.finding import Finding

MODALITIES = ("conditional", "feared", "hearsay", "rule")

_SENTENCE_END = re.compile(r"[。！？!?\n；]")
_CLAUSE_END = re.compile(r"[，,：:]|但是?|却|不过|可是|然而|反而|结果")
_LOOK = 40

_NEGATION = re.compile(
    r"(?:没有|从来没|从没|并没|未曾|从未|并未|尚未|还未|(?<!有)没(?!有?(?:完|办法|法|想到|钱|还|几|接|逾期|经|等|多久|人管|用|过多久))"
    r"|从不|从来不|不存在|不会|不曾|绝不|并不|并非|不是|否认|没人|无人|无(?=威胁|辱骂|暴力)|别说|更别提|连[^，。]{1,6}都没)"
    r"[^，。；！？\n]{0,8}$|不(?:会|再|曾|去|来)?$"
)
# What looks like a denial and is none: 有没有, 是不是, 不是…就是, 没有停止.
_NO_NEGATION = re.compile(
    r"(?:有没有|会不会|是不是|能不能|要不要|没有停|不是[^，。]{0,6}就是|不是第一次|没有(?:任何)?(?:通知|理由|征得|经过)[^，。]{0,6})[^，。；！？\n]{0,8}$"
)
_RULE = re.compile(r"(?:不得|禁止|严禁|不准|不许|不允许|不能|不可以|不应)[^，。；！？\n]{0,12}$")
_CONDITIONAL = re.compile(
    r"如果|假如|要是|倘若|若(?!干)|一旦|否则|不然|除非|(?:再|不(?!接))[^，。]{1,8}(?:就|，就|的话)"
    r"|协商不成"
)
_ANNOUNCED = re.compile(
    r"(?:说|称|威胁|恐吓|扬言)[^，。]{0,4}?(?:要|会|将|明天|后天|准备|找人|派人)|扬言|准备|打算|(?:要|会)(?:安排|派人)|明天[要会派]?"
)
_FEARED = re.compile(r"(?:怕|担心|生怕|恐怕|害怕|万一|会不会|不会真|担忧|焦虑)[^，。；！？\n]{0,14}$")
_ASKED = re.compile(r"(?:会|能|要|可能)[^，。；！？\n]{0,10}$")
_QUESTION = re.compile(r"[^，。；！!\n]{0,8}?(?:吗|吧|么|嘛|[？?])")
_ASKS = re.compile(r"(?:请问|想问|求问|问一下|问下|多久|什么时候|会不会|是否)[^，。；！？\n]{0,14}$")
_HEARSAY = re.compile(r"听说|据说|网传|传言|听人说|网友说|有人说|说是会|看到有人说")


def is_negated(text: str, start: int) -> bool:
    """Whether the clause before `start` denies what stands there (没有打给家人, 从没上门, 不存在爆通讯录)."""
    clause = _CLAUSE_END.split(_sentence(text, start))[-1]
    return bool(_NEGATION.search(clause)) and not _NO_NEGATION.search(clause)


def modality(text: str, finding: Finding) -> str | None:
    """One of `MODALITIES` where the text does not say that it happened, else `None`.

    A threat that is made on a condition was made; what is only announced counts as conditional for what collectors do.
    """
    start = finding.start
    sentence = _sentence(text, start)
    clause = _CLAUSE_END.split(sentence)[-1]
    if _HEARSAY.search(sentence):
        return "hearsay"
    if _FEARED.search(clause) or _ASKS.search(clause) or (_ASKED.search(clause) and _QUESTION.match(text, finding.end)):
        return "feared"
    if finding.kind != "threat" and (_CONDITIONAL.search(sentence) or (finding.done and _ANNOUNCED.search(sentence))):
        return "conditional"
    return "rule" if _RULE.search(clause) else None


def _sentence(text: str, start: int) -> str:
    return _SENTENCE_END.split(text[max(0, start - _LOOK) : start])[-1]
