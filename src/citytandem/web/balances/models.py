"""Sets of balances that cities bring: the file, how it is read, its state, who may see it, and what was done with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation


class State(models.TextChoices):
    """Where a set stands. Only a published one is seen by anybody beyond its own team."""

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Stage(models.TextChoices):
    """How far the reading of the file is."""

    WAITING = "waiting"
    RUNNING = "running"
    READ = "read"
    FAILED = "failed"


class Visibility(models.TextChoices):
    """Who sees a published set: everyone, members of organisations that share a network, or the own team alone."""

    PUBLIC = "public"
    NETWORK = "network"
    PRIVATE = "private"


class Licence(models.TextChoices):
    """Terms under which a city lets others use its figures."""

    CC_BY = "CC BY 4.0"
    CC0 = "CC0 1.0"
    DL_DE = "dl-de/by-2-0"
    OWN = "own terms"


class SavedMapping(models.Model):
    """How files of one layout are read; used again when the next file has the same headings."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="saved_mappings")
    name = models.CharField(max_length=120)
    layout = models.CharField(max_length=32)
    toml = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "layout"], name="one_mapping_per_layout")]
        ordering = ["name", "pk"]


class BalanceSet(models.Model):
    """One file a city brought, or one older version taken up again, on its way to being seen.

    ``version`` is raised by every change: whoever sends a form names the version it was made from.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="balance_sets")
    city = models.CharField(max_length=24, db_index=True)
    title = models.CharField(max_length=120)
    remark = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, db_index=True)
    file_bytes = models.PositiveBigIntegerField()
    licence = models.CharField(max_length=20, choices=Licence.choices)

    answers = models.JSONField(default=dict, blank=True)
    mapping = models.TextField(blank=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    stage_since = models.DateTimeField(default=timezone.now)
    reading = models.CharField(max_length=64, blank=True, db_index=True)
    package_sha256 = models.CharField(max_length=64, blank=True)
    is_sound = models.BooleanField(default=False)
    file_format = models.CharField(max_length=40, blank=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    visible_until = models.DateField(null=True, blank=True)
    visibility_after = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PRIVATE)

    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    checked = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    restored_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="restored")

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.title


class SetBalance(models.Model):
    """One balance inside a set: a city-year under one method, with what it adds up to."""

    balance_set = models.ForeignKey(BalanceSet, on_delete=models.CASCADE, related_name="balances")
    balance = models.CharField(max_length=120)
    year = models.SmallIntegerField()
    method = models.CharField(max_length=60)
    lines = models.PositiveIntegerField()
    lines_t = models.FloatField(null=True)
    reported_t = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["balance_set", "balance"], name="one_balance_per_set")]
        ordering = ["year", "balance"]


class Correction(models.Model):
    """One cell that a person corrected: the reported value stays beside the one that is read."""

    balance_set = models.ForeignKey(BalanceSet, on_delete=models.CASCADE, related_name="corrections")
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField()
    column = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["balance_set", "sheet", "row", "column"], name="one_correction_per_cell")]
        ordering = ["sheet", "row", "column"]


class PublishingRule(models.Model):
    """How an organisation wants to publish: whether a second person must do it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="publishing_rule")
    four_eyes = models.BooleanField(default=False)


class Publication(models.Model):
    """The state of what is published, as one number: raised with every change of what anybody may see.

    ``must`` is the newest number below which nothing may be shown any more, because something was taken back; ``token``
    is another text after every change, also across a backup that was restored.
    """

    version = models.PositiveBigIntegerField(default=0)
    must = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=32, default="")
