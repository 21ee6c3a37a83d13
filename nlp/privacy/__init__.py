"""Personal data: found and masked before anything is stored outside the evidence."""

from nlp.privacy.detect import PersonalData, find

__all__ = ["PersonalData", "find", "mask"]


def mask(text: str) -> str:
    """The text with personal data replaced by its kind: `电话〔手机号〕`; masking a masked text changes nothing."""
    parts: list[str] = []
    position = 0
    for finding in find(text):
        parts += (text[position : finding.start], f"〔{finding.kind}〕")
        position = finding.end
    return "".join((*parts, text[position:])) if parts else text
