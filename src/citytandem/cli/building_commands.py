"""The verbs about pilot buildings: list, show, check, compare."""

# Annotations are read at run time by typer, so they are not postponed in this file.

from pathlib import Path
from typing import Annotated

import typer

from citytandem.cli import options as ask
from citytandem.cli.language import SPEECH

_say = SPEECH.label

buildings = typer.Typer(help=_say("cli.help.buildings"), no_args_is_help=True, rich_markup_mode=None)

Key = Annotated[str, typer.Argument(help=_say("cli.option.building"), metavar="ID")]
Files = Annotated[list[Path] | None, typer.Argument(help=_say("cli.option.building_files"), metavar="FILE")]
Template = Annotated[Path | None, typer.Option("--template", help=_say("cli.option.building_template"))]
Meters = Annotated[Path | None, typer.Option("--meters", help=_say("cli.option.building_meters"))]
Weather = Annotated[Path | None, typer.Option("--weather", help=_say("cli.option.building_weather"))]
Records = Annotated[Path | None, typer.Option("--records", help=_say("cli.option.building_records"))]
Picture = Annotated[Path | None, typer.Option("--out", help=_say("cli.option.building_out"))]
Zone = Annotated[str | None, typer.Option("--zone", help=_say("cli.option.building_zone"))]
Use = Annotated[str | None, typer.Option("--use", help=_say("cli.option.building_use"))]


@buildings.command("list", help=_say("cli.help.buildings.list"))
def list_(zone: Zone = None, use: Use = None, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_buildings import show_list

    show_list(zone=zone, use=use, as_json=json)


@buildings.command("show", help=_say("cli.help.buildings.show"))
def show(building: Key, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_buildings import show_one

    show_one(building, as_json=json)


@buildings.command("check", help=_say("cli.help.buildings.check"))
def check(files: Files = None, template: Template = None, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_buildings import show_checked, write_template

    if template is not None:
        write_template(template)
        return
    if not files:
        raise typer.BadParameter(_say("cli.option.building_files"), param_hint="FILE")
    show_checked(files, as_json=json)


@buildings.command("compare", help=_say("cli.help.buildings.compare"))
def compare(
    building: Key,
    meters: Meters = None,
    weather: Weather = None,
    records: Records = None,
    out: Picture = None,
    json: ask.Json = False,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_buildings import show_compared

    show_compared(building, places=(meters, weather, records), out=out, as_json=json)
