"""Personal data: found and masked before anything is stored outside the evidence."""

from nlp.privacy.detect import find, mask
from nlp.privacy.finding import PersonalData

__all__ = ["PersonalData", "find", "mask"]
