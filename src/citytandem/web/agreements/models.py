"""What tandems agree on, what they do, what they learned, and what came of it.

Every row that people change carries ``version``: whoever sends a form names the version it was made from.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation
from citytandem.web.events.models import Event
from citytandem.web.programmes.models import Tandem


class Written(models.Model):
    """Who wrote a row and who changed it last."""

    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True


class AgreementKind(models.TextChoices):
    """The four templates: a partnership without end, one project, an exchange memo, mentoring."""

    PARTNERSHIP = "partnership"
    PROJECT = "project"
    EXCHANGE = "exchange"
    MENTORING = "mentoring"


class AgreementState(models.TextChoices):
    """A draft may be changed; what is to be signed is fixed; what all have signed runs until it ends."""

    DRAFT = "draft"
    SIGNING = "signing"
    SIGNED = "signed"
    ENDED = "ended"


class Agreement(Written):
    """What the sides of a tandem promise each other. A renewal is a new agreement that names the one before."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="agreements")
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="renewals")
    kind = models.CharField(max_length=12, choices=AgreementKind.choices, default=AgreementKind.EXCHANGE)
    language = models.CharField(max_length=8)
    purpose = models.TextField(max_length=2000)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="Empty for a partnership without end.")
    contributions = models.TextField(max_length=2000, blank=True)
    costs = models.TextField(max_length=2000, blank=True)
    data_sharing = models.TextField(max_length=2000, blank=True)
    working = models.TextField(max_length=2000, blank=True, help_text="Who meets how often, who decides.")
    leaving = models.TextField(max_length=2000, blank=True, help_text="How to renew it, how to leave it.")
    state = models.CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.DRAFT, db_index=True)
    ended_because = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gt=models.F("starts")), name="an_agreement_ends_after_it_starts"
            )
        ]
        ordering = ["-starts", "-pk"]


class Theme(models.Model):
    """What an agreement is about, at most three; each with the figure it starts from, or the word that none is known."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="themes")
    measure = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=160)
    indicator = models.CharField(max_length=200, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.URLField(max_length=500, blank=True)
    aim = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(baseline=None) | (~models.Q(unit="") & models.Q(year__isnull=False)),
                name="a_baseline_has_unit_and_year",
            )
        ]
        ordering = ["pk"]


class Signature(models.Model):
    """One side's signature: given on paper by whom it names, noted here by who may publish for the organisation."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=120)
    on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "organisation"], name="one_signature_per_side")]
        ordering = ["pk"]


class Review(Written):
    """A date on which the sides look at how it goes; what they found, once held."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    due = models.DateField()
    held = models.DateField(null=True, blank=True)
    found = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["due", "pk"]


class Module(Written):
    """A part of a tandem's way, such as getting started or co-creating."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="modules")
    title = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["starts", "pk"]


class Question(Written):
    """What one side asked the other; answered in words, in a meeting, or not yet."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=8)
    asked = models.DateField()
    answer = models.TextField(max_length=4000, blank=True)
    answered = models.DateField(null=True, blank=True)
    answered_in = models.ForeignKey("Minutes", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")

    class Meta:
        ordering = ["asked", "pk"]


class Minutes(Written):
    """What was said at a meeting; the event it belongs to, if it was one."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="minutes")
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="minutes")
    title = models.CharField(max_length=160)
    held = models.DateField()
    language = models.CharField(max_length=8)
    text = models.TextField(max_length=8000, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["held", "pk"]
        verbose_name_plural = "minutes"


class DecisionState(models.TextChoices):
    """Where a decision stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Decision(Written):
    """What one side decided at a meeting, and the question it goes back to."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="decisions")
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=600)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=DecisionState.choices, default=DecisionState.OPEN)

    class Meta:
        ordering = ["pk"]


class Task(Written):
    """Who does what until when."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="tasks")
    module = models.ForeignKey(Module, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "pk"]


class Moment(models.TextChoices):
    """When learning is asked about: before, after, and a year later."""

    BEFORE = "before"
    AFTER = "after"
    YEAR = "year"


class LearningAnswer(models.Model):
    """One person's answer to one item of a named instrument; shown to others only together with those of others."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="learning")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    item = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learning_answers")
    level = models.PositiveSmallIntegerField(help_text="0 not at all to 4 fully.")
    said = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tandem", "moment", "item", "user"], name="one_answer_per_person_and_moment"),
            models.CheckConstraint(condition=models.Q(level__lte=4), name="a_level_of_learning_is_at_most_four"),
        ]


class PlanState(models.TextChoices):
    """A replication plan is drafted, then kept by the city that wrote it; it may be shown to everybody."""

    DRAFT = "draft"
    ADOPTED = "adopted"


class ReplicationPlan(Written):
    """How one side takes over what the other does: drafted from what the two exchanged, finished by people."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="plans")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    seen = models.TextField(max_length=6000, blank=True, help_text="What we saw.")
    conditions = models.TextField(max_length=6000, blank=True, help_text="What would have to hold at home.")
    steps = models.TextField(max_length=6000, blank=True, help_text="First steps, by whom, until when.")
    means = models.TextField(max_length=3000, blank=True, help_text="Money, people, law.")
    open_questions = models.TextField(max_length=3000, blank=True)
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tandem", "organisation", "measure"], name="one_plan_per_side_and_measure")
        ]
        ordering = ["pk"]


class Transfer(Written):
    """What one side began because of the other: the measure, and the stage each side said then.

    Today's stage is not kept here: it is read from what the city publishes.
    """

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="transfers")
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="transfers")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", help_text="Who learned.")
    measure = models.CharField(max_length=8)
    begun = models.DateField()
    stage_before = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its own stage then; empty for unknown.")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tandem", "organisation", "measure"], name="one_transfer_per_side_and_measure")
        ]
        ordering = ["begun", "pk"]
