"""Atlas: the tables of one release and the facts, loaded once and read together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial, wraps
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from citytandem.tables import OVER_RELEASE, RELEASE
from citytandem.tables.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from citytandem.tables.facts import Facts

REFERENCE = Path(__file__).parent / "data" / "reference"
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Atlas:
    """The tables of one release, each read when first asked for, and the facts beside them.

    Parameters
    ----------
    folder
        Folder with a ``datapackage.json`` and one Parquet file per table.
    descriptor
        The content of ``datapackage.json``.
    beneath
        The release an imported package lies over; its rows are read wherever the package has none of its own.
    kept
        What :func:`once_per_atlas` remembers of it.
    """

    folder: Path
    descriptor: dict[str, Any]
    beneath: Atlas | None = None
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def city(self) -> pl.DataFrame:
        """Cities we know; see :class:`citytandem.tables.City`."""
        return self._read("city")

    @cached_property
    def name(self) -> pl.DataFrame:
        """Names of cities by language."""
        return self._read("name")

    @cached_property
    def identifier(self) -> pl.DataFrame:
        """Codes under which others know the cities."""
        return self._read("identifier")

    @cached_property
    def structure(self) -> pl.DataFrame:
        """What cities cannot change soon."""
        return self._read("structure")

    @cached_property
    def balance(self) -> pl.DataFrame:
        """Headers of balances."""
        return self._read("balance")

    @cached_property
    def line(self) -> pl.DataFrame:
        """Lines of balances."""
        return self._read("line")

    @cached_property
    def stage(self) -> pl.DataFrame:
        """Stages of measures that cities publish."""
        return self._read("stage")

    @cached_property
    def tie(self) -> pl.DataFrame:
        """Ties between cities."""
        return self._read("tie")

    @cached_property
    def membership(self) -> pl.DataFrame:
        """Memberships in networks."""
        return self._read("membership")

    @cached_property
    def target(self) -> pl.DataFrame:
        """Emission targets of cities."""
        return self._read("target")

    @cached_property
    def series(self) -> pl.DataFrame:
        """National series."""
        return self._read("series")

    @cached_property
    def factor(self) -> pl.DataFrame:
        """Grid factors by country and year."""
        return self._read("factor")

    @cached_property
    def note(self) -> pl.DataFrame:
        """What the checks found in the raw data, and which rule handled it."""
        return self._read("note")

    @cached_property
    def source(self) -> pl.DataFrame:
        """Publications behind the rows."""
        return self._read("source")

    @cached_property
    def power_correction(self) -> pl.DataFrame:
        """What cities say themselves of their powers; only where they have published it over a release."""
        from citytandem.sources.package import read_trusted

        name, schema = "power_correction", OVER_RELEASE["power_correction"]
        if all(resource["name"] != name for resource in self.descriptor.get("resources", [])):
            return schema.create_empty()
        return read_trusted(self.folder, name, descriptor=self.descriptor, schema=schema)

    @cached_property
    def facts(self) -> Facts:
        """Reference facts: measures, evidence, powers, methods, factors."""
        from citytandem.sources.facts import load_facts  # slow import

        return load_facts()

    @property
    def release(self) -> str:
        """Name and version of the release, and of the one beneath it."""
        own = str(self.descriptor.get("name", self.folder.name))
        return f"{own} over {self.beneath.release}" if self.beneath else own

    @property
    def sha256(self) -> str:
        """Hash of all tables; where two releases are read together, the hash of both hashes."""
        own = str(self.descriptor.get("sha256", ""))
        return hashlib.sha256(f"{own}{self.beneath.sha256}".encode()).hexdigest() if self.beneath else own

    def provenance(self, seed: int | None = None) -> Provenance:
        """What an answer from this atlas is made from."""
        return Provenance(
            release=self.release,
            release_sha256=self.sha256,
            code_version=version("citytandem"),
            seed=seed,
        )

    def _read(self, table: str) -> pl.DataFrame:
        from citytandem.sources.package import lay_over, read_trusted

        own = read_trusted(self.folder, table, descriptor=self.descriptor, schema=RELEASE[table])
        if self.beneath is None:
            return own
        return lay_over(own, getattr(self.beneath, table), table=table)


def load(folder: Path | str | None = None, *, over: Atlas | None = None) -> Atlas:
    """Open a release; the reference release inside the package if none is named.

    Parameters
    ----------
    folder
        Folder with a ``datapackage.json``, or the address of one, such as ``https://…/api/v1/releases/reference-2026.1/``.
        What an address gives is checked against its hashes and kept for the next time.
    over
        The release to read beneath it. A package that was imported says itself that it lies over a release;
        the reference release is taken for it if none is named.

    Raises
    ------
    CannotCompute
        If the folder is no release, a file differs from what the release describes, or an address is not safe or not reached.
    """
    from citytandem.sources.package import read_descriptor

    if not folder:
        return _reference()
    place, address = _find_place(folder)
    descriptor = read_descriptor(place)
    beneath = over or (_find_beneath(descriptor["over"], address=address) if descriptor.get("over") else None)
    return Atlas(folder=place, descriptor=descriptor, beneath=beneath)


def _find_place(folder: Path | str) -> tuple[Path, str | None]:
    """The folder of a release on this machine, and the address it came from."""
    if not str(folder).startswith(("http:/", "https:/")):
        return Path(folder), None
    from citytandem.sources.remote import fetch_release, read_address

    address = read_address(folder)
    return fetch_release(address), address


def _find_beneath(named: Any, *, address: str | None) -> Atlas:
    """The release a package lies over: our own, or where the package came from another machine, the one beside it there."""
    from citytandem.sources.remote import address_beside

    own = _reference()
    if address is None or not isinstance(named, dict) or named.get("sha256") == own.sha256:
        return own
    return load(address_beside(address, str(named.get("name"))))


@cache
def _reference() -> Atlas:
    """The reference release: one for all who ask, so that its tables are read once."""
    from citytandem.sources.package import read_descriptor

    return Atlas(folder=REFERENCE, descriptor=read_descriptor(REFERENCE))


def once_per_atlas(
    *, maxsize: int | None = None
) -> Callable[[Callable[Concatenate[Atlas, P], R]], Callable[Concatenate[Atlas, P], R]]:
    """Remember what a function answers for an atlas, for as long as that atlas is in use and no longer.

    Parameters
    ----------
    maxsize
        Answers kept for each atlas; all if None.
    """

    def keep(function: Callable[Concatenate[Atlas, P], R]) -> Callable[Concatenate[Atlas, P], R]:
        @wraps(function)
        def answer(atlas: Atlas, /, *args: P.args, **kwargs: P.kwargs) -> R:
            known = atlas.kept.get(function)
            if known is None:
                known = atlas.kept.setdefault(function, lru_cache(maxsize=maxsize)(partial(function, atlas)))
            found: R = known(*args, **kwargs)
            return found

        return answer

    return keep
