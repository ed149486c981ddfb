"""How the simulated Telegram reads marked text, and what of pictures it knows."""

import pytest

from simulators.telegram_api.errors import Refusal
from simulators.telegram_api.files import draw_picture, picture_size
from simulators.telegram_api.markup import parse_marked


def kinds(entities):
    return [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(
    ("marked", "plain", "entities"),
    [
        ("a > b", "a > b", []),
        ("1 &lt; 2 &amp&amp; &#1080;&#x438; &nbsp; & co", "1 < 2 && ии &nbsp; & co", []),
        ("  <b> x </b>y\n", "x y", [("bold", 0, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ('<pre><code class="language-py">x</code></pre>', "x", [("code", 0, 1), ("pre", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("😀<s>я</s>", "😀я", [("strikethrough", 2, 1)]),
    ],
)
def test_html_becomes_plain_text_and_entities(marked, plain, entities):
    text, found = parse_marked(marked, "HTML")
    assert text == plain
    assert sorted(kinds(found)) == sorted(entities)


def test_without_a_parse_mode_marks_are_letters():
    assert parse_marked(" <b>x</b> ", None) == ("<b>x</b>", [])


@pytest.mark.parametrize(
    ("marked", "complaint"),
    [
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("я<b", "Unclosed start tag at byte offset 2"),
        ("<a href=", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x<br/>y", 'Unsupported start tag "br/" at byte offset 1'),
        ("<b>x</i>", 'expected "</b>", found "</i>"'),
    ],
)
def test_html_that_telegram_refuses_is_refused_in_its_words(marked, complaint):
    with pytest.raises(Refusal, match="can't parse entities") as refusal:
        parse_marked(marked, "HTML")
    assert complaint in refusal.value.description


def test_markdown_is_not_pretended():
    with pytest.raises(Refusal, match="unsupported parse_mode"):
        parse_marked("*x*", "MarkdownV2")


def test_the_size_of_a_picture_is_read_from_its_head():
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x01\x02\x03\x04rest"
    assert picture_size(draw_picture(30, 20)) == (30, 20)
    assert picture_size(jpeg) == (0x0304, 0x0102)
    assert picture_size(b"GIF89a\x05\x00\x06\x00") == (5, 6)
    assert picture_size(b"%PDF-1.7") is None
    assert picture_size(b"\xff\xd8\xff") is None
