"""A briefing is a few readable pages in the council's language that ask nobody for anything."""

import builtins
import re
from html.parser import HTMLParser

import pytest

from citytandem.briefing import build
from citytandem.briefing.build import compose
from citytandem.briefing.document import Notice, Picture, Text
from citytandem.findings import CannotCompute, Code
from citytandem.words import LANGUAGES, Speech
from tests.invented_answers import invent_answers, refuse_answers

QUESTIONS = ("profile", "balance", "comparable", "position", "powers", "measures", "partners", "sources")

needs_report = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("typst") is None, reason="the report extra is not installed"
)


@pytest.fixture(scope="module", params=["de", "ja"])
def written(request, tmp_path_factory):
    """The briefing of an invented city in one language: language, HTML file, PDF file."""
    pytest.importorskip("typst", reason="the report extra is not installed")
    html, pdf = build(invent_answers(), language=request.param, out=tmp_path_factory.mktemp(request.param))
    return request.param, html, pdf


def read_pdf(path):
    pypdf = pytest.importorskip("pypdf", reason="pypdf reads the PDF back")
    return pypdf.PdfReader(path)


def test_every_page_answers_its_question_in_one_sentence_at_its_top():
    document = compose(invent_answers(), language="en")

    assert tuple(page.key for page in document.pages) == QUESTIONS
    assert all(page.answer.endswith((".", "–")) for page in document.pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_composed_in_every_language(language):
    document = compose(invent_answers(), language=language)

    assert all(page.question and page.answer for page in document.pages)


def test_the_answer_says_value_interval_year_and_what_is_usual():
    answer = compose(invent_answers(), language="de").pages[3].answer

    assert "4,0" in answer
    assert "3,8–4,2" in answer
    assert "2021" in answer


def test_only_what_is_read_in_a_source_is_named_as_what_would_help():
    answer = compose(invent_answers(), language="de").pages[5].answer

    assert "Wärmenetz" in answer
    assert "Energieberatung" not in answer


def test_a_refused_part_says_why_and_what_would_cure_it_instead_of_a_picture():
    document = compose(refuse_answers(), language="en")
    refused = document.pages[1:7]

    assert all(any(isinstance(block, Notice) for block in page.blocks) for page in refused)
    assert not any(isinstance(block, Picture) for page in document.pages for block in page.blocks)
    assert "Import the city's own balance" in refused[0].blocks[0].text


def test_a_refusal_is_told_once_on_a_page():
    for page in compose(refuse_answers(), language="en").pages:
        told = [block.text for block in page.blocks if isinstance(block, Notice)]

        assert len(told) == len(set(told))


def test_the_last_page_names_release_hash_code_seed_and_the_right_of_reply():
    last = compose(invent_answers(), language="en").pages[-1]
    said = " ".join(
        [*(cell for block in last.blocks if hasattr(block, "twin") for row in block.twin.cells(Speech("en")) for cell in row)]
    )

    assert "invented-2026.1" in said
    assert "0" * 64 in said
    assert "citytandem 0.1.0" in said
    assert "Right of reply" in last.blocks[-1].text


def test_no_page_puts_cities_in_an_order_of_merit():
    for page in compose(invent_answers(), language="en").pages:
        assert not re.search(r"\b(rank|ranking|best city|worst|place \d+ of)\b", page.answer + " ".join(page.how), re.IGNORECASE)


def test_the_pdf_has_four_to_eight_a4_pages_its_language_and_its_fonts(written):
    language, _, pdf = written
    reader = read_pdf(pdf)
    catalogue = reader.trailer["/Root"]
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])

    assert 4 <= len(reader.pages) <= 8
    assert str(catalogue["/Lang"]).split("-")[0] == language
    assert catalogue["/MarkInfo"]["/Marked"]
    assert (round(width), round(height)) == (595, 842)


def test_every_font_of_the_pdf_is_inside_it(written):
    fonts = [font.get_object() for page in read_pdf(written[2]).pages for font in page["/Resources"].get("/Font", {}).values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts if "/DescendantFonts" in font]

    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in inner)


