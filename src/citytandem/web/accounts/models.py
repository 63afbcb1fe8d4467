"""People, the organisations they act for, and the record of what they did."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail address is their only name."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **more: object) -> User:
        # not Django's superuser, who may do everything: whoever runs the site has no say over an organisation's data
        return self.create_user(email, password, is_operator=True, **more)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. ``is_operator`` runs the site: invites organisations, sees its health; no say over their data."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False, help_text="A person of the demo, shown as invented wherever named.")
    joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        # colleagues see a name, never the whole address
        return self.name or self.email.partition("@")[0]


class Kind(models.TextChoices):
    """The five kinds of organisations."""

    CITY = "city"
    NETWORK = "network"
    CIVIC = "civic"
    BUSINESS = "business"
    RESEARCH = "research"


class Organisation(models.Model):
    """Who people act for. A city's speaks for one city of the atlas; a network's for one of its networks."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=24, blank=True, db_index=True, help_text="Id of the city in the atlas.")
    network = models.CharField(max_length=60, blank=True, db_index=True, help_text="Key of the network in the atlas.")
    website = models.URLField(blank=True)
    is_invented = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="city") | ~models.Q(city=""), name="organisation_of_kind_city_names_its_city"
            ),
            models.UniqueConstraint(fields=["city"], condition=models.Q(kind="city"), name="one_organisation_per_city"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do for an organisation; each of the first four may do all that the ones before may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"
    COORDINATOR = "coordinator"


class Membership(models.Model):
    """One person's role in one organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_role_per_person_and_organisation")]


class Invitation(models.Model):
    """A seat kept for somebody: whoever opens the address sent to ``email`` takes it. Only a hash of the token is kept.
    A seat that is taken or withdrawn is deleted, and the address with it; the record tells what happened.

    Without an organisation it is a seat among those who run the site.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    as_operator = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="en")
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(as_operator=True, organisation=None, role="")
                | (models.Q(as_operator=False, organisation__isnull=False) & ~models.Q(role="")),
                name="invited_to_a_role_or_to_run_the_site",
            ),
        ]


class AppendOnly(TypeError):
    """Somebody tried to change or to take away what was written down."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads what was written down, and adds to it."""

    def update(self, **changes: object) -> int:
        raise AppendOnly(sorted(changes))

    def bulk_update(self, *_: object, **__: object) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class AuditEntry(models.Model):
    """What was done: who, when, what, to what, before and after. Rows are only ever added.

    A person is named by number alone (``person:7``), never by name or address, so that a person can be forgotten
    while the record stays.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_site = models.BooleanField(default=False, help_text="Nobody did it: a command or a task of the site.")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="audit")
    city = models.CharField(max_length=24, blank=True, db_index=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(self.pk)
        super().save(*args, **options)

    def delete(self, *_: object, **__: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly(self.pk)
