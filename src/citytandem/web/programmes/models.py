"""A twinning programme, its applications, the runs of its studio, and the tandems that come out of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation


class Form(models.TextChoices):
    """What the programme makes: two cities, three, a cluster of three to eight, or a mentor with learners."""

    TANDEM = "tandem"
    TRIO = "trio"
    CLUSTER = "cluster"
    MENTORING = "mentoring"


class State(models.TextChoices):
    """Where a programme stands; drafts are seen by the network alone."""

    DRAFT = "draft"
    OPEN = "open"
    MATCHING = "matching"
    RUNNING = "running"
    CLOSED = "closed"


class Programme(models.Model):
    """A twinning programme of a network: what it asks for, of whom, until when. ``version`` is raised by every change."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="programmes")
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=4000, blank=True)
    language = models.CharField(max_length=8)
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.TANDEM)
    topics = models.JSONField(default=list, help_text="Fields of action; empty for all.")
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    zone = models.CharField(max_length=40, default="UTC", help_text="IANA name of the zone in which the deadline is told.")
    months = models.PositiveSmallIntegerField(default=18)
    countries = models.JSONField(default=list, help_text="Countries that may apply; empty for all.")
    actors = models.JSONField(default=list, help_text="Kinds of actors that may apply; empty for all.")
    population_low = models.PositiveIntegerField(null=True, blank=True)
    population_high = models.PositiveIntegerField(null=True, blank=True)
    members_only = models.BooleanField(default=False, help_text="Only cities in the network's own list of members.")
    answer_days = models.PositiveSmallIntegerField(default=21, help_text="Days in which the sides answer a proposal.")
    keep_until = models.DateField(null=True, blank=True, help_text="When the contacts of the applications are forgotten.")
    rules = models.JSONField(default=dict, help_text="Rules of the matching, as the studio keeps them.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    is_invented = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="a_call_closes_after_it_opens")
        ]
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.title


class Actor(models.TextChoices):
    """Who would meet: the kinds of people a programme brings together."""

    CITY = "city"
    MAYOR = "mayor"
    EXPERT = "expert"
    CIVIC = "civic"
    CREATIVE = "creative"
    BUSINESS = "business"
    RESEARCH = "research"


class Part(models.TextChoices):
    """What a side can do in a mentoring programme; elsewhere everybody does both."""

    BOTH = "both"
    LEARNER = "learner"
    MENTOR = "mentor"


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft"
    SENT = "sent"
    ELIGIBLE = "eligible"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Application(models.Model):
    """One organisation's application: two questions, and what the matching has to know."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="applications")
    actor = models.CharField(max_length=12, choices=Actor.choices, default=Actor.CITY)
    part = models.CharField(max_length=8, choices=Part.choices, default=Part.BOTH)
    learns = models.TextField(max_length=2000, blank=True, help_text="What do you want to learn?")
    offers = models.TextField(max_length=2000, blank=True, help_text="What can others learn from you?")
    learns_measures = models.JSONField(default=list)
    offers_measures = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    country = models.CharField(max_length=2, blank=True, help_text="Where it works; of a city team, its city says so.")
    capacity = models.PositiveSmallIntegerField(default=1, help_text="Tandems it can carry at once.")
    wishes = models.JSONField(default=list, help_text="Cities asked for, the first wish first.")
    vetoes = models.JSONField(default=list, help_text="Cities not to be paired with; seen by the coordinator alone.")
    text_language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    checks = models.JSONField(default=list, help_text="What the rules of the call said when it was sent: codes and facts.")
    reason = models.CharField(max_length=400, blank=True, help_text="Why it was refused.")
    reply = models.CharField(max_length=1000, blank=True, help_text="What the team replies to a refusal.")
    sent = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organisation"], name="one_application_per_organisation")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.organisation}"


class Contact(models.Model):
    """A person named in an application, seen by their own team and by the coordinators alone.

    ``user`` is their account where they have one: the row is part of what they take home, and goes when they are forgotten.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="contact_rows"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    task = models.CharField(max_length=120, blank=True, help_text="What they do there, in their own words.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class RuleKind(models.TextChoices):
    """What a coordinator fixes before the matching."""

    PIN = "pin"
    BAN = "ban"


class PairRule(models.Model):
    """Two applications that must be, or must not be, in one group; always with a reason."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pair_rules")
    one = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=RuleKind.choices)
    reason = models.CharField(max_length=300)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "one", "other"], name="one_rule_per_pair"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="a_rule_names_the_older_application_first"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.one_id}, {self.other_id}"


class Stage(models.TextChoices):
    """How far the computation of a run has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RunKind(models.TextChoices):
    """Where a run came from: the solver, a pair moved by hand, or cities that left."""

    MATCH = "match"
    MOVE = "move"
    REMATCH = "rematch"


class MatchRun(models.Model):
    """One computation of the studio, kept as it was: what it was asked, by which data and code, and what came out.

    Rows are added and filled once, never overwritten. ``base`` is the run that was moved or matched again.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=RunKind.choices, default=RunKind.MATCH)
    base = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked = models.JSONField(default=dict, help_text="Settings, pins, bans, moves and cities that left.")
    release_sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=40, blank=True)
    seed = models.IntegerField(default=2026)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    stage_since = models.DateTimeField(default=timezone.now)
    result = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="runs_of_a_programme_are_numbered")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"


class TandemState(models.TextChoices):
    """Where a tandem stands: proposed by the network, agreed or declined by the sides, running, ended."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    RUNNING = "running"
    ENDED = "ended"


class Tandem(models.Model):
    """Two cities that learn from each other (or three, a cluster, a mentor with learners) within a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tandems")
    run = models.ForeignKey(MatchRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="tandems")
    state = models.CharField(max_length=12, choices=TandemState.choices, default=TandemState.PROPOSED, db_index=True)
    card = models.JSONField(default=dict, help_text="The reason card as codes and facts, as it was when proposed.")
    answer_until = models.DateTimeField(null=True, blank=True)
    reminded = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return " – ".join(str(side.organisation) for side in self.sides.all())


class Consent(models.TextChoices):
    """What one side says to a proposal."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


class Side(models.Model):
    """One organisation in a tandem, whether it agrees, and whether everybody may know."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sides")
    part = models.CharField(max_length=8, default="member", help_text="member, mentor or learner")
    consent = models.CharField(max_length=8, choices=Consent.choices, default=Consent.OPEN)
    may_be_shown = models.BooleanField(default=False, help_text="Everybody may see that it takes part.")
    said = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True, help_text="For the coordinators alone.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tandem", "organisation"], name="one_side_per_organisation")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.organisation)
