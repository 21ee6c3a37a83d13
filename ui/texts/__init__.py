"""Every text that users of the app see, in Chinese (the first language) and English; `texts(language)` picks."""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.texts.en import EN
from ui.texts.zh import ZH

LANGUAGES: Mapping[str, Mapping[str, str]] = {"zh": ZH, "en": EN}


# A field of an analysis, and the name under which the texts hold its values.
VALUE_NAMES: Mapping[str, str] = {
    "issues": "issue",
    "causes": "cause",
    "demands": "demand",
    "overdue_complaint": "overdue",
    "towards": "sentiment",
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language; call it with a key and the values that the text has places for."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text; an unknown key is a programming error and raises `KeyError`."""
        return self.entries[key].format(**values)

    def label(self, field: str, value: str | None) -> str:
        """The word for a value of a field of the label guide; a value that is not in the guide is shown as it is."""
        name = VALUE_NAMES.get(field, field)
        return self.entries.get(f"{name}.{value}", value or self.entries["value.none"])


def texts(language: str) -> Texts:
    """The texts of a language of `LANGUAGES`."""
    return Texts(language, LANGUAGES[language])


def label_text(field: str, value: str) -> str:
    """The Chinese word for a value of a field, for the command line; `field` itself is a field of field names."""
    return texts("zh").label(field, value)
