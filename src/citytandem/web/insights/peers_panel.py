"""Who is built like this city? The panel in which a reader chooses what counts, and sees peers and strips follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.shortcuts import redirect, render
from django.urls import reverse

from citytandem import verbs
from citytandem.atlas import once_per_atlas
from citytandem.briefing.pages.position import choose_outcomes
from citytandem.charts.chart import name_key
from citytandem.charts.strips import tabulate_peers, tabulate_position
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city, fold, names_in
from citytandem.narration import name_country
from citytandem.readiness import prepare_all
from citytandem.science.benchmark.answer import PER_COUNTRY_MAX
from citytandem.science.benchmark.peers import MOST
from citytandem.tables.results_benchmark import QUESTIONS
from citytandem.web.insights.choices import years_of
from citytandem.web.insights.cities import name_networks
from citytandem.web.insights.peers_choices import HEAVIEST, MIXES, REACHES, SIZES, STEP, WINDOWS, PeerChoices, read_peer_choices
from citytandem.web.insights.strip_picture import draw_quick
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from citytandem.atlas import Atlas
    from citytandem.charts.chart import Twin
    from citytandem.science.benchmark.answer import Benchmark
    from citytandem.words import Speech

DOTS, NAMED = 5, 2
BESIDE = (Code.PEER_CANNOT_BE_ADDED, Code.COUNTRY_LIMIT)
DIRECTIONS = ("more", "less", "other")


@dataclass(frozen=True, slots=True)
class Slider:
    """One structure variable with its weight, and why it matters."""

    key: str
    name: str
    why: str
    value: str
    usual: float


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One peer as it is printed."""

    city: str
    name: str
    country: str
    alike: float
    why: str
    dots: str
    stability: float | None
    is_added: bool
    is_closed: bool
    remove: str


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another choice."""

    address: str
    text: str


@dataclass(frozen=True)
class Panel:
    """Everything the panel shows."""

    city: str
    name: str
    choices: PeerChoices
    address: str
    told: str
    sliders: tuple[Slider, ...]
    unused: str
    rows: tuple[PeerRow, ...]
    removed: tuple[Way, ...]
    findings: tuple[Finding, ...]
    ways: tuple[Way, ...]
    strips: str
    title: str
    twins: tuple[Twin, ...]
    options: Mapping[str, Any]
    year: int | None
    is_refused: bool
    level: str


def show_peers(request: HttpRequest, *, city: str) -> HttpResponse:
    """The panel on a page of its own; only the panel itself where a change of a choice asks for it."""
    atlas = atlas_of(request)
    own = find_city(atlas, city)
    if own != city:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("peers", kwargs={"city": own}) + query)
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        panel = make_panel(request, city=own)
        response = render(request, "insights/peers_answer.html", {"panel": panel})
        response["HX-Push-Url"] = panel.address
        response["Vary"] = "HX-Request, Cookie"
        return response
    return _show_page(request, city=own)


@kept
def _show_page(request: HttpRequest, *, city: str) -> HttpResponse:
    return render(request, "insights/peers.html", {"panel": make_panel(request, city=city), "city": city})


def make_panel(request: HttpRequest, *, city: str, is_beside: bool = False) -> Panel:
    """The panel for the choices of an address.

    Parameters
    ----------
    request
        Whose address is read.
    city
        Id of the city.
    is_beside
        On a page that draws the strips itself; then the panel draws none.

    Raises
    ------
    CannotCompute
        A choice of the address is none.
    """
    atlas, speech = atlas_of(request), current_speech()
    profiles = prepare_all(atlas).profiles
    choices = read_peer_choices(request.GET, atlas=atlas, city=city, profiles=profiles)
    found = ask_peers(atlas, city=city, choices=choices)
    name = call_city(atlas, city, language=speech.language)
    answered = None if isinstance(found, Finding) else found
    unused = answered.peers.unused if answered else ()
    page = reverse("peers", kwargs={"city": city})
    beside = tuple(finding for finding in answered.findings if _is_beside(finding, answered)) if answered else (found,)
    strips, twins = ("", ()) if answered is None or is_beside else _draw(atlas, answered, speech=speech, name=name)
    return Panel(
        city=city,
        name=name,
        choices=choices,
        address=page + choices.to_query(),
        told=_tell(answered, name=name, speech=speech),
        sliders=_list_sliders(choices, profile=profiles[choices.question], unused=unused, speech=speech),
        unused=speech.join(name_key(speech, "variable", key=key) for key in unused) if unused else "",
        rows=_list_peers(atlas, answered, choices=choices, speech=speech, page=page) if answered else (),
        removed=tuple(
            Way(page + choices.to_query(remove=_without(choices.remove, gone)), call_city(atlas, gone, language=speech.language))
            for gone in choices.remove
        ),
        findings=(*choices.trouble, *beside),
        ways=_offer(choices, answered, page=page, speech=speech),
        strips=strips,
        title=speech.sentence("chart.strips.title", city=name),
        twins=twins,
        options=_list_options(atlas, city=city, choices=choices, speech=speech),
        year=answered.year if answered else None,
        is_refused=answered is None,
        level="h3" if is_beside else "h2",
    )


def _without(cities: Sequence[str], gone: str) -> tuple[str, ...]:
    return tuple(city for city in cities if city != gone)


@once_per_atlas(maxsize=512)
def ask_peers(atlas: Atlas, *, city: str, choices: PeerChoices) -> Benchmark | Finding:
    """The benchmark of a city with these choices, or why there is none."""
    asked: dict[str, Any] = {
        "question": choices.question, "countries": choices.countries, "networks": choices.networks, "remove": choices.remove,
        "weights": dict(choices.weights), "window": choices.window, "cutoff": REACHES[choices.reach], "k": choices.k,
        "per_country_max": PER_COUNTRY_MAX if choices.mix == "mixed" else None,
    }  # fmt: skip
    try:
        if choices.held is None:
            return verbs.benchmark(atlas, city=city, year=choices.year, add=choices.add, **asked)
        then = verbs.benchmark(atlas, city=city, year=choices.held, add=choices.add, **asked)
        kept_peers = then.peers.peer["peer"].to_list()
        held = asked | {"cutoff": 0.0, "k": max(SIZES[0], min(len(kept_peers), MOST))}
        return verbs.benchmark(atlas, city=city, year=choices.year, add=kept_peers, **held)
    except CannotCompute as refusal:
        return refusal.finding


def _is_beside(finding: Finding, answered: Benchmark) -> bool:
    return finding.code in BESIDE or finding.facts.get("outcome") == answered.main_outcome


def _tell(answered: Benchmark | None, *, name: str, speech: Speech) -> str:
    if answered is None:
        return speech.sentence("web.peers.none", city=name)
    peers = answered.peers
    return speech.sentence(
        "web.peers.told", city=name, count=peers.peer.height, countries=peers.peer["country"].n_unique(), within=peers.within,
        year=str(answered.year),
    )  # fmt: skip


def _list_sliders(
    choices: PeerChoices, *, profile: Mapping[str, float], unused: Sequence[str], speech: Speech
) -> tuple[Slider, ...]:
    changed = dict(choices.weights)
    return tuple(
        Slider(
            key=key,
            name=name_key(speech, "variable", key=key),
            why=speech.label(f"web.peers.why.{key}"),
            value=f"{changed.get(key, usual):g}",
            usual=usual,
        )
        for key, usual in profile.items()
        if key not in unused and (usual > 0 or key in changed)
    )


def _list_peers(atlas: Atlas, answered: Benchmark, *, choices: PeerChoices, speech: Speech, page: str) -> tuple[PeerRow, ...]:
    peers = answered.peers
    weights = {**prepare_all(atlas).profiles[choices.question], **dict(choices.weights)}
    names = names_in(atlas, peers.peer["peer"].to_list(), language=speech.language)
    reasons = {str(key[0]): part for key, part in peers.reason.partition_by("peer", as_dict=True).items()}
    main = answered.strip.filter(pl.col("outcome").cast(pl.String) == answered.main_outcome)
    status = {peer: str(found) for peer, found in main.select("peer", "status").iter_rows()}
    return tuple(
        PeerRow(
            city=row["peer"],
            name=names.get(row["peer"], row["peer"]),
            country=name_country(row["country"], speech),
            alike=max(0.0, 1 - row["distance"]),
            why=_say_why(reasons[row["peer"]], weights=weights, speech=speech),
            dots=_dot(row["stability"]),
            stability=None if row["added"] else row["stability"],
            is_added=row["added"] and choices.held is None,
            is_closed=status.get(row["peer"]) == "not",
            remove=page + choices.to_query(
                remove=(*choices.remove, row["peer"]), add=tuple(one for one in choices.add if one != row["peer"])
            ),
        )
        for row in peers.peer.iter_rows(named=True)
    )  # fmt: skip


def _dot(share: float) -> str:
    full = round(share * DOTS)
    return "●" * full + "○" * (DOTS - full)


def _say_why(reasons: pl.DataFrame, *, weights: Mapping[str, float], speech: Speech) -> str:
    """In what the peer is alike and in what it differs: the terms that say most, alike in what weighs most."""
    direction = pl.col("direction").cast(pl.String)
    alike = sorted(reasons.filter(direction == "alike")["variable"], key=lambda key: (-weights.get(key, 0.0), key))[:NAMED]
    differs = reasons.filter(direction.is_in(DIRECTIONS)).sort("contribution", "variable", descending=[True, False]).head(NAMED)
    told = [
        speech.sentence(f"briefing.profile.{row['direction']}", variable=name_key(speech, "variable", key=row["variable"]))
        for row in differs.iter_rows(named=True)
    ]
    same = speech.join(name_key(speech, "variable", key=key) for key in alike)
    if alike and told:
        return speech.sentence("web.peers.why_both", alike=same, differs=speech.join(told))
    return (
        speech.sentence("web.peers.why_alike", alike=same)
        if alike
        else speech.sentence("web.peers.why_differs", differs=speech.join(told))
    )


def _draw(atlas: Atlas, answered: Benchmark, *, speech: Speech, name: str) -> tuple[str, tuple[Twin, ...]]:
    outcome = pl.col("outcome").cast(pl.String)
    position, strip = answered.position.with_columns(outcome), answered.strip.with_columns(outcome)
    known = position.filter(pl.col("median").is_not_null() & pl.col("value").is_not_null())
    wanted = choose_outcomes(known["outcome"].to_list(), main=answered.main_outcome)
    if not wanted:
        return "", ()
    order = {key: place for place, key in enumerate(wanted)}
    shown = known.filter(outcome.is_in(wanted)).sort(outcome.replace_strict(order, return_dtype=pl.Int8))
    through = strip.filter(pl.col("status").cast(pl.String) != "not")
    names = names_in(atlas, strip["peer"].unique().to_list(), language=speech.language)
    caption = speech.sentence("chart.strips.title", city=name)
    peers = tabulate_peers(through.filter(outcome.is_in(wanted)), outcomes=wanted, names=names, speech=speech)
    return draw_quick(shown, strip, speech=speech), (tabulate_position(shown, caption=caption, speech=speech), peers)


def _offer(choices: PeerChoices, answered: Benchmark | None, *, page: str, speech: Speech) -> tuple[Way, ...]:
    """What can be done where there are no true peers; and the way back from cities that are none."""
    if choices.reach != "true":
        return (Way(page + choices.to_query(reach="true"), speech.label("web.peers.offer.true")),)
    if answered is not None:
        return ()
    ways = []
    if choices.is_limited:
        ways.append(Way(page + choices.to_query(countries=(), networks=(), remove=()), speech.label("web.peers.offer.limits")))
    if choices.weights:
        ways.append(Way(page + choices.to_query(weights=()), speech.label("web.peers.offer.weights")))
    ways += [
        Way(page + choices.to_query(reach=reach), speech.label(f"web.peers.offer.{reach}")) for reach in ("wider", "elsewhere")
    ]
    return tuple(ways)


def _list_options(atlas: Atlas, *, city: str, choices: PeerChoices, speech: Speech) -> dict[str, Any]:
    """What there is to choose from, with what is chosen."""
    countries = [(key, name_country(key, speech), key in choices.countries) for key in _countries_with_balance(atlas)]
    return {
        "questions": [(key, speech.label(f"question.{key}")) for key in QUESTIONS],
        "years": years_of(atlas, city),
        "countries": sorted(countries, key=lambda one: fold(one[1])),
        "networks": [(key, name, key in choices.networks) for key, name in name_networks(atlas).items()],
        "sizes": SIZES,
        "windows": WINDOWS,
        "mixes": [(key, speech.sentence(f"web.peers.mix.{key}", most=PER_COUNTRY_MAX)) for key in MIXES],
        "reaches": [(key, speech.label(f"web.peers.reach.{key}")) for key in REACHES],
        "heaviest": f"{HEAVIEST:g}",
        "step": f"{STEP:g}",
    }


@once_per_atlas()
def _countries_with_balance(atlas: Atlas) -> list[str]:
    return sorted({str(city)[:2] for city in atlas.balance["city"].unique().to_list()})
