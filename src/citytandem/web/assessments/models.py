"""Who judges which city by which framework, what two assessors say, what they settled on, and what the city replies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation


class OwnFramework(models.Model):
    """One version of a framework an organisation brought: its files as they came. A version is never changed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="frameworks")
    framework = models.SlugField(max_length=60, help_text="Its key, as its files say.")
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    files = models.JSONField(default=dict, help_text="Text of each file by its name.")
    brought = models.DateTimeField(default=timezone.now)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    retired = models.DateTimeField(null=True, blank=True, help_text="Since when no new assessment begins with it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "framework", "version"], name="a_version_of_a_framework_stands")
        ]
        ordering = ["framework", "-brought", "-pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class State(models.TextChoices):
    """Assessors answer, then talk; once they have settled, the city may reply. ``queries.is_settled`` tells the end."""

    ANSWERING = "answering"
    RECONCILING = "reconciling"
    RECONCILED = "reconciled"
    CLOSED = "closed"


class Assessment(models.Model):
    """A city judged by one version of a framework, run by an organisation: its own view, or one from outside."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assessments")
    framework = models.CharField(max_length=60, help_text="Key of a shipped framework, or of the own one below.")
    version = models.CharField(max_length=40)
    own_framework = models.ForeignKey(OwnFramework, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    city = models.CharField(max_length=24, db_index=True)
    outside = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ANSWERING, db_index=True)
    opened = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reconciled = models.DateTimeField(null=True, blank=True)
    stages = models.JSONField(default=list, help_text="Published stages that counted, as they stood when it was reconciled.")
    reply_until = models.DateField(null=True, blank=True)
    replied_enough = models.DateTimeField(null=True, blank=True, help_text="When the city said it has no more to add.")
    closed_because = models.CharField(max_length=400, blank=True)
    offered = models.DateTimeField(null=True, blank=True, help_text="When who runs it agreed to publish.")
    consented = models.DateTimeField(null=True, blank=True, help_text="When the city agreed to publish.")

    class Meta:
        ordering = ["-opened", "-pk"]

    @property
    def subject_key(self) -> str:
        """How the record calls it."""
        return f"assessment:{self.pk}"


class Seat(models.Model):
    """One of the two assessors: a person, or an address until its person signs in."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="seats")
    place = models.PositiveSmallIntegerField(help_text="1 or 2.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="assessor_seats"
    )
    email = models.EmailField(blank=True, help_text="Of somebody invited; empty once they have come.")
    invited = models.DateTimeField(default=timezone.now)
    handed_in = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "place"], name="one_assessor_per_place"),
            models.CheckConstraint(condition=models.Q(place__in=[1, 2]), name="there_are_two_assessors"),
        ]
        ordering = ["place"]


class FormAnswer(models.Model):
    """What one assessor says about one criterion; changes until the form is handed in."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    applies = models.BooleanField(default=True)
    evidence = models.CharField(max_length=500, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "criterion"], name="one_answer_per_assessor_and_criterion"),
            models.CheckConstraint(condition=models.Q(level=None) | models.Q(level__lte=4), name="a_level_is_at_most_four"),
        ]
        ordering = ["pk"]


class HandIn(models.Model):
    """A form as it was handed in. It stands for good: a form that was opened again is handed in anew beside it."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="hand_ins")
    at = models.DateTimeField(default=timezone.now)
    answers = models.JSONField(default=list)
    opened_again = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=400, blank=True)
    had_seen_other = models.BooleanField(default=False, help_text="Whether the other form could be read by then.")

    class Meta:
        ordering = ["at", "pk"]


class Choice(models.TextChoices):
    """Whose level was settled on."""

    FIRST = "first"
    SECOND = "second"
    OTHER = "other"
    NOT_APPLICABLE = "not_applicable"


class Decision(models.Model):
    """What was settled on for one criterion, and why; one that was changed later stays as an older one."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="decisions")
    criterion = models.CharField(max_length=80)
    choice = models.CharField(max_length=14, choices=Choice.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    reason = models.TextField(max_length=2000)
    decided = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_current = models.BooleanField(default=True)
    after_reply = models.ForeignKey("Reply", on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], condition=models.Q(is_current=True), name="one_decision_holds_per_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__lte=4), name="a_settled_level_is_at_most_four"
            ),
        ]
        ordering = ["decided", "pk"]


class Reply(models.Model):
    """What the city says to its result, to one criterion or to all of it; and what it was answered. It stays."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="replies")
    criterion = models.CharField(max_length=80, blank=True, help_text="Empty: the whole result.")
    language = models.CharField(max_length=8)
    text = models.TextField(max_length=3000)
    evidence = models.CharField(max_length=500, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by_letter = models.BooleanField(default=False, help_text="Written down for a city without a team here, as it came.")
    said = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(max_length=3000, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["said", "pk"]
