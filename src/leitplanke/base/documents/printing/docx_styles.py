"""The styles of a letter in Word: by them a person can change how every letter looks."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LETTERHEAD = "Briefkopf"
UNIT = "Briefkopf Stelle"
RETURN_LINE = "Rücksendeangabe"
ADDRESS = "Anschrift"
INFO = "Informationsblock"
MARKED_TEXT = "Hervorgehoben"
ENCLOSURE = "Anlage"
NOTICE = "Kennzeichnung"

FONT = "Cambria"
ACCENT = RGBColor(0x1D, 0x3F, 0x5E)
GREY = RGBColor(0x4D, 0x57, 0x61)
TWIPS_PER_MM = 56.7
# Left, top and width in millimetres on the sheet (DIN 5008, form B).
FRAMES = {RETURN_LINE: (25, 57, 80), ADDRESS: (25, 63, 80), INFO: (125, 50, 65)}


def prepare_styles(document: Any, locale: str) -> None:
    """Set page, language and styles of an empty document."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(27), Mm(22)
    section.header_distance = Mm(12)
    _set_language(document, locale)
    set_font(document.styles["Normal"], size=11, after=8)
    set_font(document.styles["Heading 1"], size=14, color=ACCENT, after=12)
    # The subject stands below the address field: 98.4 mm from the top.
    document.styles["Heading 1"].paragraph_format.space_before = Mm(71)
    set_font(document.styles["Heading 2"], size=11.5, color=ACCENT, after=4)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    set_font(document.styles["Caption"], size=11, color=ACCENT, after=4)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    set_font(document.styles["Header"], size=9, color=GREY, after=0)
    _add_own_styles(document)


def _add_own_styles(document: Any) -> None:
    sizes = {LETTERHEAD: 17, UNIT: 11, RETURN_LINE: 7.5, ADDRESS: 11, INFO: 9.5, MARKED_TEXT: 11, ENCLOSURE: 11}
    for name, size in {**sizes, NOTICE: 9}.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["List Bullet" if name == ENCLOSURE else "Normal"]
        style.quick_style = True
        own = {LETTERHEAD: ACCENT, UNIT: GREY, RETURN_LINE: GREY, NOTICE: GREY}
        after = 0 if name in {LETTERHEAD, UNIT, ADDRESS, RETURN_LINE, INFO} else 8
        set_font(style, size=size, color=own.get(name), after=after)
        if name in FRAMES:
            _add_frame(style, *FRAMES[name])
    document.styles[LETTERHEAD].font.bold = document.styles[MARKED_TEXT].font.bold = True
    document.styles[INFO].paragraph_format.tab_stops.add_tab_stop(Mm(26))
    document.styles[INFO].paragraph_format.left_indent = Mm(26)
    document.styles[INFO].paragraph_format.first_line_indent = Mm(-26)


def set_font(style: Any, *, size: float, after: float, color: RGBColor | None = None) -> None:
    """Set font, size and colour of a style, and the space after its paragraphs; sizes in points."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_after = Pt(after)
    if color is not None:
        style.font.color.rgb = color


def _add_frame(style: Any, left: float, top: float, width: float) -> None:
    # Frames stay ordinary paragraphs, in reading order, which a text box or a table for layout would not be.
    frame = OxmlElement("w:framePr")
    values = {"w": width * TWIPS_PER_MM, "x": left * TWIPS_PER_MM, "y": top * TWIPS_PER_MM, "hSpace": 0}
    for name, value in values.items():
        frame.set(qn(f"w:{name}"), str(round(value)))
    for name, word in {"wrap": "around", "vAnchor": "page", "hAnchor": "page"}.items():
        frame.set(qn(f"w:{name}"), word)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(frame, *_AFTER_FRAME)


# The schema demands an order of the properties of a paragraph.
_AFTER_FRAME = (
    "w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens",
    "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
)  # fmt: skip


def _set_language(document: Any, locale: str) -> None:
    for style in document.styles.element.iter(qn("w:rPr")):
        for lang in style.findall(qn("w:lang")):
            style.remove(lang)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    lang = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        lang.set(qn(f"w:{name}"), locale)
    lang.set(qn("w:bidi"), "ar-SA")
    defaults.append(lang)
