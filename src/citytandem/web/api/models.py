"""Keys with which programs of a person ask in that person's name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Token(models.Model):
    """One key of a person. Only its hash is kept, and its first letters so that the person knows which it is.

    A token gives at most what its person may do at the moment it is used; it never has a right of its own.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    begins = models.CharField(max_length=12)
    token_sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=60)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created", "-pk"]

    @property
    def scope_list(self) -> list[str]:
        """What it may be used for."""
        return self.scopes.split()
