"""Two people on one form: whoever sends second is told, and sees both."""

from __future__ import annotations

from django.db import models


class ChangedMeanwhile(Exception):
    """It was changed since the form was made; ``now`` is how it stands, None if it was taken away."""

    def __init__(self, now: models.Model | None) -> None:
        super().__init__(getattr(now, "pk", None))
        self.now = now


class NothingNew(Exception):
    """What would be published is what is seen already."""
