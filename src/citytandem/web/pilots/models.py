"""Pilot programmes, their cities, and the way of each from joining to the certificate.

Every row that people change carries ``version``: whoever sends a form names the version it was made from.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation
from citytandem.web.agreements.models import Written
from citytandem.web.assessments.models import Assessment
from citytandem.web.lessons.models import Case


class ProgrammeState(models.TextChoices):
    """A draft is seen by its office alone; cities may ask to join an open one; a closed one is over and stays readable."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"


class PilotProgramme(Written):
    """A programme in which cities are pilots of one framework, run by an organisation, its office."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pilot_programmes")
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=8, help_text="In which title, text and stages are written.")
    text = models.TextField(max_length=4000, blank=True)
    framework = models.CharField(max_length=60, help_text="Key of a shipped framework, with its version.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    months_valid = models.PositiveSmallIntegerField(default=36, help_text="How long a certificate holds.")
    website = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT, db_index=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gt=models.F("starts")),
                name="a_pilot_programme_ends_after_it_starts",
            )
        ]
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Stage(Written):
    """One step of the way, and what is demanded for it."""

    programme = models.ForeignKey(PilotProgramme, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    demanded = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class PilotCity(Written):
    """A city on its way: one of the atlas, or a named place that is not held there."""

    programme = models.ForeignKey(PilotProgramme, on_delete=models.CASCADE, related_name="cities")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="pilot_cities")
    city = models.CharField(max_length=24, blank=True, db_index=True, help_text="Id in the atlas; empty for another place.")
    place = models.CharField(max_length=120, blank=True, help_text="Name of a place that is not in the atlas.")
    country = models.CharField(max_length=2, blank=True)
    within = models.CharField(max_length=24, blank=True, help_text="Id of the city of the atlas it lies in or beside.")
    known_as = models.CharField(max_length=60, blank=True, help_text="Key of the pilot city in the table of facts.")
    contact_organisation = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    stage = models.ForeignKey(Stage, on_delete=models.SET_NULL, null=True, blank=True, related_name="cities")
    joined = models.DateField()
    left = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=400, blank=True)
    is_shown = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(city="") | ~models.Q(place=""), name="a_pilot_city_has_an_id_or_a_name"),
            models.UniqueConstraint(
                fields=["programme", "city"], condition=~models.Q(city=""), name="a_city_is_once_in_a_pilot_programme"
            ),
        ]
        ordering = ["pk"]


class StageStep(models.Model):
    """That a pilot city reached a stage, and when; what it went through before stays readable."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="steps")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    noted = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "pk"]


class Milestone(Written):
    """What a city is to have by when, and when it had it."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="milestones")
    stage = models.ForeignKey(Stage, on_delete=models.SET_NULL, null=True, blank=True, related_name="milestones")
    title = models.CharField(max_length=200)
    demanded = models.CharField(max_length=600, blank=True, help_text="Which evidence is asked for.")
    planned = models.DateField(null=True, blank=True)
    due = models.DateField()
    reached = models.DateField(null=True, blank=True)
    shown_by = models.CharField(max_length=600, blank=True, help_text="With what it was shown that it is reached.")

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A private file that shows something; kept under its hash, never changed, taken back but not forgotten."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="evidence")
    milestone = models.ForeignKey(Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence")
    criterion = models.CharField(max_length=60, blank=True, help_text="Key of a criterion of the framework.")
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=200, help_text="What the file was called.")
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64, db_index=True)
    sent_for = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent = models.DateTimeField(default=timezone.now)
    taken_back = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent", "-pk"]
        verbose_name_plural = "evidence"


class Visit(Written):
    """That assessors were there, and what they wrote down."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="visits")
    on = models.DateField()
    assessors = models.CharField(max_length=300)
    protocol = models.TextField(max_length=8000, blank=True)
    language = models.CharField(max_length=8)

    class Meta:
        ordering = ["on", "pk"]


class Graveness(models.TextChoices):
    """How much hangs on a finding: a remark, something to mend, or something without which there is no certificate."""

    REMARK = "remark"
    MINOR = "minor"
    MAJOR = "major"


class SiteFinding(Written):
    """What was found, what is recommended, what the city answers, and when it was settled."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="findings")
    visit = models.ForeignKey(Visit, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings")
    graveness = models.CharField(max_length=8, choices=Graveness.choices, default=Graveness.MINOR)
    criterion = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=1000)
    recommendation = models.CharField(max_length=1000, blank=True)
    due = models.DateField(null=True, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["due", "pk"]


class PilotAssessment(models.Model):
    """That an assessment by the programme's framework was opened for a pilot city."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="assessments")
    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="of_pilot")

    class Meta:
        ordering = ["-pk"]


class Outcome(models.TextChoices):
    """What an office can decide."""

    CERTIFY = "certify"
    NOT_YET = "not_yet"
    REFUSE = "refuse"


class Decision(models.Model):
    """What the office decided, and why; a decision is followed by another one, never rewritten."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reasons = models.TextField(max_length=4000)
    on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    noted = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]


class Certificate(models.Model):
    """What a city was certified, from when until when. Whether it holds today is told by its days, and by its withdrawal."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="certificates")
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="certificate")
    number = models.CharField(max_length=24, unique=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Level of the framework, where it has levels.")
    issued = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    conditions = models.TextField(max_length=2000, blank=True)
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("valid_from")), name="a_certificate_ends_after_it_begins"
            )
        ]
        ordering = ["valid_from", "pk"]


class Lesson(models.Model):
    """That a recorded case came out of a pilot city."""

    pilot = models.ForeignKey(PilotCity, on_delete=models.CASCADE, related_name="lessons")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="of_pilot")
    noted = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
