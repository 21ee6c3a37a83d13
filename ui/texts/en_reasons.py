"""The texts about what speaks for the labels, in English: words, rules, labelled posts that are alike."""

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "field.towards": "On brand",
        "reasons.empty": "Not analysed yet",
        "reasons.empty_help": "The reasons for each label appear here after the analysis.",
        "reasons.loading": "Looking for reasons…",
        "reasons.terms": "Domain terms",
        "reasons.facts": "Figures and facts",
        "reasons.rules": "Rules",
        "reasons.no_words": "no single word decides it",
        "reasons.limit": "{chance}, threshold {limit}",
        "reasons.entries": "dictionary: {entries}",
        "reasons.about": "{label} · {brand}",
        "reasons.note": (
            "After a label: its probability; after a word: the share of the odds lost without it, "
            "from the second word on after the words before it were taken out too. "
            "Model {model}, dictionary {dictionary}"
        ),
        "rule.threshold": "{field} “{label}”: the probability reaches the threshold of {limit}",
        "rule.near_threshold": "{field} “{label}”: the probability is close to the threshold of {limit}; please check",
        "rule.unsure": "{field} “{label}”: the probability is below {limit}; please check",
        "rule.critical_first": "Missing a critical post costs most: it counts from {limit} on, not only from one half",
        "rule.danger_word": "Words of danger to life ({terms}): please check, whatever the model says",
        "rule.overdue_capped": "An overdue complaint is a complaint first: no more probable than that, {limit}",
        "rule.overdue_fits": "A complaint about {issues}: an overdue complaint by the label guide",
        "rule.overdue_differs": "Overdue complaint “{label}” contradicts kind and issues: a person decides",
        "rule.unread": "The text is too long and was not read in full; please check",
        "examples.title": "Labelled posts like this one",
        "examples.likeness": "likeness {likeness}",
        "examples.help": "The posts nearest in meaning among those the model learnt from, with the labels people gave.",
        "examples.none": "This model folder comes without labelled posts; models made by fengping train have them.",
    }
)
