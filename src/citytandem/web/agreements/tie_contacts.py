"""What tandems add to the ties of two cities: meetings held and planned, and measures begun."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.web.agreements.access import AGREED
from citytandem.web.agreements.chain import find_meetings
from citytandem.web.agreements.models import Transfer
from citytandem.web.networks.contacts import Contact, Sort
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.programmes.models import Tandem
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citytandem.web.networks.contacts import Pairs


def list_contacts(pairs: Pairs) -> list[Contact]:
    """Meetings and transfers of every tandem in which both cities of a pair take part."""
    cities = {city for pair in pairs for city in pair}
    found = Tandem.objects.filter(state__in=AGREED, sides__organisation__city__in=cities).distinct()
    return [contact for tandem in found for pair in _pairs_of(tandem) if pair in pairs for contact in _tell(tandem, pair)]


def _pairs_of(tandem: Tandem) -> list[tuple[str, str]]:
    cities = tandem.sides.exclude(organisation__city="").values_list("organisation__city", flat=True)
    return list(combinations(sorted(set(cities)), 2))


def _tell(tandem: Tandem, pair: tuple[str, str]) -> Iterator[Contact]:
    city, other = pair
    url = reverse("public_outcome", args=[tandem.pk])
    for meeting in find_meetings(tandem, today=timezone.now().date()):
        sort = Sort.HELD if meeting.is_held else Sort.PLANNED
        yield Contact(city=city, other=other, day=meeting.day, sort=sort, title=meeting.title, url=url)
    titles = title_measures(current_speech().language)
    for one in Transfer.objects.filter(tandem=tandem, organisation__city__in=pair):
        title = titles.get(one.measure, one.measure)
        yield Contact(city=city, other=other, day=one.begun, sort=Sort.TRANSFER, title=title, url=url)


CONTACTS = [list_contacts]
