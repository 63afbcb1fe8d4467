"""A twinning programme, its applications, and the tandems that come out of the matching."""

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
    rules = models.JSONField(default=dict, help_text="Rules of the matching, as the studio keeps them.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    is_invented = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
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
    learns = models.TextField(max_length=2000, help_text="What do you want to learn?")
    offers = models.TextField(max_length=2000, help_text="What can others learn from you?")
    learns_measures = models.JSONField(default=list)
    offers_measures = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(default=1, help_text="Tandems it can carry at once.")
    wishes = models.JSONField(default=list, help_text="Cities asked for.")
    vetoes = models.JSONField(default=list, help_text="Cities not to be paired with; seen by the coordinator alone.")
    contacts = models.JSONField(default=list, help_text="Two people: name, address, role.")
    text_language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    reason = models.CharField(max_length=400, blank=True, help_text="Why it was refused.")
    sent = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organisation"], name="one_application_per_organisation")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.organisation}"


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
    state = models.CharField(max_length=12, choices=TandemState.choices, default=TandemState.PROPOSED, db_index=True)
    card = models.JSONField(default=dict, help_text="The reason card as codes and facts, as it was when proposed.")
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
    """One organisation in a tandem, and whether it agrees."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sides")
    part = models.CharField(max_length=8, default="member", help_text="member, mentor or learner")
    consent = models.CharField(max_length=8, choices=Consent.choices, default=Consent.OPEN)
    said = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tandem", "organisation"], name="one_side_per_organisation")]
        ordering = ["pk"]
