"""Which networks are there, and who is in one? Pages everyone may open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from citytandem.web.insights.networks import describe, list_networks, list_parts, list_sources, members_of, tabulate_members
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.atlas import Atlas
    from citytandem.web.insights.networks import Listed


@kept
def show_networks(request: HttpRequest) -> HttpResponse:
    """Every network in the order of the alphabet."""
    networks = list_networks(atlas_of(request))
    known = sum(one.known > 0 for one in networks)
    return render(request, "insights/networks.html", {"networks": networks, "known": known})


@kept
def show_network(request: HttpRequest, *, network: str) -> HttpResponse:
    """The members of one network, the ties among them, and what is missing."""
    atlas = atlas_of(request)
    found = find_network(atlas, network)
    circle = describe(atlas, members_of(atlas, network), speech=current_speech())
    values: dict[str, Any] = {
        "network": found, "circle": circle, "counts": circle.counts, "sources": list_sources(atlas, network),
        "rows": [(member, None) for member in circle.members], "parts": list_parts(atlas, network),
    }  # fmt: skip
    return render(request, "insights/network.html", values)


@kept
def send_members(request: HttpRequest, *, network: str) -> HttpResponse:
    """The members as a file for a program; above them, in lines with #, where they come from."""
    atlas = atlas_of(request)
    found = find_network(atlas, network)
    rows = tabulate_members(describe(atlas, members_of(atlas, network), speech=current_speech()))
    made = atlas.provenance()
    head = [found.name, *(f"source: {title}, {year}" for title, year in list_sources(atlas, network))]
    head += [f"release: {made.release} sha256 {made.release_sha256}", f"code: citytandem {made.code_version}"]
    text = "".join(f"# {' '.join(line.split())}\n" for line in head) + rows.write_csv(line_terminator="\n")
    return HttpResponse(text, content_type="text/csv; charset=utf-8")


def find_network(atlas: Atlas, network: str) -> Listed:
    """A network by its key.

    Raises
    ------
    Http404
        None has this key.
    """
    for one in list_networks(atlas):
        if one.key == network:
            return one
    raise Http404
