"""What a city says about itself: stages, powers, targets, the versions it has published, and replies to what others say."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.tables.action import DIMENSIONS
from citytandem.web.accounts.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class Said(models.TextChoices):
    """An answer of the self-check. Not knowing is an answer; that it is another's task is one too."""

    NONE = "0"
    DECIDED = "1"
    PILOT = "2"
    ROLLOUT = "3"
    COMPLETE = "4"
    UNKNOWN = "unknown"
    NOT_OURS = "not_ours"


class TargetKind(models.TextChoices):
    """What a target aims at."""

    NET_ZERO = "net_zero"
    SHARE = "reduction"
    ABSOLUTE = "absolute"


class Kept(models.Model):
    """What every statement of a team has: whose it is, how often it was changed, and by whom last.

    ``version`` is raised by every change: whoever sends a form names the version it was made from.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True


class StageAnswer(Kept):
    """How far a measure is, in the words of the team."""

    measure = models.CharField(max_length=8)
    said = models.CharField(max_length=12, choices=Said.choices)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.URLField(max_length=500, blank=True)
    remark = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "measure"], name="one_answer_per_measure")]
        ordering = ["measure"]


class Comment(models.Model):
    """A word among the team about a measure; never published."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="comments")
    measure = models.CharField(max_length=8)
    text = models.TextField(max_length=2000)
    said = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["said", "pk"]


class PowerCorrection(Kept):
    """What the city may do itself, where the general answer for its country and tier is wrong for it."""

    asset = models.CharField(max_length=40)
    dimension = models.CharField(max_length=8, choices=[(name, name) for name in DIMENSIONS])
    level = models.PositiveSmallIntegerField()
    law = models.CharField(max_length=200, blank=True)
    law_date = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=600)
    link = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "asset", "dimension"], name="one_correction_per_power"),
            models.CheckConstraint(condition=models.Q(level__lte=3), name="level_of_power_is_0_to_3"),
        ]
        ordering = ["asset", "dimension"]


class Target(Kept):
    """What the city has decided to reach, by when, against which year, for what."""

    kind = models.CharField(max_length=12, choices=TargetKind.choices)
    target_year = models.PositiveSmallIntegerField()
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    share_percent = models.FloatField(null=True, blank=True)
    absolute_t = models.FloatField(null=True, blank=True)
    scope = models.CharField(max_length=400)
    link = models.URLField(max_length=500)
    review = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "target_year"], name="one_target_per_kind_and_year")
        ]
        ordering = ["target_year", "kind"]


class ProfileVersion(models.Model):
    """Everything a city said of itself when it published: never changed again. The newest that is seen counts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="profile_versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=8, default="en")
    note = models.CharField(max_length=400, blank=True)
    published = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True, blank=True)
    restored_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="restored")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="one_version_of_a_number")]
        ordering = ["-number"]


class Reply(models.Model):
    """A city's answer to a statement about it, shown beside the statement until it is withdrawn."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="replies")
    city = models.CharField(max_length=24, db_index=True)
    section = models.CharField(max_length=20)
    figure = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=1500)
    link = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=8)
    said = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["said", "pk"]


class ReminderChoice(models.Model):
    """Whether a person wants letters about what is due, and when the last one went out."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="reminder_choices")
    wanted = models.BooleanField(default=True)
    last_sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], name="one_choice_per_person")]
