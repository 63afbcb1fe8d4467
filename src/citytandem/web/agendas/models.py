"""The agenda of an event: rooms, slots and sessions, who speaks, interprets, wishes and is away, and every plan computed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.events.models import Event, Registration


class Room(models.Model):
    """Where sessions are held: how many fit, what stands there, whether everybody can enter."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)
    seats = models.PositiveIntegerField(default=30)
    accessible = models.BooleanField(default=True)
    equipment = models.JSONField(default=list, help_text="What stands there: beamer, booth, online, whiteboard.")
    place = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="one_room_per_name_and_event")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """A piece of time of the event in which one session may begin."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="slots")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    is_lunch = models.BooleanField(default=False, help_text="Everyone is free in at least one lunch slot of a day.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="a_slot_ends_after_it_starts"),
            models.UniqueConstraint(fields=["event", "starts"], name="one_slot_per_start"),
        ]
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.starts.astimezone(ZoneInfo(self.event.zone)):%H:%M}"

    @property
    def day(self) -> dt.date:
        """The day of the event on which it begins, as people there say it."""
        return self.starts.astimezone(ZoneInfo(self.event.zone)).date()


class Promise(models.Model):
    """What the team promises its guests: tables for talks of two, and rest for those who need it."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="promise")
    tables = models.PositiveSmallIntegerField(default=10)
    slots_in_a_row = models.PositiveSmallIntegerField(default=3, help_text="For people who need rest.")
    interpreter_slots = models.PositiveSmallIntegerField(default=3, help_text="In a row, for interpreters.")


class Kind(models.TextChoices):
    """What a session is."""

    TALK = "talk"
    WORKSHOP = "workshop"
    DIALOGUE = "dialogue"
    PLENARY = "plenary"
    EXCURSION = "excursion"
    MEETING = "meeting"
    BREAK = "break"


class Session(models.Model):
    """One item of the agenda. ``titles`` and ``texts`` are told in as many languages as the team has written.

    ``seats`` empty means: as many as the room has. ``fixed_slot`` and ``fixed_room`` are locks no solver moves.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TALK)
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    topic = models.CharField(max_length=24, blank=True, help_text="A field of action; empty for none.")
    slots = models.PositiveSmallIntegerField(default=1)
    seats = models.PositiveIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list)
    interpreted_into = models.JSONField(default=list)
    needs = models.JSONField(default=list, help_text="Equipment of the room it needs.")
    accessible = models.BooleanField(default=True)
    parallel_group = models.CharField(max_length=40, blank=True, help_text="Sessions of one group are never at the same time.")
    place = models.CharField(max_length=160, blank=True, help_text="Where an excursion leads.")
    travel_min = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Minutes one way.")
    fixed_slot = models.ForeignKey(Slot, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    fixed_room = models.ForeignKey(Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outline = models.PositiveBigIntegerField(null=True, blank=True, help_text="The item of the drafted outline it comes from.")
    is_cancelled = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "outline"], name="one_session_per_item_of_the_outline"),
            models.CheckConstraint(condition=models.Q(slots__gte=1), name="a_session_takes_a_slot_at_least"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title_in("en")

    def title_in(self, language: str) -> str:
        """The title in a language, else in English, else in the first there is."""
        return _choose(self.titles, language)

    def text_in(self, language: str) -> str:
        """The text in a language, by the same rule."""
        return _choose(self.texts, language)


class Speaker(models.Model):
    """Who speaks in a session, and whether they have said so."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speakers")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="speaks")
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "registration"], name="one_speaker_per_session")]
        ordering = ["pk"]


class Interpreter(models.Model):
    """Who interprets, and between which languages: pairs such as ``["de", "en"]``, each in both directions."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="interprets")
    pairs = models.JSONField(default=list)


class Absence(models.Model):
    """Somebody is not there, or a room cannot be used, in a slot. ``since`` says when the team learned of it."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="absences")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="absences")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, null=True, blank=True, related_name="absences")
    reason = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(registration=None, room__isnull=False) | models.Q(registration__isnull=False, room=None),
                name="absent_is_a_person_or_a_room",
            )
        ]
        ordering = ["pk"]


class Wish(models.Model):
    """A session somebody wishes to see; the first wish has turn 1."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="wishes")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="wishes")
    turn = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="one_wish_per_session"),
            models.UniqueConstraint(fields=["registration", "turn"], name="one_wish_per_turn"),
        ]
        ordering = ["registration", "turn"]


class Said(models.TextChoices):
    """What one side says to a meeting."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


class Origin(models.TextChoices):
    """Where the thought of a meeting came from."""

    TANDEM = "tandem"
    MATCHING = "matching"
    ASKED = "asked"


class MeetingRequest(models.Model):
    """Two people who should meet for a talk of their own. It takes place only if both have said yes."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="meetings")
    one = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="meetings_as_one")
    other = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="meetings_as_other")
    worth = models.PositiveSmallIntegerField(default=1, help_text="From 1 to 10.")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.ASKED)
    one_says = models.CharField(max_length=8, choices=Said.choices, default=Said.OPEN)
    other_says = models.CharField(max_length=8, choices=Said.choices, default=Said.OPEN)
    note = models.CharField(max_length=400, blank=True)
    reasons = models.JSONField(default=dict, help_text="Why the matching proposes it: a card as codes and facts.")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_meeting_per_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="a_pair_is_written_once"),
        ]
        ordering = ["-worth", "pk"]


class Stage(models.TextChoices):
    """How far the computing of a plan is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Way(models.TextChoices):
    """How a plan came about."""

    SOLVED = "solved"
    MOVED = "moved"
    REPLANNED = "replanned"


class Plan(models.Model):
    """One computed agenda, kept as it was: whatever changes makes a new row that names the one ``before``.

    ``problem`` is what was given to the solver, ``result`` what came out, both as plain tables; ``agenda`` is what the
    public sees of it, ``changes`` what is different from the agenda published before, as codes and facts.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.SOLVED)
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    stage_since = models.DateTimeField(default=timezone.now)
    progress = models.JSONField(default=dict, help_text="Best so far and bound, as the solver tells them on its way.")
    seconds = models.PositiveSmallIntegerField(default=20)
    seed = models.PositiveIntegerField(default=1)
    problem = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    points = models.PositiveIntegerField(null=True, blank=True)
    points_bound = models.PositiveIntegerField(null=True, blank=True, help_text="No plan can have more points.")
    worst_share = models.FloatField(null=True, blank=True, help_text="Share of their wishes of the person served least.")
    worst_bound = models.FloatField(null=True, blank=True, help_text="No plan can give that person more.")
    proof = models.CharField(max_length=12, blank=True)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    edition = models.PositiveIntegerField(null=True, blank=True, help_text="1 for the first agenda published, then 2, 3 …")
    agenda = models.JSONField(default=list)
    changes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_plan_per_number"),
            models.UniqueConstraint(fields=["event", "edition"], name="one_plan_per_edition"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.event} {self.number}"


class Feed(models.Model):
    """The secret address of somebody's own calendar; only a hash of its secret is kept, and dropping the row closes it."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="feed")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)


def _choose(told: dict[str, str], language: str) -> str:
    return told.get(language) or told.get("en") or next(iter(told.values()), "")
