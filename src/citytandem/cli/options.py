"""The options the verbs share, described in the person's language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citytandem.cli.language import SPEECH

_say = SPEECH.label

City = Annotated[str, typer.Argument(help=_say("cli.option.city"))]
Year = Annotated[int | None, typer.Option("--year", help=_say("cli.option.year"))]
Json = Annotated[bool, typer.Option("--json", help=_say("cli.option.json"))]
Data = Annotated[Path | None, typer.Option("--data", help=_say("cli.option.data"))]
Lang = Annotated[str | None, typer.Option("--lang", help=_say("cli.option.lang"))]
Out = Annotated[Path, typer.Option("--out", help=_say("cli.option.out"))]
Question = Annotated[str, typer.Option("--question", help=_say("cli.option.question"))]
Countries = Annotated[list[str] | None, typer.Option("--country", help=_say("cli.option.country"))]
Networks = Annotated[list[str] | None, typer.Option("--network", help=_say("cli.option.network"))]
Add = Annotated[list[str] | None, typer.Option("--add", help=_say("cli.option.add"))]
Remove = Annotated[list[str] | None, typer.Option("--remove", help=_say("cli.option.remove"))]
Weights = Annotated[list[str] | None, typer.Option("--weight", help=_say("cli.option.weight"))]
Peers = Annotated[int, typer.Option("-k", "--peers", min=8, max=15, help=_say("cli.option.k"))]
Text = Annotated[str | None, typer.Argument(help=_say("cli.option.text"))]
WithBalance = Annotated[bool, typer.Option("--with-balance", help=_say("cli.option.with_balance"))]
Raw = Annotated[Path, typer.Option("--raw", help=_say("cli.option.raw"))]
Folder = Annotated[Path | None, typer.Argument(help=_say("cli.option.folder"))]
Write = Annotated[Path | None, typer.Option("--write", help=_say("cli.option.write"))]
Table = Annotated[Path | None, typer.Option("--table", help=_say("cli.option.table"))]
Files = Annotated[list[Path], typer.Argument(help=_say("cli.option.files"))]
PackageOut = Annotated[Path | None, typer.Option("--out", help=_say("cli.option.package_out"))]
Map = Annotated[Path | None, typer.Option("--map", help=_say("cli.option.map"))]
SaveMap = Annotated[Path | None, typer.Option("--save-map", help=_say("cli.option.save_map"))]
Answers = Annotated[list[str] | None, typer.Option("--answer", help=_say("cli.option.answer"))]
OfCity = Annotated[str | None, typer.Option("--city", help=_say("cli.option.of_city"))]
OfYear = Annotated[int | None, typer.Option("--year", min=1700, max=2100, help=_say("cli.option.of_year"))]
CityOrNone = Annotated[str | None, typer.Argument(help=_say("cli.option.city"))]
WholeRelease = Annotated[bool, typer.Option("--release", help=_say("cli.option.whole_release"))]
Format = Annotated[str, typer.Option("--format", help=_say("cli.option.export_format"))]
ExportOut = Annotated[Path, typer.Option("--out", help=_say("cli.option.export_out"))]
Draft = Annotated[bool, typer.Option("--draft", help=_say("cli.option.draft"))]
Activity = Annotated[str, typer.Argument(help=_say("cli.option.activity"))]
Factors = Annotated[str, typer.Argument(help=_say("cli.option.factors"))]
Cube = Annotated[str, typer.Argument(help=_say("cli.option.cube"))]
Engine = Annotated[str, typer.Option("--engine", help=_say("cli.option.engine"))]
Memory = Annotated[float | None, typer.Option("--memory", min=0.1, help=_say("cli.option.memory"))]
KeepCube = Annotated[bool, typer.Option("--keep-cube", help=_say("cli.option.keep_cube"))]

BridgeOut = Annotated[Path | None, typer.Option("--out", help=_say("cli.option.bridge_out"))]
Pictures = Annotated[Path | None, typer.Option("--pictures", help=_say("cli.option.pictures"))]
GateCities = Annotated[list[str], typer.Argument(help=_say("cli.option.gate_cities"), metavar="CITY...")]
GateYears = Annotated[list[int] | None, typer.Option("--year", help=_say("cli.option.gate_years"))]
BridgeYear = Annotated[int | None, typer.Argument(help=_say("cli.option.bridge_year"))]
From = Annotated[str | None, typer.Option("--from", help=_say("cli.option.from"))]
To = Annotated[str, typer.Option("--to", help=_say("cli.option.to"))]
Published = Annotated[float, typer.Option("--published", help=_say("cli.option.published"))]
EstimateYear = Annotated[int | None, typer.Option("--year", help=_say("cli.option.estimate_year"))]
Context = Annotated[Path | None, typer.Option("--context", envvar="CITYTANDEM_CONTEXT", help=_say("cli.option.context"))]
Estimates = Annotated[bool, typer.Option("--estimates", help=_say("cli.option.estimates"))]

Programme = Annotated[Path | None, typer.Argument(help=_say("cli.option.programme"))]
MatchForm = Annotated[str, typer.Option("--form", help=_say("cli.option.form"))]
ClusterSize = Annotated[str, typer.Option("--size", help=_say("cli.option.size"))]
MatchCountries = Annotated[str, typer.Option("--countries", help=_say("cli.option.countries"))]
MatchOut = Annotated[Path | None, typer.Option("--out", help=_say("cli.option.match_out"))]
Seed = Annotated[int, typer.Option("--seed", min=0, help=_say("cli.option.seed"))]
Draws = Annotated[int, typer.Option("--draws", min=0, max=1000, help=_say("cli.option.draws"))]
Without = Annotated[list[str] | None, typer.Option("--without", help=_say("cli.option.without"))]
MoveByHand = Annotated[str | None, typer.Option("--move", help=_say("cli.option.move"))]
Template = Annotated[Path | None, typer.Option("--template", help=_say("cli.option.template"))]
Ties = Annotated[bool, typer.Option("--ties", help=_say("cli.option.ties"))]

HERE = Path()
Host = Annotated[str, typer.Option("--host", help=_say("cli.option.host"))]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help=_say("cli.option.port"))]
Demo = Annotated[bool, typer.Option("--demo", help=_say("cli.option.demo"))]
Home = Annotated[Path | None, typer.Option("--home", help=_say("cli.option.home"))]
OpenBrowser = Annotated[bool, typer.Option("--open/--no-open", help=_say("cli.option.open"))]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help=_say("cli.option.workers"))]
BackupFile = Annotated[Path, typer.Argument(help=_say("cli.option.backup_file"))]
Replace = Annotated[bool, typer.Option("--replace", help=_say("cli.option.replace"))]
Email = Annotated[str, typer.Argument(help=_say("cli.option.email"))]
Organisation = Annotated[str | None, typer.Option("--organisation", help=_say("cli.option.organisation"))]
SiteAddress = Annotated[str, typer.Option("--address", help=_say("cli.option.address"))]
