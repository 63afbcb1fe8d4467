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


class Listing(models.Model):
    """A need or an offer. An offer names a reference, so that the board is no place for advertising.

    ``version`` is raised by every change: whoever sends a form names the version it was made from.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="listings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    topic = models.CharField(max_length=20, help_text="Field of action.")
    measure = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000)
    language = models.CharField(max_length=8)
    evidence = models.URLField(max_length=500, blank=True)
    valid_until = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind="need") | ~models.Q(evidence=""), name="an_offer_names_a_reference")
        ]
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.title
