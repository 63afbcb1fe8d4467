"""Writes the reference pages from the code, so that they cannot say anything else than the code does."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dataframely as dy
import polars as pl
from typer.main import get_command

import citytandem.tables
from citytandem.cli.app import app
from citytandem.findings import Code
from citytandem.sources.conservation import crosswalks, prove
from citytandem.sources.facts import load_facts
from citytandem.tables import RELEASE
from citytandem.tables.facts import FACTS
from citytandem.tables.method import CHOICES
from citytandem.words import LANGUAGES, SENTENCES, Speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER = Path(__file__).parent / "reference" / "generated"
SOURCE = Path(citytandem.tables.__file__).parent.parent
LONGEST_CHOICE = 12


def write_reference() -> None:
    """Write every page anew; a page that would not change is left as it is."""
    pages = {
        "release-tables": "\n".join(release_tables()),
        "fact-tables": "\n".join(fact_tables()),
        "result-tables": "\n".join(result_tables()),
        "codes": "\n".join(codes()),
        "command-line": "\n".join(command_line()),
        "measures": "\n".join(measures()),
        "methods": "\n".join(methods()),
        "crosswalks": "\n".join(crosswalk_pages()),
        "python": "\n".join(python()),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        file = FOLDER / f"{name}.md"
        if not file.exists() or file.read_text(encoding="utf-8") != text + "\n":
            file.write_text(text + "\n", encoding="utf-8")


def release_tables() -> Iterator[str]:
    """The tables of a release, one Parquet file each."""
    yield "# Tables of a release\n\nEach is one Parquet file of a release; `datapackage.json` beside them holds their hashes.\n"
    for name, schema in RELEASE.items():
        yield from describe_schema(schema, title=f"{name}.parquet")


def fact_tables() -> Iterator[str]:
    """The tables of reference facts, one CSV file each."""
    yield "# Tables of facts\n\nReference facts that travel with the code. S is read in its source, K recalled, P our proposal.\n"
    for name, schema in FACTS.items():
        yield from describe_schema(schema, title=f"facts/{name}.csv")


def result_tables() -> Iterator[str]:
    """The tables in which answers are given."""
    yield "# Tables of results\n\nEvery answer is made of these tables, in Python, on the command line and in JSON.\n"
    for schema in _result_schemas():
        yield from describe_schema(schema, title=schema.__name__)


def describe_schema(schema: type[dy.Schema], *, title: str) -> Iterator[str]:
    """One table: what a row is, then each column with type, unit, range and meaning."""
    keys = set(schema.primary_key())
    rows = [
        (f"`{name}`{' (key)' if name in keys else ''}", _type(column), _unit(column), _range(column), column.description or "")
        for name, column in schema.columns().items()
    ]
    yield f"## {title}\n"
    yield f"{inspect.cleandoc(schema.__doc__ or '')}\n"
    yield from _table(("column", "type", "unit", "may be", "meaning"), rows)


def codes() -> Iterator[str]:
    """Every finding, with its sentence in each language."""
    yield "# Codes and their sentences\n\nA program reads the code and the facts, a person the sentence.\n"
    for code in sorted(Code):
        yield f"## {code}\n"
        yield from _table(("language", "sentence"), [(tag, Speech(tag).translate(SENTENCES[code])) for tag in LANGUAGES])


def command_line() -> Iterator[str]:
    """Every command with its words and switches."""
    yield "# Command line\n"
    for words, command in _commands(get_command(app), words=("citytandem",)):
        yield f"## {' '.join(words)}\n\n{command.help or ''}\n"
        given = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if given:
            yield from _table(("word", "meaning", "if not given"), given)


def measures() -> Iterator[str]:
    """The catalogue of measures with its titles."""
    facts = load_facts()
    titles = facts.measure_title.pivot("language", index="measure", values=_title_column(facts.measure_title))
    joined = facts.measure.select("measure", "field", "role", "mode").join(titles, on="measure", how="left").sort("measure")
    spoken = [tag for tag in LANGUAGES if tag in joined.columns]
    yield f"# Measures\n\n{joined.height} measures. The evidence behind each is in the [tables of facts](fact-tables.md).\n"
    for (field,), rows in joined.group_by("field", maintain_order=True):
        yield f"## {field}\n"
        yield from _table(("id", "role", "mode", *spoken), rows.select("measure", "role", "mode", *spoken).iter_rows())


def methods() -> Iterator[str]:
    """The balance methods, described as data."""
    yield "# Methods of balances\n"
    yield from compared_methods()
    for name, method in load_facts().methods.items():
        yield f"## {name}\n"
        values = {
            field: getattr(method, field) for field in method.__dataclass_fields__ if field not in {"method", "sources", "notes"}
        }
        yield from _table(("field", "value"), [(field, _plain(value)) for field, value in values.items()])
        yield from (f"* {note}" for note in method.notes)
        yield ""


def compared_methods() -> Iterator[str]:
    """All methods side by side, each statement with its mark."""
    yield "## All methods compared\n"
    yield "Behind each answer: S read in its source, K recalled, P our proposal. Two methods differ wherever a column differs.\n"
    fields = (*CHOICES, "scopes", "gases")
    rows = []
    for name, method in load_facts().methods.items():
        cells = [_plain(getattr(method, field)) or "unknown" for field in fields]
        marks = [method.mark_of(field) for field in fields]
        told = [f"{cell} ({mark})" if mark and cell != "unknown" else cell for cell, mark in zip(cells, marks, strict=True)]
        rows.append((f"[{name}](#{name.replace('_', '-')})", method.country, *told))
    yield from _table(("method", "country", *fields), rows)


def crosswalk_pages() -> Iterator[str]:
    """Every crosswalk, with the proof that it loses nothing and counts nothing twice."""
    yield "# Crosswalks\n"
    yield (
        "What the categories of others are called with us. Each crosswalk is proved when this page is written: every category is "
        "given a figure of its own, all are carried over, and the sums must hold each figure once.\n"
    )
    for crosswalk in crosswalks():
        proof = prove(crosswalk)
        kept = "nothing is lost, nothing is counted twice" if proof.conserved else "NOT CONSERVED"
        yield f"## {crosswalk.name}\n"
        yield f"{proof.categories} categories lead to {len(proof.by_word)} {crosswalk.kind}s of ours; {kept}.\n"
        rows = [(f"`{word}`", ", ".join(categories)) for word, categories in proof.by_word.items()]
        yield from _table((f"our {crosswalk.kind}", "their categories"), rows)


def python() -> Iterator[str]:
    """What science answers: each public function with its own words."""
    yield "# Python\n\nThe functions of science: frames in, frames and findings out. Nothing here reads a file or a clock.\n"
    for file in sorted((SOURCE / "science").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        told = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")]
        told = [node for node in told if ast.get_docstring(node)]
        if not told or "compiled" in file.parts:
            continue
        module = ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        yield f"## {module}\n\n{ast.get_docstring(tree) or ''}\n"
        for node in told:
            signature = f"({ast.unparse(node.args)})" if isinstance(node, ast.FunctionDef) else ""
            yield f"### {module.rsplit('.', 1)[-1]}.{node.name}\n"
            yield f"```text\n{node.name}{signature}\n\n{ast.get_docstring(node)}\n```\n"


def _result_schemas() -> list[type[dy.Schema]]:
    found: list[type[dy.Schema]] = []
    for module in pkgutil.iter_modules(citytandem.tables.__path__):
        if module.name.startswith("results"):
            members = vars(importlib.import_module(f"citytandem.tables.{module.name}")).values()
            found += [
                value for value in members if inspect.isclass(value) and issubclass(value, dy.Schema) and value is not dy.Schema
            ]
    return sorted(set(found), key=lambda schema: schema.__name__)


def _commands(command: Any, *, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, words=(*words, name))


def _parameter(parameter: Any) -> tuple[str, str, str]:
    is_option = any(word.startswith("-") for word in parameter.opts)
    word = ", ".join(parameter.opts) if is_option else parameter.name.upper()
    default = "" if parameter.default in (None, False, ()) or callable(parameter.default) else str(parameter.default)
    return f"`{word}`", getattr(parameter, "help", None) or "", default


def _title_column(titles: pl.DataFrame) -> str:
    return next(name for name in ("title", "text", "words") if name in titles.columns)


def _type(column: Any) -> str:
    name = type(column).__name__
    optional = " or unknown" if column.nullable else ""
    return f"{name.lower().rstrip('0123456789') if name != 'Enum' else 'one of'}{optional}"


def _unit(column: Any) -> str:
    return str((column.metadata or {}).get("unit", ""))


def _range(column: Any) -> str:
    if isinstance(column, dy.Enum):
        choices = [f"`{choice}`" for choice in column.categories]
        return ", ".join(choices[:LONGEST_CHOICE]) + (
            f" and {len(choices) - LONGEST_CHOICE} more" if len(choices) > LONGEST_CHOICE else ""
        )
    low, high = getattr(column, "min", None), getattr(column, "max", None)
    return "" if low is None and high is None else f"{_number(low)} to {_number(high)}"


def _number(value: Any) -> str:
    return "…" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    write_reference()
