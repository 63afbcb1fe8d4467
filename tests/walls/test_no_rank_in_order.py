"""Nothing that is judged decides an order: not of a table, a query, a picture, a page, or an answer for programs."""

import ast
import importlib
import pkgutil
import re

import dataframely as dy
import pytest
from django.apps import apps

import citytandem as ct
from citytandem import buildings, tables, transition
from tests.walls.code import SOURCE, parsed
from tests.walls.test_no_rank import NAMES

# What a city, a region or a building is judged by: its figures, its levels, how far it is
JUDGEMENTS = re.compile(
    r"(?:^|_)(?:emissions?|per_head|value|points?|score|verdict|gain|grade|expected|slope|levels?|coverage|kappa|outcomes?|gap|fit|"
    r"stability|of_peak|savings?|progress|stages?|measured|designed|demand|met|passed|share|percent|rating)(?:_|$)"
)
# Whatever lists cities, regions, buildings, pilots or people's judgements of them
ROOMS = (
    "src/citytandem/transition", "src/citytandem/buildings", "src/citytandem/assessments", "src/citytandem/verbs",
    "src/citytandem/replies", "src/citytandem/science/transition", "src/citytandem/science/buildings",
    "src/citytandem/science/assessment", "src/citytandem/sources/region", "src/citytandem/sources/building",
    "src/citytandem/charts", "src/citytandem/cli", "src/citytandem/briefing", "src/citytandem/sinks", "src/citytandem/web",
)  # fmt: skip
SORTING = {"sort", "sort_by", "order_by", "top_k", "bottom_k", "nlargest", "nsmallest", "sorted", "dictsort"}
# Orders by a figure that put nobody above anybody. Each with its reason.
ORDERED_WITH_REASON = {
    "src/citytandem/charts/flows.py: value": "carriers and sectors of one city, so that bands do not cross",
    "src/citytandem/science/assessment/framework.py: level": "the levels of a criterion, from 0 to 4",
    "src/citytandem/science/transition/analogues.py: fit": "likeness: whose past is nearest to the one asked about",
    "src/citytandem/science/transition/analogues.py: gap": "likeness: whose way since the peak is nearest",
    "src/citytandem/science/transition/trajectories.py: value": "the years of one region, to find its own peak",
    "src/citytandem/web/agreements/chain.py: stage": "items of one measure in one city and year",
    "src/citytandem/web/api/cities.py: value": "codes of one city",
    "src/citytandem/web/assessments/result_view.py: outcome": "conditions of one city, those to talk about first",
    "src/citytandem/web/insights/sections/lines.py: grade": "grades of the data of one balance",
    "src/citytandem/web/insights/sections/profile.py: value": "codes of one city",
    "src/citytandem/web/programmes/acquaintances.py: score": "pairs of people to be introduced, by what both would learn",
    "src/citytandem/web/regions/sections/paths.py: of_peak": "the years of one region, to find its own peak",
}
KEPT_WITH_REASON = {
    "SeatRule: share": "which seats of an event are kept for whom; no people",
    "SeatRule: value": "the same",
}


def test_every_table_of_the_house_is_without_a_place():
    found = [
        f"{name}.{column}" for name, schema in _schemas().items() for column in schema.column_names() if NAMES.search(column)
    ]

    assert {"RegionSeries", "Analogue", "ScoredCategory", "SubjectOutcome", "Building", "HeldLimit"} <= set(_schemas())
    assert found == []


def test_no_record_of_the_site_holds_a_place():
    fields = [f"{model.__name__}.{field.name}" for model in _models() for field in model._meta.get_fields()]

    assert len(fields) > 100
    assert [one for one in fields if NAMES.search(one.partition(".")[2])] == []


def test_no_record_of_the_site_is_kept_in_an_order_by_a_judgement():
    ordered = [f"{model.__name__}: {str(name).lstrip('-')}" for model in _models() for name in model._meta.ordering]
    judged = [one for one in ordered if JUDGEMENTS.search(one.partition(": ")[2])]

    assert len(ordered) > 100
    assert sorted(set(judged) - set(KEPT_WITH_REASON)) == []


