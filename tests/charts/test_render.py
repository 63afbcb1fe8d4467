"""Pictures are drawn here, with our fonts, or the finding says what to install."""

import builtins
import xml.etree.ElementTree as ET

import pytest

from citytandem.charts.render import font_folders, render_svg
from citytandem.charts.sectors import draw_sectors
from citytandem.findings import CannotCompute, Code
from citytandem.words import Speech
from tests import invented_city as invented


def draw(language="de"):
    return draw_sectors(invented.invent_lines(), city="Musterstadt", per_head=True, speech=Speech(language))


@pytest.fixture
def without_extra(monkeypatch):
    """An installation without the packages of the extra."""
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name in {"vl_convert", "typst", "fontpkg_noto_sans", "noto_cjk_sans_otc"}:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_a_chart_becomes_an_svg_that_any_reader_understands():
    pytest.importorskip("vl_convert", reason="the report extra is not installed")
    root = ET.fromstring(render_svg(draw()))  # noqa: S314 - our own picture

    assert root.tag.endswith("svg")
    assert any("Noto Sans" in node.get("font-family", "") for node in root.iter())


def test_numbers_on_an_axis_have_a_decimal_comma_in_german():
    pytest.importorskip("vl_convert", reason="the report extra is not installed")
    texts = [node.text or "" for node in ET.fromstring(render_svg(draw("de"))).iter() if node.tag.endswith("text")]  # noqa: S314

    assert not any("." in text and text.replace(".", "").isdigit() for text in texts)


def test_inner_names_of_two_pictures_never_meet():
    pytest.importorskip("vl_convert", reason="the report extra is not installed")
    svg = render_svg(draw())

    assert 'id="clip' not in svg


def test_fonts_for_latin_chinese_and_japanese_are_at_hand():
    pytest.importorskip("noto_cjk_sans_otc", reason="the report extra is not installed")
    files = [file.name for folder in font_folders() for file in folder.iterdir()]

    assert any("CJK" in name for name in files)
    assert any(name.startswith("NotoSans[") for name in files)


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_the_finding_names_it():
    with pytest.raises(CannotCompute) as refusal:
        render_svg(draw())

    assert refusal.value.finding.code is Code.EXTRA_MISSING
    assert refusal.value.finding.facts == {"extra": "report"}
