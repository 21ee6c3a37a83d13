from parsel import Selector

from crawler.reading.text import read_lines


def read(html: str, *leave_out: str) -> str:
    body = Selector(text=f"<div id=x>{html}</div>", type="html").css("#x")[0]
    return read_lines(body.root, leave_out=[found.root for css in leave_out for found in body.css(css)])


def test_breaks_and_blocks_make_lines() -> None:
    assert read("一<br />\n二<p>三<b>四</b></p>五<ul><li>六<li>七</ul>") == "一\n二\n三四\n五\n六\n七"


def test_white_space_of_the_source_is_no_line() -> None:
    assert read("逾期\n 47&nbsp;天") == "逾期 47 天"


def test_what_is_left_out_keeps_the_text_after_it() -> None:
    assert read('<div class="quote">别人说的</div>我说的', ".quote") == "我说的"


def test_scripts_styles_and_hidden_elements_do_not_count() -> None:
    assert read("甲<script>x()</script>乙<span style='display: none'>干扰</span>丙<style>p{}</style>") == "甲乙丙"


def test_zero_size_text_against_copying_does_not_count() -> None:
    assert read("利率<font style='font-size:0px'>abc</font>很高<font style='font-size:0.8em'>!</font>") == "利率很高!"


def test_comments_do_not_count() -> None:
    assert read("前<!-- 注释 -->后") == "前后"


def test_cells_are_apart() -> None:
    assert (
        read("<table><tr><td>本金</td><td>5000</td></tr><tr><td>利息</td><td>20</td></tr></table>")
        == "本金 5000\n利息 20"
    )


def test_a_thousand_levels_of_nesting_are_read() -> None:
    assert "底" in read("<b>" * 1_000 + "底" + "</b>" * 1_000)