def test_the_text_of_the_pdf_can_be_read_out(written):
    language, _, pdf = written
    text = "".join(page.extract_text() for page in read_pdf(pdf).pages)

    assert {"de": "Dekarbonisierung", "ja": "熱供給網の脱炭素化"}[language] in text
    assert {"de": "Musterstadt", "ja": "ムスター市"}[language] in text


@needs_report
def test_the_same_answers_give_the_same_pdf(tmp_path):
    first, second = (build(invent_answers(), language="en", out=tmp_path / name)[1] for name in ("a", "b"))

    assert first.read_bytes() == second.read_bytes()


@needs_report
@pytest.mark.parametrize(("answers", "pages"), [(invent_answers, 8), (refuse_answers, 4)])
def test_each_question_keeps_to_its_page(answers, pages, tmp_path):
    pdf = build(answers(), language="da", out=tmp_path)[1]

    assert len(read_pdf(pdf).pages) == pages


class Page(HTMLParser):
    """Collects what a browser would fetch, the language, and the headings of a page."""

    def __init__(self):
        super().__init__()
        self.fetched, self.links, self.levels, self.tags, self.language = [], [], [], [], None

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append(tag)
        self.language = self.language or named.get("lang")
        if tag in {"h1", "h2", "h3"}:
            self.levels.append(int(tag[1]))
        if tag == "a":
            self.links.append(named.get("href"))
        else:
            self.fetched += [named[name] for name in ("src", "href", "xlink:href", "srcset", "data") if named.get(name)]


def read_html(path):
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def test_the_web_page_fetches_nothing_and_needs_no_script(written):
    page = read_html(written[1])

    assert [address for address in page.fetched if not address.startswith("#")] == []
    assert "script" not in page.tags
    assert not re.search(r"url\((?!#)", written[1].read_text(encoding="utf-8"))


def test_the_web_page_says_its_language_and_its_headings_step_down_one_by_one(written):
    page = read_html(written[1])

    assert page.language == written[0]
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))


def test_every_picture_of_the_web_page_has_its_table_and_its_words(written):
    text = written[1].read_text(encoding="utf-8")
    pictures = len(re.findall(r'<div class="picture" role="img" aria-label="[^"]{40,}"', text))

    assert pictures == text.count("<figure>") == text.count("<details>") > 5


def test_names_from_data_cannot_break_the_web_page():
    answers = invent_answers()
    names = {**answers.names, answers.city: {"": 'Muster<script>"&stadt'}}
    from dataclasses import replace

    from citytandem.briefing.write_html import render_html

    page = render_html(compose(replace(answers, names=names), language="en"))

    assert "<script>" not in page
    assert "Muster&lt;script&gt;" in page


def test_without_the_extra_nothing_is_written_and_the_finding_names_it(tmp_path, monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name in {"vl_convert", "typst"}:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(CannotCompute) as refusal:
        build(invent_answers(), language="en", out=tmp_path / "out")

    assert refusal.value.finding.code is Code.EXTRA_MISSING
    assert not (tmp_path / "out").exists()


def test_questions_without_an_answer_share_a_sheet_but_never_more_than_three():
    from citytandem.briefing.write_pdf import begin_sheets

    assert begin_sheets(compose(invent_answers(), language="en")) == [True] * len(QUESTIONS)
    assert begin_sheets(compose(refuse_answers(), language="en")) == [True, True, False, False, True, False, False, True]


def test_the_trend_is_told_with_its_interval_and_its_break():
    pages = {page.key: page for page in compose(invent_answers(), language="en").pages}

    told = [block.text for block in pages["balance"].blocks if isinstance(block, Text)]
    assert len(told) == 1
    assert all(part in told[0] for part in ("-2.1%", "-3.0%", "-1.2%", "2010", "2021", "2017"))


def test_the_page_of_what_is_comparable_draws_the_bridge_to_the_core_and_says_how_to_read_it():
    page = next(page for page in compose(invent_answers(), language="en").pages if page.key == "comparable")
    (drawn,) = (block for block in page.blocks if isinstance(block, Picture))

    assert drawn.chart.key == "bridge"
    assert "source" not in {column.name for column in drawn.printed.columns}
    assert any("90 % intervals" in text for text in page.how)
