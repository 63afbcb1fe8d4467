"""Look-ups of what a team says: how far the self-check is, what would be published, what changed between versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms.models import model_to_dict

from citytandem.web.accounts.models import AuditEntry
from citytandem.web.profiles.catalogue import MINUTES_EACH, list_screens, published_stages
from citytandem.web.profiles.models import PowerCorrection, ProfileVersion, Reply, StageAnswer, Target

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.profiles.models import Kept

KEYS = {"stages": ("measure",), "corrections": ("asset", "dimension"), "targets": ("kind", "target_year")}
"""What makes a statement the same one in two versions."""


@dataclass(frozen=True)
class Progress:
    """How far the self-check is: in one field, or in all."""

    asked: int
    known: int

    @property
    def remaining(self) -> int:
        """Measures nobody has said anything about."""
        return self.asked - self.known

    @property
    def minutes(self) -> int:
        """What the rest takes, about."""
        return self.remaining * MINUTES_EACH


def answers_of(organisation: Organisation) -> dict[str, StageAnswer]:
    """What the team has said, by measure."""
    return {one.measure: one for one in StageAnswer.objects.filter(organisation=organisation).select_related("changed_by")}


def find_progress(organisation: Organisation) -> dict[str, Progress]:
    """How far the self-check is by field; what the release knows already need not be said again."""
    said = set(StageAnswer.objects.filter(organisation=organisation).values_list("measure", flat=True))
    said |= published_stages(organisation.city).keys()
    return {screen.field: Progress(len(screen.measures), len(said & {*screen.measures})) for screen in list_screens()}


def add_up(progress: dict[str, Progress]) -> Progress:
    """All fields together."""
    return Progress(sum(one.asked for one in progress.values()), sum(one.known for one in progress.values()))


def content_of(organisation: Organisation) -> dict[str, Any]:
    """What would be published now: plain values, without people."""
    return {
        "stages": [_plain(one) for one in StageAnswer.objects.filter(organisation=organisation)],
        "corrections": [_plain(one) for one in PowerCorrection.objects.filter(organisation=organisation)],
        "targets": [_plain(one, without=["review"]) for one in Target.objects.filter(organisation=organisation)],
    }


def version_seen(organisation: Organisation) -> ProfileVersion | None:
    """The version everybody sees."""
    return ProfileVersion.objects.filter(organisation=organisation, withdrawn=None).order_by("-number").first()


@dataclass(frozen=True)
class Change:
    """One statement that differs between two versions."""

    kind: str
    what: str
    key: tuple[str, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def compare(old: dict[str, Any] | None, new: dict[str, Any]) -> list[Change]:
    """What was added, changed or taken away from one content to the next.

    >>> compare(None, {"stages": [{"measure": "G01", "said": "2"}]})[0].kind
    'added'
    """
    found = []
    for what, names in KEYS.items():
        was, now = (
            {tuple(str(one[name]) for name in names): one for one in (content or {}).get(what, [])} for content in (old, new)
        )
        for key in sorted(was.keys() | now.keys()):
            before, after = was.get(key), now.get(key)
            if before != after:
                kind = "added" if before is None else "removed" if after is None else "changed"
                found.append(Change(kind, what, key, before, after))
    return found


def replies_to(city: str) -> QuerySet[Reply]:
    """The replies of a city that everybody sees."""
    return Reply.objects.filter(city=city, withdrawn=None).select_related("organisation")


def said_before(organisation: Organisation, measure: str) -> QuerySet[AuditEntry]:
    """Who said what of a measure and when, the newest first."""
    return AuditEntry.objects.filter(
        organisation=organisation, subject=f"stage:{measure}", action="profile.stage"
    ).select_related("user")


def _plain(own: Kept, *, without: list[str] | None = None) -> dict[str, Any]:
    return model_to_dict(own, exclude=["id", "organisation", "version", "changed", "changed_by", *(without or [])])
