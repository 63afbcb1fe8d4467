"""What is a network made of: its classes of members, offices and bodies, as it recorded them here?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.gazetteer import fold, names_in
from citytandem.web.networks.models import Body, MemberClass, Office

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.web.accounts.models import Organisation
    from citytandem.words import Language


@dataclass(frozen=True, slots=True)
class Held:
    """An office and its holder as text."""

    office: Office
    holder: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """A body and its cities: id and name."""

    body: Body
    cities: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a network has recorded beside its members."""

    classes: tuple[MemberClass, ...]
    offices: tuple[Held, ...]
    bodies: tuple[Gathered, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing is recorded."""
        return not (self.classes or self.offices or self.bodies)


def list_parts(network: Organisation, *, atlas: Atlas, language: Language) -> Parts:
    """Classes, offices and bodies of a network, each in the order of the alphabet."""
    offices = list(Office.objects.filter(network=network))
    bodies = list(Body.objects.filter(network=network))
    cities = {one.city for one in offices if one.city} | {city for one in bodies for city in one.cities}
    names = {city: city for city in cities} | names_in(atlas, sorted(cities), language=language)
    return Parts(
        classes=tuple(MemberClass.objects.filter(network=network)),
        offices=tuple(Held(one, " · ".join(part for part in (names.get(one.city, ""), one.holder) if part)) for one in offices),
        bodies=tuple(
            Gathered(one, tuple(sorted(((city, names[city]) for city in one.cities), key=lambda pair: fold(pair[1]))))
            for one in bodies
        ),
    )
