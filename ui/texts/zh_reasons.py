"""The texts about what speaks for the labels, in Chinese: words, rules, labelled posts that are alike."""

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "field.towards": "对品牌",
        "reasons.empty": "还没有分析",
        "reasons.empty_help": "分析完成后，这里会列出每个标签的依据。",
        "reasons.loading": "正在找依据…",
        "reasons.terms": "领域词",
        "reasons.facts": "数字与事实",
        "reasons.rules": "规则",
        "reasons.no_words": "没有哪个词单独决定",
        "reasons.limit": "{chance}，门槛 {limit}",
        "reasons.entries": "词典：{entries}",
        "reasons.about": "{label} · {brand}",
        "reasons.note": (
            "标签后为概率；词后为去掉该词后胜算（概率与其反面之比）减少的份额，"
            "第二个词起是在前面的词已去掉之后再减少的。模型 {model}，词典 {dictionary}"
        ),
        "rule.threshold": "{field}“{label}”的概率达到门槛 {limit}",
        "rule.near_threshold": "{field}“{label}”的概率离门槛 {limit} 很近，请人工确认",
        "rule.unsure": "{field}“{label}”的概率不到 {limit}，请人工确认",
        "rule.critical_first": "漏掉紧急的代价最大：概率到 {limit} 就算，不必过半",
        "rule.danger_word": "正文有危及生命的字样（{terms}），不论模型怎样判断，都请人工确认",
        "rule.overdue_capped": "逾期投诉先得是投诉：它的概率不高于“投诉”的 {limit}",
        "rule.overdue_fits": "类型是投诉，问题有{issues}：按标注规范是逾期投诉",
        "rule.overdue_differs": "逾期投诉“{label}”与类型、问题按标注规范对不上，留给人判断",
        "rule.unread": "文字太长，没有读全，请人工确认",
        "examples.title": "相似的已标注帖子",
        "examples.likeness": "相似度 {likeness}",
        "examples.help": "模型学过的帖子里意思最接近的几条，和人给它们的标签。",
        "examples.none": "这个模型文件夹没有附带已标注的帖子；用 fengping train 生成的模型会带上。",
    }
)
