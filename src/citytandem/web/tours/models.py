"""A study tour: who travels, which sites are open when, days, ways and wishes; and every tour computed."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from citytandem.web.events.models import Event


class Choice(models.TextChoices):
    """Whether a site is to be visited."""

    OPEN = "open"
    MUST = "must"
    LEAVE_OUT = "leave_out"


class Mark(models.TextChoices):
    """How sure what is written of a site is."""

    READ = "S"
    RECALLED = "K"
    PROPOSED = "P"


class Mode(models.TextChoices):
    """How the group goes where no way is given."""

    TRAIN = "train"
    COACH = "coach"
    CAR = "car"
    SHIP = "ship"
    FLIGHT = "flight"


LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]


class Party(models.Model):
    """Who travels together, and what they can spend per person; no budget means no limit."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="tour_party")
    people = models.PositiveIntegerField(default=12, validators=[MinValueValidator(1), MaxValueValidator(10_000)])
    step_free = models.BooleanField(default=False, help_text="Does anyone need every visit without a step?")
    budget_eur = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1_000_000)])
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.COACH)


class Site(models.Model):
    """A place that may be visited. Access, cost and size of groups stay empty as long as nobody knows them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tour_sites")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    latitude = models.FloatField(validators=LATITUDE)
    longitude = models.FloatField(validators=LONGITUDE)
    topics = models.JSONField(default=list)
    minutes = models.PositiveIntegerField(validators=[MinValueValidator(5), MaxValueValidator(1440)])
    accessible = models.BooleanField(null=True, blank=True)
    group_limit = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10_000)])
    cost_eur = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1_000_000)])
    choice = models.CharField(max_length=10, choices=Choice.choices, default=Choice.OPEN)
    mark = models.CharField(max_length=1, choices=Mark.choices, default=Mark.PROPOSED)
    source = models.CharField(max_length=160, default="own")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="one_site_per_key_and_event")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """When a site can be visited: on one day, or on a day of every week (0 is Monday)."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="openings")
    day = models.DateField(null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(6)])
    opens = models.TimeField()
    closes = models.TimeField()
    mark = models.CharField(max_length=1, choices=Mark.choices, default=Mark.PROPOSED)
    source = models.CharField(max_length=160, default="own")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="a_site_opens_before_it_closes"),
            models.CheckConstraint(
                condition=models.Q(day=None, weekday__isnull=False) | models.Q(day__isnull=False, weekday=None),
                name="open_on_a_day_or_a_weekday",
            ),
        ]
        ordering = ["day", "weekday", "opens", "pk"]


class Stay(models.Model):
    """Where days begin and end: a hotel, a station."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tour_stays")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    latitude = models.FloatField(validators=LATITUDE)
    longitude = models.FloatField(validators=LONGITUDE)
    source = models.CharField(max_length=160, default="own")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="one_stay_per_key_and_event")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Day(models.Model):
    """One day on the road; a stay at which one begins or ends cannot be taken out."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tour_days")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    starts_at = models.ForeignKey(Stay, on_delete=models.RESTRICT, related_name="+")
    ends_at = models.ForeignKey(Stay, on_delete=models.RESTRICT, related_name="+")
    rest_from = models.TimeField(null=True, blank=True)
    rest_to = models.TimeField(null=True, blank=True)
    rest_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(600)])
    night_eur = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1_000_000)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "day"], name="one_row_per_day_of_a_tour"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="a_day_on_the_road_starts_before_it_ends"
            ),
        ]
        ordering = ["day"]


class Leg(models.Model):
    """A way somebody looked up, both ways unless the way back has its own row; all others are estimated from the map."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tour_legs")
    start = models.CharField(max_length=60, help_text="Key of a site or stay.")
    end = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField(validators=[MaxValueValidator(1440)])
    km = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(20_000)])
    mode = models.CharField(max_length=20)
    cost_eur = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(1_000_000)])
    source = models.CharField(max_length=160, default="own")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "start", "end"], name="one_leg_per_way")]
        ordering = ["start", "end"]


class Wish(models.Model):
    """A topic the group wants to see, and how much."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tour_wishes")
    topic = models.CharField(max_length=80)
    weight = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "topic"], name="one_wish_per_topic_and_event")]
        ordering = ["-weight", "topic"]


class Stage(models.TextChoices):
    """How far the computing of a tour is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class TourPlan(models.Model):
    """One computed tour, kept as it was. ``problem`` is what the solver was given, ``result`` what came out; ``entries`` is
    what calendars of an edition say, each with the count of its changes.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tour_plans")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    stage_since = models.DateTimeField(default=timezone.now)
    seed = models.PositiveIntegerField()
    problem = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    worth = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True, help_text="No tour can be worth more.")
    proof = models.CharField(max_length=12, blank=True)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    edition = models.PositiveIntegerField(null=True, blank=True, help_text="1 for the first tour published, then 2, 3 …")
    entries = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_tour_per_number"),
            models.UniqueConstraint(fields=["event", "edition"], name="one_tour_per_edition"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.event} {self.number}"
