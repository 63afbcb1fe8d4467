"""Nobody is ever ranked: not in a table, a key, an option, a word on a page, or the order of a list."""

import ast
import re

import polars as pl
import pytest
from typer.main import get_command

from citytandem.cli.app import app
from citytandem.words import LANGUAGES, Speech
from citytandem.words.labels import LABELS
from citytandem.words.sentences import SENTENCES
from tests.walls.code import ROOT, SOURCE, parsed

# Parts of names in code: columns, keys, fields, arguments
NAMES = re.compile(
    r"(?:^|_)(?:rank(?:s|ed|ing)?|league|leaderboard|place_no|place_number|percentile_of_cities|best_city|worst_city|"
    r"winners?|losers?|total_score|score_total|overall_score|city_score)(?:_|$)"
)
# Words a person reads
WORDS = {
    "en": r"\brank(?:s|ed|ings?)?\b|\bleague tables?\b|\bleader ?boards?\b|\b(?:best|worst) city\b|\b(?:first|last) place\b",
    "de": r"\brang(?:liste|folge|ordnung|platz)?\b|\bränge\b|\bplatzierung|\bspitzenreiter\b|\bschlusslicht\b|\bplatz \d",
    "ja": r"順位|ランキング|番付|首位|最下位|第\s?\d+\s?位",
    "zh-Hans": r"排名|名次|排行|倒数第|第\s?\d+\s?名",
    "da": r"\brang(?:liste|ering|orden)?\b|\bplacering(?:er|en)?\b|\bførsteplads\b|\btopplacering\b|\bplads nummer\b",
}
# A sentence that says there is no rank may use the word; so may the title of a source. Each with its reason.
SAID_WITH_REASON: dict[str, str] = {
    "Cities are never put in an order of merit. Colours tell sectors or uncertainty apart, nothing else.": (
        "says that nobody is ranked"
    ),
}
# Columns that judge a city; a list of cities must not be sorted by them
JUDGEMENTS = re.compile(
    r"(?:^|_)(?:emissions?|per_head|value|points?|score|verdict|gain|grade|expected|slope|levels?|coverage|kappa)(?:_|$)"
)
WHERE_CITIES_ARE_LISTED = (
    "src/citytandem/verbs", "src/citytandem/cli", "src/citytandem/briefing", "src/citytandem/atlas", "src/citytandem/assessments",
    "src/citytandem/science/assessment", "src/citytandem/charts/assessment",
)  # fmt: skip
# Sorts of things that are no cities: sectors of one balance, factors of one change. Each with its reason.
SORTED_WITH_REASON: dict[str, str] = {
    "src/citytandem/science/assessment/framework.py:"
    "(own if own.height else self.level.filter(pl.col('criterion') == WHOLE)).sort('level')": "the levels of one criterion",
    "src/citytandem/science/assessment/framework.py:own['level'].sort('criterion', 'level')": "the levels of one framework",
}


def test_no_name_in_the_code_ranks():
    ranking = {f"{path}: {name}" for path, tree in parsed("src").items() for name in _names(tree) if NAMES.search(name.lower())}

    assert sorted(ranking) == []


def test_no_column_of_a_shipped_table_ranks():
    tables = [*SOURCE.rglob("*.parquet"), *SOURCE.rglob("*.csv")]
    ranking = [
        f"{file.name}: {name}"
        for file in tables
        for name in (pl.scan_parquet(file) if file.suffix == ".parquet" else pl.scan_csv(file)).collect_schema().names()
        if NAMES.search(name.lower())
    ]

    assert ranking == []


def test_no_option_of_the_command_line_ranks():
    options = {name.lstrip("-").replace("-", "_") for command in _commands(get_command(app)) for name in _words_of(command)}

    assert options
    assert sorted(name for name in options if NAMES.search(name)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_a_person_reads_ranks(language, translated):
    ranking = re.compile(WORDS[language], re.IGNORECASE)
    allowed = {Speech(language).translate(message) for message in SAID_WITH_REASON}
    said = [message for message in translated(language) if ranking.search(message) and message not in allowed]

    assert said == []


def test_no_page_template_ranks():
    pages = [file for kind in ("typ", "html", "js", "css") for file in SOURCE.rglob(f"*.{kind}")]
    ranking = re.compile("|".join(WORDS.values()), re.IGNORECASE)

    assert [str(file.relative_to(ROOT)) for file in pages if ranking.search(file.read_text(encoding="utf-8"))] == []


def test_no_list_of_cities_is_sorted_by_a_judgement():
    judged = [
        f"{path}:{call.lineno}"
        for path, tree in parsed("src").items()
        if path.startswith(WHERE_CITIES_ARE_LISTED)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _sorts_by_judgement(call) and f"{path}:{ast.unparse(call)}" not in SORTED_WITH_REASON
    ]

    assert judged == []


def test_the_wall_itself_would_notice():
    assert NAMES.search("national_rank")
    assert NAMES.search("league_table")
    assert not NAMES.search("frank_source")
    assert not NAMES.search("order")
    assert re.search(WORDS["de"], "auf Platz 3", re.IGNORECASE)
    assert re.search(WORDS["ja"], "全国第3位")
    assert not re.search(WORDS["de"], "Rangierbahnhof", re.IGNORECASE)
    assert _sorts_by_judgement(ast.parse('frame.sort("per_head_t")', mode="eval").body)
    assert not _sorts_by_judgement(ast.parse('frame.sort("distance", "peer")', mode="eval").body)


@pytest.fixture
def translated():
    from citytandem.words.speech import Speech

    def read(language):
        speech = Speech(language)
        return [speech.translate(message) for message in (*SENTENCES.values(), *LABELS.values())]

    return read


def _names(tree):
    """Names of columns, fields, arguments, functions, and the keys and columns written as text."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)) if re.fullmatch(r"[A-Za-z_]\w*", name):
                yield name


def _commands(command):
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from _commands(inner)


def _words_of(command):
    yield command.name or ""
    for parameter in command.params:
        yield from parameter.opts
        yield from getattr(getattr(parameter, "type", None), "choices", ())


def _sorts_by_judgement(call):
    if not (isinstance(call.func, ast.Attribute) and call.func.attr in {"sort", "sort_by", "top_k", "bottom_k"}):
        return False
    texts = [node.value for node in ast.walk(call) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return any(JUDGEMENTS.search(text) for text in texts if text not in {"ordinal", "dense"})
