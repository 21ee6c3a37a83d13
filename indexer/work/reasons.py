"""Why a step failed on a post, in words that do not quote the post."""

from nlp.privacy import mask

_READ = 2000
_LONGEST = 300
_QUOTED = 4  # so many characters of the post in a row are a quotation; of a shorter post, all of it
_LEFT_OUT = "〔原文〕"


def reason(error: BaseException, *texts: str) -> str:
    """An error's message in one masked line; where it repeats a part of the texts, that is left out."""
    line = " ".join(str(error)[:_READ].split())
    for text in texts:
        line = _without(line, text)
    return mask(line)[:_LONGEST] or "没有说明"


def _without(line: str, text: str) -> str:
    spaced = " ".join(text.split())
    least = min(_QUOTED, len(spaced))
    kept: list[str] = []
    at = 0
    while at < len(line):
        length = _common(line, at, spaced, least)
        if length:
            kept.append(_LEFT_OUT)
            at += length
        else:
            kept.append(line[at])
            at += 1
    return "".join(kept).replace(_LEFT_OUT * 2, _LEFT_OUT)


def _common(line: str, at: int, text: str, least: int) -> int:
    """How many characters from `at` on stand in a row in the text, too; 0 for less than `least`."""
    end = at + least
    if not least or end > len(line) or line[at:end] not in text:
        return 0
    while end < len(line) and line[at : end + 1] in text:
        end += 1
    return end - at
