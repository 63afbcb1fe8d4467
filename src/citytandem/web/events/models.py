"""An event, the outline of its agenda, who comes to it, what it costs, which letters went, and what is to be done after it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation
from citytandem.web.programmes.models import Programme, Tandem


class Kind(models.TextChoices):
    """The six kinds of events."""

    WORKSHOP = "workshop"
    CONFERENCE = "conference"
    STUDY_TOUR = "study_tour"
    DELEGATION = "delegation"
    PEER_REVIEW = "peer_review"
    ONLINE_SERIES = "online_series"


class State(models.TextChoices):
    """Where an event stands; drafts are seen by its organisation alone."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"
    CANCELLED = "cancelled"


class Event(models.Model):
    """What takes place where, when, for whom. ``programme`` and ``tandem`` say what it belongs to.

    ``version`` is raised by every change: whoever sends a form names the version it was made from.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    tandem = models.ForeignKey(Tandem, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    layout = models.CharField(max_length=20, default="kick_off", help_text="Key of the format it was drafted from.")
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=4000, blank=True, help_text="Its purpose.")
    questions = models.TextField(max_length=4000, blank=True, help_text="Questions for the agenda, one a line.")
    output = models.CharField(max_length=300, blank=True, help_text="What is there afterwards that was not there before.")
    topic = models.CharField(max_length=20, blank=True, help_text="Field of action; empty for several.")
    measure = models.CharField(max_length=8, blank=True)
    about = models.CharField(max_length=24, blank=True, help_text="Id of the city whose gap it starts from.")
    language = models.CharField(max_length=8)
    languages = models.JSONField(default=list, help_text="Languages spoken there.")
    city = models.CharField(max_length=24, blank=True, help_text="Id of the city in the atlas; empty for online.")
    place = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=40, default="UTC")
    starts = models.DateField()
    ends = models.DateField()
    begins_at = models.TimeField(null=True, blank=True, help_text="On the clock of its zone; unknown if empty.")
    ends_at = models.TimeField(null=True, blank=True)
    seats = models.PositiveIntegerField(default=100)
    register_until = models.DateTimeField(null=True, blank=True)
    is_open_to_all = models.BooleanField(default=True, help_text="Whoever signs in may ask for a seat, not only who is invited.")
    is_decided_by_hand = models.BooleanField(default=False, help_text="The organisers say yes to each, instead of first come.")
    contact = models.CharField(max_length=160, blank=True, help_text="Whom guests ask.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    is_invented = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="an_event_ends_after_it_starts")
        ]
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return self.title


class ItemKind(models.TextChoices):
    """The kinds of sessions, as the agenda's solver knows them."""

    TALK = "talk"
    WORKSHOP = "workshop"
    DIALOGUE = "dialogue"
    PLENARY = "plenary"
    EXCURSION = "excursion"
    MEETING = "meeting"
    BREAK = "break"


