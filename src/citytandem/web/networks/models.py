"""A network's registry: classes, offices, bodies and memberships over time; ties between cities and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation


def _by() -> models.ForeignKey[object, object]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")


class Registry(models.Model):
    """What a network has decided about its registry: does everybody see it on the network's page?"""

    network = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="registry")
    is_public = models.BooleanField(default=False)


class MemberClass(models.Model):
    """A class of members, as a network names it: full, associate, innovator."""

    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="member_classes")
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=600, blank=True)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "title"], name="one_class_of_a_title")]
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Office(models.Model):
    """An office of a network and who held it when; one row per holder. A holder is a city or is named in words."""

    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(max_length=120)
    city = models.CharField(max_length=24, blank=True, help_text="Id of the city in the atlas.")
    holder = models.CharField(max_length=160, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(city="") | ~models.Q(holder=""), name="an_office_names_its_holder"),
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="an_office_ends_after_it_begins",
            ),
        ]
        ordering = ["title", "-since", "pk"]

    def __str__(self) -> str:
        return self.title


class BodyKind(models.TextChoices):
    """What a body of a network is."""

    FORUM = "forum"
    WORKING_GROUP = "working_group"
    REGIONAL = "regional"
    COMMITTEE = "committee"


class Body(models.Model):
    """A forum, a working group, a regional association or a committee of a network, and the cities in it."""

    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bodies")
    kind = models.CharField(max_length=16, choices=BodyKind.choices)
    title = models.CharField(max_length=160)
    text = models.CharField(max_length=600, blank=True)
    cities = models.JSONField(default=list, help_text="Ids of the cities in it.")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.title


class NetworkMember(models.Model):
    """A city's time in a network, as the network recorded it; it opens what is shared only once the city has confirmed it."""

    network = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="network_members")
    city = models.CharField(max_length=24, db_index=True)
    member_class = models.ForeignKey(MemberClass, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="First day on which it is no member any more.")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Tandems it can carry at once.")
    source = models.CharField(max_length=300)
    confirmed = models.DateTimeField(null=True, blank=True)
    confirmed_by = _by()
    declined = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = _by()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="a_membership_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["network", "city"], condition=models.Q(until=None), name="one_open_membership_per_city"
            ),
        ]
        ordering = ["city", "-since", "pk"]

    def __str__(self) -> str:
        return self.city


class TieKind(models.TextChoices):
    """The four kinds of ties, as in the release."""

    PARTNERSHIP = "partnership"
    FRIENDSHIP = "friendship"
    CONTACT = "contact"
    PROJECT = "project"


class Tie(models.Model):
    """A tie between two cities, recorded here; the city with the smaller id comes first, as in the release."""

    city = models.CharField(max_length=24, db_index=True)
    other = models.CharField(max_length=24, db_index=True)
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    since = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Year it began, where known.")
    until = models.DateField(null=True, blank=True, help_text="Day on which it was ended.")
    source = models.CharField(max_length=300)
    is_invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_for = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = _by()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(city__lt=models.F("other")), name="a_tie_names_the_smaller_id_first"),
            models.UniqueConstraint(fields=["city", "other"], name="one_tie_per_pair"),
        ]
        ordering = ["city", "other"]

    def __str__(self) -> str:
        return f"{self.city}:{self.other}"


class Entry(models.Model):
    """What every entry on a tie has: who wrote it for whom, and may a network read its words?"""

    by = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    is_shared = models.BooleanField(default=False, help_text="The networks of both cities may read the words, not only count it.")
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class MeetingForm(models.TextChoices):
    """How the two sides met."""

    CALL = "call"
    VISIT = "visit"
    WORKSHOP = "workshop"
    LETTER = "letter"


class MeetingState(models.TextChoices):
    """A meeting is planned, was held, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Meeting(Entry):
    """A contact on a tie, planned or held."""

    tie = models.ForeignKey(Tie, on_delete=models.CASCADE, related_name="meetings")
    day = models.DateField()
    form = models.CharField(max_length=10, choices=MeetingForm.choices)
    state = models.CharField(max_length=10, choices=MeetingState.choices)
    subject = models.CharField(max_length=200)

    class Meta:
        ordering = ["-day", "-pk"]


class Question(Entry):
    """A question one side asked the other, and its answer."""

    tie = models.ForeignKey(Tie, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.CharField(max_length=24, help_text="Id of the city that asks.")
    asked = models.DateField()
    text = models.CharField(max_length=600)
    answered = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered=None) | models.Q(answered__gte=models.F("asked")),
                name="an_answer_follows_its_question",
            )
        ]
        ordering = ["-asked", "-pk"]


class TransferStage(models.TextChoices):
    """How far a measure taken over from the other city has come."""

    BEGUN = "begun"
    PILOT = "pilot"
    IN_PLACE = "in_place"
    STOPPED = "stopped"


class Transfer(Entry):
    """A measure one city takes over from the other."""

    tie = models.ForeignKey(Tie, on_delete=models.CASCADE, related_name="transfers")
    measure = models.CharField(max_length=8)
    learner = models.CharField(max_length=24, help_text="Id of the city that takes it over.")
    begun = models.DateField()
    stage = models.CharField(max_length=10, choices=TransferStage.choices, default=TransferStage.BEGUN)
    remark = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["-begun", "-pk"]
