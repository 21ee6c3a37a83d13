"""Why a post has its labels: the words that carry each one, dictionary entries, rules, and posts judged before."""

from nlp.explain.explanation import Explanation, Reason, explain
from nlp.explain.rules import Rule

__all__ = ["Explanation", "Reason", "Rule", "explain"]
