"""What cities and others look for and offer each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation


class Kind(models.TextChoices):
    """Something looked for, or something offered."""

    NEED = "need"
    OFFER = "offer"


class State(models.TextChoices):
    """Only what is published is seen beyond the team."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Solution(models.TextChoices):
    """The field a solution is for."""

    WATER = "water"
    HEAT = "heat"
    ENERGY = "energy"
    BUILDINGS = "buildings"
    MOBILITY = "mobility"
    WASTE = "waste"
    FINANCE = "finance"
    PARTICIPATION = "participation"
    INDUSTRY = "industry"


class Listing(models.Model):
    """A need or an offer. An offer names a reference, so that the board is no place for advertising.

    What breaks the rules of the board is hidden with a reason, whatever its state; its team may reply. ``vector`` is what the
    search makes of its words, with the name of the encoder.

    ``version`` is raised by every change: whoever sends a form names the version it was made from.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="listings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    topic = models.CharField(max_length=20, help_text="Field of action.")
    solution = models.CharField(max_length=16, choices=Solution.choices, blank=True)
    measure = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000)
    language = models.CharField(max_length=8)
    evidence = models.URLField(max_length=500, blank=True)
    references = models.JSONField(default=list, help_text="Who has it in use: who, and an address that shows it.")
    valid_until = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(null=True, blank=True)
    hidden = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    hidden_reason = models.CharField(max_length=400, blank=True)
    hidden_reply = models.CharField(max_length=1000, blank=True)
    vector = models.BinaryField(null=True, blank=True)
    vector_model = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind="need") | ~models.Q(evidence=""), name="an_offer_names_a_reference")
        ]
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReportReason(models.TextChoices):
    """Why somebody thinks a listing does not belong on the board."""

    ADVERTISING = "advertising"
    UNTRUE = "untrue"
    PERSONAL = "personal"
    OTHER = "other"


class Report(models.Model):
    """A person's report of a listing. Who reported is never told to the team whose listing it is."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=ReportReason.choices)
    text = models.CharField(max_length=600, blank=True)
    created = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "reporter"], condition=models.Q(closed=None), name="one_open_report_per_person_and_listing"
            )
        ]
        ordering = ["created", "pk"]
