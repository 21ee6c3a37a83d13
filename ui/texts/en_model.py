"""The texts about the model, in English: the page "Model", and the warning on the overview."""

from types import MappingProxyType

MODEL = MappingProxyType(
    {
        "model.title": "Model",
        "model.question": "Is it still right, have the posts changed, what would a new one do",
        "model.empty": "No analysed posts yet",
        "model.empty_help": "Once posts are analysed, the model's use, agreement with people and drift stand here.",
        "model.broken": "What is known of the model can't be read",
        "model.replaced": "This app has the former model loaded",
        "model.replaced_help": "Labels are the new model's, the reasons still the former's; restart fengping web.",
        # In use
        "model.in_use": "Model in use: {name} ({version})",
        "model.in_use_since": "Model in use: {name} ({version}), since {day}",
        "model.origin.configured": "named by [nlp] model in the configuration",
        "model.origin.chosen": "chosen with fengping model use",
        "model.origin.shipped": "shipped with the product, no other was chosen",
        "model.measured": "On the held-out part ({n} posts that making it never saw)",
        "model.unmeasured": "Not measured: its file has no held-out figures; fengping evaluate --held-out gives them.",
        "model.field": "Field",
        "model.figure": "Figure",
        "model.interval": "95 % interval",
        "model.accuracy": "accuracy {value}",
        "model.macro_f1": "macro F1 {value}",
        "model.micro_f1": "micro F1 {value}",
        "model.f1": "F1 {value}",
        "model.known": "Known models",
        "model.name": "Model",
        "model.version": "Version",
        "model.made": "Made",
        "model.analyses": "Analyses",
        "model.current": "Current",
        "model.unknown_name": "gone",
        # Agreement
        "agreement.field": "Which field",
        "agreement.finding": "People and model agree on {field} in {share} ({n} posts, {low}–{high})",
        "agreement.finding.weak": "People and model agree on {field} in {share}, of only {n} posts ({low}–{high})",
        "agreement.finding.none": "Nobody has judged {field} yet",
        "agreement.note": (
            "By the week of the judgement (from Monday); bars: 95 % interval. People see the machine's label first, so "
            "this is higher than accuracy"
        ),
        "agreement.alt": "Line chart of the weekly agreement of people and model with its 95 % interval",
        "agreement.empty": "Nobody has judged a post yet",
        "agreement.empty_help": "Confirm or correct labels under Complaints; the weekly agreement appears here.",
        "agreement.week": "Week",
        "agreement.week_of": "week from {day}",
        "agreement.source": "Source",
        "agreement.share": "Agreement",
        "agreement.interval": "Interval",
        "agreement.count": "Posts",
        # Drift
        "drift.finding.calm": "The posts of the last 7 days are like those of the 28 before: no drift",
        "drift.finding.look": "The posts of the last 7 days have changed somewhat: {names}",
        "drift.finding.alarm": "▲ The posts of the last 7 days have clearly changed: {names}",
        "drift.finding.none": "Too few posts to judge drift: {recent} in 7 days, {reference} before (needed: {least})",
        "drift.note": (
            "PSI: from 0.1 look, from 0.25 alarm, where it exceeds what chance may reach. {recent} posts in 7 days, "
            "{reference} in the 28 before. A change need not be the model's fault: look at posts, then label and train"
        ),
        "drift.warning": "The posts that the model reads have clearly changed: {names}",
        "drift.warning_help": "Labels may be less right than before; see the page Model.",
        "drift.measure": "Compared",
        "drift.psi": "PSI",
        "drift.chance": "By chance",
        "drift.verdict": "Verdict",
        "drift.moved": "What moved most",
        "drift.calm": "calm",
        "drift.look": "look",
        "drift.alarm": "alarm",
        "drift.score": "probability of {field}",
        "drift.labels": "labels of {field}",
        "drift.words": "{field}",
        "drift.words.terms": "domain terms",
        "drift.words.topics": "topics of the terms",
        "drift.words.unknown": "share of unknown words",
        "drift.mean": "mean {before} → {after}",
        "drift.share": "{value} {before} → {after}",
        "drift.value.none": "none",
        "drift.value.other": "others",
        # Comparison
        "comparison.finding": "Last comparison: {candidate} read {posts} posts; overdue complaints +{appear} −{vanish}",
        "comparison.note": (
            "Compared {time} with {current}; labels in use were not touched. Switch with fengping model use, go back "
            "with --previous"
        ),
        "comparison.empty": "No new model was compared yet",
        "comparison.empty_help": "Once a new model is trained, add it and compare it with the one in use:",
        "comparison.before": "Before",
        "comparison.after": "After",
        "comparison.count": "Posts",
        "comparison.critical": "{count} posts become critical or cease to be: read each",
        "comparison.no_critical": "No post becomes critical or ceases to be",
        "comparison.changes": "Labels that change (click a row for an example)",
        "comparison.no_changes": "No label changes",
        "comparison.sides": "Agreement with people (who saw the current labels, which favours those)",
        "comparison.side_current": "Current",
        "comparison.side_candidate": "New",
        "comparison.n": "Posts",
    }
)
