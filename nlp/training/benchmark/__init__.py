"""Fine-tune the encoder on one public set and measure it: a file a set, and the way of making that all share."""

from nlp.training.benchmark.chnsenticorp import CHNSENTICORP
from nlp.training.benchmark.finfe import FINFE
from nlp.training.benchmark.finnsp import FINNSP
from nlp.training.benchmark.public_set import PublicSet
from nlp.training.benchmark.weibo2018 import WEIBO2018

__all__ = ["SETS", "PublicSet"]

SETS = {public_set.name: public_set for public_set in (FINNSP, CHNSENTICORP, WEIBO2018, FINFE)}