class OutlineItem(models.Model):
    """One part of the drafted agenda, in order and without an hour: the agenda makes sessions of these."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="outline")
    order = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField(default=1, help_text="Day of the event, from 1.")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=ItemKind.choices, default=ItemKind.WORKSHOP)
    minutes = models.PositiveSmallIntegerField(default=60)
    topic = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Seat(models.TextChoices):
    """Where a registration stands. ``invited`` has not answered yet; ``asked`` waits for the organisers to decide."""

    INVITED = "invited"
    ASKED = "asked"
    COMING = "coming"
    WAITING = "waiting"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Registration(models.Model):
    """One person at one event: what they need is seen by the event's organisation and by themselves alone.

    ``asked`` orders the waiting list. ``link_number`` is raised to end all links sent before; of a link only the hash is kept.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="guests")
    organisation_name = models.CharField(max_length=160, blank=True)
    organisation_kind = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(
        max_length=16, default="expert", help_text="An actor of the programmes, or interpreter, speaker, host."
    )
    language = models.CharField(max_length=8, default="en", help_text="In which letters and agendas are written.")
    languages = models.JSONField(default=list, help_text="Languages understood.")
    companion = models.CharField(max_length=120, blank=True, help_text="Name of who comes along, on a seat of their own.")
    diet = models.CharField(max_length=120, blank=True)
    access = models.JSONField(default=list, help_text="Access needs as keys: wheelchair, hearing, seeing, rest, other.")
    access_text = models.CharField(max_length=400, blank=True)
    visa_letter = models.BooleanField(default=False)
    passport_name = models.CharField(max_length=120, blank=True, help_text="For the letter alone; forgotten after the event.")
    nationality = models.CharField(max_length=2, blank=True, help_text="For the letter alone; forgotten after the event.")
    departure = models.CharField(max_length=24, blank=True, help_text="Id of the city they come from.")
    mode = models.CharField(max_length=12, blank=True, help_text="How they travel.")
    seat = models.CharField(max_length=12, choices=Seat.choices, default=Seat.ASKED, db_index=True)
    asked = models.DateTimeField(null=True, blank=True, help_text="When the seat was asked for; the earliest is first in line.")
    attended = models.BooleanField(null=True, blank=True)
    consents = models.JSONField(default=list, help_text="Purposes agreed to: participant_list, photos, contact_after.")
    token_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    link_number = models.PositiveIntegerField(default=0)
    keep_until = models.DateField(null=True, blank=True, help_text="When what it says of the person is to be forgotten.")
    forgotten = models.DateTimeField(null=True, blank=True, help_text="When it was: a seat without a person remains.")
    is_invented = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"], condition=models.Q(user__isnull=False), name="one_registration_per_person"
            ),
            models.UniqueConstraint(
                fields=["event", "email"], condition=~models.Q(email=""), name="one_registration_per_address"
            ),
        ]
        ordering = ["created", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> int:
        """How many seats it takes: one, and one for who comes along."""
        return 2 if self.companion else 1


class Share(models.TextChoices):
    """By what seats are shared."""

    COUNTRY = "country"
    ORGANISATION_KIND = "organisation_kind"
    ACTOR = "actor"


class SeatRule(models.Model):
    """At most so many seats for guests of one country, kind of organisation or role; without a value, for each of them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="seat_rules")
    share = models.CharField(max_length=20, choices=Share.choices)
    value = models.CharField(max_length=20, blank=True)
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "share", "value"], name="one_rule_per_share")]
        ordering = ["share", "value"]


class BudgetLine(models.Model):
    """One thing that is paid for: what, how much, by whom, planned or spent, once or for each guest."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="budget")
    what = models.CharField(max_length=160)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    payer = models.CharField(max_length=160, blank=True)
    is_spent = models.BooleanField(default=False)
    is_per_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["is_spent", "pk"]

    def __str__(self) -> str:
        return self.what


class Mailing(models.Model):
    """A letter to several guests: one of the house's own, or the organisers' own text as typed."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="mailings")
    letter = models.CharField(max_length=24)
    subject = models.CharField(max_length=160, blank=True)
    text = models.TextField(max_length=6000, blank=True)
    key = models.CharField(max_length=64, unique=True, help_text="Of the form it was sent from: the same form sends once.")
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-created", "-pk"]


class Delivery(models.TextChoices):
    """What became of a letter; ``begun`` and no further means that nobody knows, so it is not sent again by itself."""

    WAITING = "waiting"
    BEGUN = "begun"
    DELIVERED = "delivered"
    FAILED = "failed"


class SentLetter(models.Model):
    """One letter to one guest: which, when, whether the mail server took it; never its text, never the address."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="letters")
    registration = models.ForeignKey(Registration, on_delete=models.SET_NULL, null=True, related_name="letters")
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, null=True, blank=True, related_name="letters")
    letter = models.CharField(max_length=24)
    key = models.CharField(max_length=80, unique=True, help_text="The same letter for the same reason goes once.")
    state = models.CharField(max_length=12, choices=Delivery.choices, default=Delivery.WAITING)
    error = models.CharField(max_length=120, blank=True)
    created = models.DateTimeField(default=timezone.now)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created", "-pk"]


class EventTask(models.Model):
    """What is to be done after an event (or before it), by whom, until when."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    done = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """What a guest says three or twelve months later: what was begun, what is open, with whom they are in touch."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    begun = models.TextField(max_length=2000, blank=True)
    still_open = models.TextField(max_length=2000, blank=True)
    in_touch = models.TextField(max_length=1000, blank=True)
    said = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "months"], name="one_answer_per_question_time")]
        ordering = ["months"]
