"""Buildings that organisations bring: each version whole, who made it and when, and which one everybody may see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation


class State(models.TextChoices):
    """Where a building stands. Only a published one is seen by anybody beyond its own team."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Made(models.TextChoices):
    """How a version came to be."""

    BROUGHT = "brought"
    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"
    RESTORED = "restored"


class OwnBuilding(models.Model):
    """One building an organisation brought.

    ``version`` is raised by every change: whoever sends a form names the version it was made from. ``shown`` is the
    version everybody sees, which later ones do not change until they are published.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="own_buildings")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    shown = models.ForeignKey("BuildingVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=20, blank=True)

    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_building_per_key")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """What the building is called in addresses and beside those from publications, whose keys hold no colon."""
        return f"{self.key.replace('/', '-').replace(':', '-')}:{self.pk}"


class BuildingVersion(models.Model):
    """All that is known of a building at one time: record, figures, readings and temperatures. Never changed, only followed."""

    building = models.ForeignKey(OwnBuilding, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_as = models.CharField(max_length=12, choices=Made.choices)
    files = models.CharField(max_length=400, blank=True)
    tables = models.JSONField()
    warnings = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["building", "number"], name="one_version_of_a_building_per_number")]
        ordering = ["-number"]
