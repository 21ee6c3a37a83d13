"""What was written in a post of 贴吧: from HTML, or from the pieces of which the JSON makes it up."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml.html import HtmlElement
from parsel import Selector

from crawler.reading.fragment import parse_fragment, read_fragment

_FACES = (
    "呵呵", "哈哈", "吐舌", "啊", "酷", "怒", "开心", "汗", "泪", "黑线", "鄙视", "不高兴", "真棒",
    "钱", "疑问", "阴险", "吐", "咦", "委屈", "花心", "呼~", "笑眼", "冷", "太开心", "滑稽", "勉强",
    "狂汗", "乖", "睡觉", "惊哭", "生气", "惊讶", "喷", "爱心", "心碎", "玫瑰", "礼物", "彩虹", "星星月亮",
    "太阳", "钱币", "灯泡", "茶杯", "蛋糕", "音乐", "haha", "胜利", "大拇指", "弱", "OK",
)  # fmt: skip
"""Names of 贴吧's own emoticons in the order of their numbers (image_emoticon1 is 呵呵), as its editor shows them."""
_FACE = re.compile(r"(?:image_emoticon|i_f)0*(\d+)?(?=\D|$)")
_NOT_OWN_WORDS = (
    ".replace_tip", ".p_forbidden_tip", ".save_face_bg", ".post_bubble_top", ".post_bubble_bottom", ".tail-info",
    ".lzl_content_reply", ".lzl_time", ".apc_src_wrapper", ".share_btn_wrapper", ".user-hide-post-down",
    ".d_sign_split", ".p_sign",
)  # fmt: skip
_THINGS = {
    "[图片]": ".BDE_Image, img.BDE_Meme, img[bpic], .replace_div img, .pic_holder, img.j_media_thumb_holder",
    "[视频]": ".video_src_wrapper, video, embed, .BDE_Flash, .threadlist_video, .j_video",
    "[语音]": ".voice_player, .j_voice_player, .voice_player_inner, [data-voice]",
    "[贴图]": "img",
}
"""What stands for a post without a word in it, the first that is there."""
_ANSWERS = re.compile(r"^回复[\s\xa0]+(?:@?\S.{0,38}?)\s*[:：]\s*")


def read_words(content: Selector, *, leave_out: Iterable[str] = (), answers: bool = False) -> str:
    """Return the text of a piece of HTML with emoticons by their names; what it is where it holds a picture only.

    Content that the site folds away is read too. The piece itself is changed by it. A nested reply (`answers`) loses
    the name of whom it answers, which the site puts in front.
    """
    thing = next((name for name, css in _THINGS.items() if _has(content, css)), "")
    _name_faces(content)
    if isinstance(content.root, HtmlElement):
        content.root.attrib.pop("style", None)
    text = read_fragment(content, leave_out=(*_NOT_OWN_WORDS, *leave_out)).lstrip(":： ")
    return (_ANSWERS.sub("", text, count=1) if answers else text) or thing


def read_html(html: str, *, answers: bool = False) -> str:
    """Return the text of a piece of HTML that came inside an answer."""
    return read_words(parse_fragment(html), answers=answers)


def _has(content: Selector, css: str) -> bool:
    return any(isinstance(found.root, HtmlElement) for found in content.css(css))


def _name_faces(content: Selector) -> None:
    for picture in content.css("img"):
        element = picture.root
        if isinstance(element, HtmlElement) and element.getparent() is not None and element is not content.root:
            element.tail = _face(element) + (element.tail or "")
            element.drop_tree()


def _face(element: HtmlElement) -> str:
    address = next((value for name in ("src", "data-src", "data-original") if (value := element.get(name))), "")
    found = _FACE.search(address.rpartition("/")[2])
    if not found:
        said = element.get("alt") or element.get("text") or ""
        return f"[{said.strip('[]#()')}]" if "Smiley" in (element.get("class") or "") and said else ""
    return _named(int(found[1] or 1))


def _named(number: int) -> str:
    return f"[{_FACES[number - 1]}]" if 0 < number <= len(_FACES) else ""


_FACE_PIECES = {"2", "11"}
_THING_PIECES = {"3": "[图片]", "20": "[图片]", "5": "[视频]", "10": "[语音]"}


def read_pieces(pieces: object, *, answers: bool = False) -> str:
    """Return the text that a list of pieces makes up: words, links, emoticons (type 2, 11), pictures (3)."""
    if isinstance(pieces, str):
        return read_html(pieces, answers=answers)
    rows = [piece for piece in pieces if isinstance(piece, dict)] if isinstance(pieces, list) else []
    text = read_html("".join(map(_piece, rows)), answers=answers)
    thing = next((_THING_PIECES[str(row.get("type"))] for row in rows if str(row.get("type")) in _THING_PIECES), "")
    return text or thing


def _piece(row: Mapping[str, Any]) -> str:
    kind = str(row.get("type", "0"))
    text = str(row.get("text") or "")
    if kind in _FACE_PIECES:
        return _emoticon(str(row.get("c") or ""), text)
    if kind in _THING_PIECES:
        return ""
    return text.replace("\n", "<br>")


def _emoticon(name: str, text: str) -> str:
    if name:
        return f"[{name}]"
    found = _FACE.search(text)
    return _named(int(found[1] or 1)) if found else text
