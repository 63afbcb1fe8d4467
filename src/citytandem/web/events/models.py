"""An event, and who comes to it."""

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
    """What takes place where, when, for whom. ``programme`` and ``tandem`` say what it belongs to."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    tandem = models.ForeignKey(Tandem, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=4000, blank=True)
    language = models.CharField(max_length=8)
    languages = models.JSONField(default=list, help_text="Languages spoken there.")
    city = models.CharField(max_length=24, blank=True, help_text="Id of the city in the atlas; empty for online.")
    place = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=40, default="UTC")
    starts = models.DateField()
    ends = models.DateField()
    seats = models.PositiveIntegerField(default=100)
    register_until = models.DateTimeField(null=True, blank=True)
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


class Seat(models.TextChoices):
    """Where a registration stands."""

    ASKED = "asked"
    COMING = "coming"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Registration(models.Model):
    """One person at one event: what they need is seen by the event's organisation and by themselves alone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="guests")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(
        max_length=16, default="expert", help_text="An actor of the programmes, or interpreter, speaker, host."
    )
    language = models.CharField(max_length=8, default="en", help_text="In which letters and agendas are written.")
    languages = models.JSONField(default=list, help_text="Languages understood.")
    diet = models.CharField(max_length=120, blank=True)
    access = models.JSONField(default=list, help_text="Access needs as keys: wheelchair, hearing, seeing, rest, other.")
    access_text = models.CharField(max_length=400, blank=True)
    visa_letter = models.BooleanField(default=False)
    seat = models.CharField(max_length=12, choices=Seat.choices, default=Seat.ASKED, db_index=True)
    consents = models.JSONField(default=list, help_text="Purposes agreed to: participant_list, photos, contact_after.")
    keep_until = models.DateField(null=True, blank=True, help_text="When what it says of the person is to be forgotten.")
    is_invented = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self) -> str:
        return self.name