def test_no_list_is_put_in_an_order_by_a_judgement():
    judged = {f"{path}: {word}": line for path, line, word in _orders_in("src") if path.startswith(ROOMS)}

    assert {place: line for place, line in judged.items() if place not in ORDERED_WITH_REASON} == {}


def test_every_reason_is_still_needed():
    assert sorted(set(ORDERED_WITH_REASON) - {f"{path}: {word}" for path, _, word in _orders_in("src")}) == []


def test_no_template_puts_a_list_in_an_order():
    pages = {file: file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.html")}

    assert len(pages) > 100
    assert [file.name for file, text in pages.items() if re.search(r"\|\s*dictsort", text)] == []


def test_no_script_of_the_site_sorts_a_table():
    own = [file for file in SOURCE.rglob("static/*.js") if "htmx" not in file.name]

    assert own
    assert [file.name for file in own if re.search(r"\.sort\(|toSorted\(", file.read_text(encoding="utf-8"))] == []


def test_no_page_can_be_asked_for_another_order():
    """A parameter of a page that says by what to sort would let anybody make the list we do not make."""
    asked = {f"{path}: {name}" for path, tree in parsed("src/citytandem/web").items() for name in _parameters(tree)}

    assert asked
    assert sorted(one for one in asked if re.search(r": (?:sort|order|order_by|sort_by|by|top|direction)$", one)) == []


def test_regions_are_named_by_likeness_and_never_by_a_figure():
    found = ct.analogues(ct.load(), region="Shanxi", window="2000-2022")
    listed = transition.read_regions().tables["region"]

    assert found.analogues["fit"].is_sorted()
    assert found.nearest["fit"].is_sorted()
    assert listed["region"].n_unique() == listed.height


def test_buildings_are_named_by_the_alphabet_whatever_they_use():
    listed = buildings.list_buildings().buildings["name"].to_list()

    assert len(listed) >= 12
    assert listed == sorted(listed)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('frame.sort("level")', 1),
        ('frame.sort("name", pl.col("per_head_t"))', 1),
        ('rows.order_by("-level", "pk")', 1),
        ('sorted(rows, key=lambda row: row["value"])', 1),
        ("sorted(rows, key=lambda one: (-one.level_high, one.name))", 1),
        ('sorted(rows, key=itemgetter("score"))', 1),
        ("rows.sort(key=lambda one: one.coverage)", 1),
        ('frame.filter(pl.col("level") > 2).sort("name")', 0),
        ('rows.order_by("name", "pk")', 0),
        ("sorted(rows, key=lambda one: one.name.casefold())", 0),
    ],
)
def test_the_wall_itself_would_notice(line, count):
    assert len(list(_orders(ast.parse(line)))) == count
    assert not list(_orders(ast.parse("rows.filter(level__gt=2)")))


def _schemas():
    modules = [importlib.import_module(f"{tables.__name__}.{one.name}") for one in pkgutil.iter_modules(tables.__path__)]
    return {
        name: schema
        for module in modules
        for name, schema in vars(module).items()
        if isinstance(schema, type) and issubclass(schema, dy.Schema) and schema is not dy.Schema
    }


def _models():
    return [model for model in apps.get_models() if model.__module__.startswith("citytandem.")]


def _orders_in(folder):
    for path, tree in parsed(folder).items():
        for call, word in _orders(tree):
            yield path, call.lineno, word


def _orders(tree):
    """Every call that puts something in an order, with the word that judges; what it is called on does not count."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SORTING:
            continue
        given = [*(node.args[1:] if name == "sorted" else node.args), *(one.value for one in node.keywords if one.arg in BY)]
        words = {word.lstrip("-") for one in given for word in _words(one)}
        yield from ((node, word) for word in sorted(words) if JUDGEMENTS.search(word))


BY = {"key", "by", "more_by"}


def _words(node):
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
        elif isinstance(inner, ast.Attribute):
            yield inner.attr


def _parameters(tree):
    """Names read from the address of a page: request.GET["x"], request.GET.get("x"), and so on."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="GET")), args=[ast.Constant(value=str(name)), *_]):
                yield name
            case ast.Subscript(value=ast.Attribute(attr="GET"), slice=ast.Constant(value=str(name))):
                yield name
