"""The verbs of the command line; each asks one question and shows one answer."""

# Annotations are read at run time by typer, so they are not postponed in this file.

import typer

from citytandem.cli import options as ask
from citytandem.cli.building_commands import buildings
from citytandem.cli.language import SPEECH

app = typer.Typer(
    name="citytandem",
    help=SPEECH.label("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
package = typer.Typer(help=SPEECH.label("cli.help.package"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(package, name="package")
bulk = typer.Typer(help=SPEECH.label("cli.help.bulk"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(bulk, name="bulk")
app.add_typer(buildings, name="buildings")

_help = SPEECH.label


@app.command(help=_help("cli.help.cities"))
def cities(
    text: ask.Text = None,
    country: ask.Countries = None,
    with_balance: ask.WithBalance = False,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_city import show_cities

    show_cities(text, country=country, with_balance=with_balance, as_json=json, data=data)


@app.command(help=_help("cli.help.balance"))
def balance(city: ask.City, year: ask.Year = None, json: ask.Json = False, data: ask.Data = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_balance import show_balance

    show_balance(city, year=year, as_json=json, data=data)


@app.command(help=_help("cli.help.estimate"))
def estimate(
    city: ask.City,
    year: ask.EstimateYear = None,
    context: ask.Context = None,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_estimate import show_estimate

    show_estimate(city, year=year, context=context, as_json=json, data=data)


@app.command(help=_help("cli.help.benchmark"))
def benchmark(
    city: ask.City,
    year: ask.Year = None,
    question: ask.Question = "overall",
    country: ask.Countries = None,
    network: ask.Networks = None,
    add: ask.Add = None,
    remove: ask.Remove = None,
    weight: ask.Weights = None,
    peers: ask.Peers = 12,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_benchmark import Choice, show_benchmark

    choice = Choice(
        question=question,
        countries=country,
        networks=network,
        add=tuple(add or ()),
        remove=tuple(remove or ()),
        weights=tuple(weight or ()),
        k=peers,
    )
    show_benchmark(city, year=year, choice=choice, as_json=json, data=data)


@app.command(help=_help("cli.help.advise"))
def advise(city: ask.City, year: ask.Year = None, json: ask.Json = False, data: ask.Data = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_advice import show_advice

    show_advice(city, year=year, as_json=json, data=data)


@app.command(help=_help("cli.help.partners"))
def partners(city: ask.City, year: ask.Year = None, json: ask.Json = False, data: ask.Data = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_partners import show_partners

    show_partners(city, year=year, as_json=json, data=data)


@app.command(help=_help("cli.help.match"))
def match(
    programme: ask.Programme = None,
    form: ask.MatchForm = "tandem",
    size: ask.ClusterSize = "3-5",
    countries: ask.MatchCountries = "any",
    out: ask.MatchOut = None,
    seed: ask.Seed = 2026,
    draws: ask.Draws = 0,
    without: ask.Without = None,
    move: ask.MoveByHand = None,
    template: ask.Template = None,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_match import Wish, show_match, write_templates

    if template is not None:
        write_templates(template)
        return
    if programme is None:
        raise typer.BadParameter(_help("cli.option.programme"), param_hint="PROGRAMME")
    wish = Wish(form, size, countries, out, seed, draws, tuple(without or ()), move)
    show_match(programme, wish=wish, as_json=json, data=data)


@app.command(help=_help("cli.help.plan"))
def plan(
    files: ask.PlanFiles = None,
    out: ask.PlanOut = None,
    seconds: ask.PlanSeconds = 20.0,
    seed: ask.PlanSeed = 2026,
    absent: ask.PlanAbsent = None,
    start: ask.PlanFrom = None,
    people: ask.PlanPeople = False,
    template: ask.PlanTemplate = None,
    json: ask.Json = False,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_plan import Wish, show_plan, write_example

    if template is not None:
        write_example(template)
        return
    if files is None:
        raise typer.BadParameter(_help("cli.option.plan_files"))
    wish = Wish(out=out, seconds=seconds, seed=seed, absent=tuple(absent or ()), start=start, people=people)
    show_plan(files, wish=wish, as_json=json)


@app.command(help=_help("cli.help.tour"))
def tour(
    place: ask.TourPlace = None,
    out: ask.TourOut = None,
    seed: ask.TourSeed = 2026,
    template: ask.TourTemplate = None,
    json: ask.Json = False,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_tour import show_tour, write_example

    if template is not None:
        write_example(template)
        return
    if place is None:
        raise typer.BadParameter(_help("cli.option.tour_folder"), param_hint="FOLDER")
    show_tour(place, out=out, seed=seed, as_json=json)


@app.command(help=_help("cli.help.bridge"))
def bridge(
    city: ask.City,
    year: ask.BridgeYear = None,
    start: ask.From = None,
    to: ask.To = "core",
    out: ask.BridgeOut = None,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_bridge import show_bridge

    show_bridge(city, year=year, start=start, to=to, out=out, as_json=json, data=data)


@app.command(help=_help("cli.help.analogues"))
def analogues(
    region: ask.RegionName,
    window: ask.Window,
    raw: ask.RegionRaw = None,
    k: ask.HowMany = 5,
    indicators: ask.Traits = None,
    lag: ask.LeastLag = 10,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_analogues import Wish, show_analogues

    show_analogues(region, wish=Wish(window, raw, k, indicators, lag), as_json=json, data=data)


@app.command(help=_help("cli.help.gate"))
def gate(
    cities: ask.GateCities, year: ask.GateYears = None, json: ask.Json = False, data: ask.Data = None, lang: ask.Lang = None
) -> None:
    from citytandem.cli.show_gate import show_gate

    show_gate(cities, years=tuple(year or ()), as_json=json, data=data)


@app.command(help=_help("cli.help.assess"))
def assess(
    framework: ask.FrameworkName = None,
    city: ask.AssessCity = None,
    answers: ask.AssessAnswers = None,
    second: ask.AssessSecond = None,
    outside: ask.AssessOutside = False,
    template: ask.AssessTemplate = None,
    out: ask.AssessOut = None,
    list_: ask.AssessList = False,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli import show_assessment as show

    if list_ or framework is None:
        show.list_frameworks(as_json=json, data=data)
    elif template is not None:
        show.write_template(framework, city=city, folder=template, data=data)
    else:
        wish = show.Wish(framework, city=city, answers=answers, second=second, outside=outside, out=out)
        show.show_assessment(wish, as_json=json, data=data)


@app.command(help=_help("cli.help.reconcile"))
def reconcile(
    city: ask.City,
    published: ask.Published,
    year: ask.BridgeYear = None,
    start: ask.From = None,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_bridge import show_reconciled

    show_reconciled(city, year=year, published=published, start=start, as_json=json, data=data)


@app.command(help=_help("cli.help.bridges"))
def bridges(
    raw: ask.Raw, write: ask.Write = None, pictures: ask.Pictures = None, data: ask.Data = None, lang: ask.Lang = None
) -> None:
    from citytandem.cli.write_bridges import write_bridges

    write_bridges(write, pictures=pictures, raw=raw, data=data)


@app.command(help=_help("cli.help.recount"))
def recount(raw: ask.Raw, write: ask.Write = None, table: ask.Table = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.write_recount import write_recount

    write_recount(write, table=table, raw=raw)


@app.command(help=_help("cli.help.briefing"))
def briefing(
    city: ask.City,
    year: ask.Year = None,
    out: ask.Out = ask.HERE,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.write_briefing import write_briefing

    write_briefing(city, year=year, out=out, as_json=json, data=data)


@app.command(help=_help("cli.help.demo"))
def demo(json: ask.Json = False, data: ask.Data = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_demo import show_demo

    show_demo(as_json=json, data=data)


@app.command(help=_help("cli.help.validate"))
def validate(
    write: ask.Write = None,
    estimates: ask.Estimates = False,
    ties: ask.Ties = False,
    analogues: ask.OfAnalogues = False,
    raw: ask.ValidateRaw = None,
    context: ask.Context = None,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.write_validation import Wish, write_validation

    write_validation(write, wish=Wish(estimates, ties, analogues, raw, context), data=data)


@app.command("import", help=_help("cli.help.import"))
def import_(
    files: ask.Files,
    out: ask.PackageOut = None,
    map: ask.Map = None,  # noqa: A002 the word a person types
    save_map: ask.SaveMap = None,
    answer: ask.Answers = None,
    city: ask.OfCity = None,
    year: ask.OfYear = None,
    draft: ask.Draft = False,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.import_files import Wish, import_files

    wish = Wish(out=out, map=map, save_map=save_map, answers=tuple(answer or ()), city=city, year=year, draft=draft)
    import_files(files, wish=wish, as_json=json, data=data)


@app.command("export", help=_help("cli.help.export"))
def export(
    out: ask.ExportOut,
    city: ask.CityOrNone = None,
    release: ask.WholeRelease = False,
    format: ask.Format = "ecrf",  # noqa: A002 the word a person types
    year: ask.Year = None,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.export_files import Wish, export_files

    export_files(Wish(city=city, year=year, whole=release, form=format, out=out), as_json=json, data=data)


@app.command(help=_help("cli.help.serve"))
def serve(
    host: ask.Host = "127.0.0.1",
    port: ask.Port = 8000,
    demo: ask.Demo = False,
    home: ask.Home = None,
    open_browser: ask.OpenBrowser = True,
    workers: ask.Workers = 2,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.serve import serve as start

    start(host=host, port=port, demo=demo, home=home, open_browser=open_browser, workers=workers)


@app.command(help=_help("cli.help.invite"))
def invite(
    email: ask.Email,
    organisation: ask.Organisation = None,
    address: ask.SiteAddress = "http://localhost:8000",
    home: ask.Home = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.serve import run_in_home

    seat = ["--organisation", organisation] if organisation else ["--operator"]
    run_in_home("invite", email, *seat, "--address", address, home=home)


@app.command(help=_help("cli.help.backup"))
def backup(file: ask.BackupFile, home: ask.Home = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.serve import run_in_home

    run_in_home("backup", str(file), home=home)


@app.command(help=_help("cli.help.restore"))
def restore(file: ask.BackupFile, replace: ask.Replace = False, home: ask.Home = None, lang: ask.Lang = None) -> None:
    from citytandem.cli.serve import run_in_home

    run_in_home("restore", str(file), home=home, replace=replace)


@package.command("build", help=_help("cli.help.package.build"))
def build(raw: ask.Raw, out: ask.Out, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_package import build_package

    build_package(raw, out=out, as_json=json)


@package.command("check", help=_help("cli.help.package.check"))
def check(folder: ask.Folder = None, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_package import check_package

    check_package(folder, as_json=json)


@package.command("info", help=_help("cli.help.package.info"))
def info(folder: ask.Folder = None, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_package import show_package

    show_package(folder, as_json=json)


@bulk.command("compile", help=_help("cli.help.bulk.compile"))
def compile_all(
    activity: ask.Activity,
    factors: ask.Factors,
    out: ask.Out,
    engine: ask.Engine = "native",
    memory: ask.Memory = None,
    keep_cube: ask.KeepCube = False,
    json: ask.Json = False,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_bulk import show_compiled

    show_compiled(activity, factors, out=out, engine=engine, memory_gb=memory, keep_cube=keep_cube, as_json=json)


@bulk.command("reprice", help=_help("cli.help.bulk.reprice"))
def reprice_all(cube: ask.Cube, factors: ask.Factors, out: ask.Out, json: ask.Json = False, lang: ask.Lang = None) -> None:
    from citytandem.cli.show_bulk import show_repriced

    show_repriced(cube, factors, out=out, as_json=json)


@bulk.command("benchmark", help=_help("cli.help.bulk.benchmark"))
def benchmark_all(
    out: ask.Out,
    engine: ask.Engine = "polars",
    memory: ask.Memory = None,
    json: ask.Json = False,
    data: ask.Data = None,
    lang: ask.Lang = None,
) -> None:
    from citytandem.cli.show_bulk import show_benchmarked

    show_benchmarked(data, out=out, engine=engine, memory_gb=memory, as_json=json)
