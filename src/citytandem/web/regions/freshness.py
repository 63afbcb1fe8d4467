"""What is a kept page of regions made from beyond the atlas? Files of the operator, cases of teams, and what experts allow."""

from __future__ import annotations

import hashlib

from django.db.models import Count, Max, Sum

from citytandem.web.lessons.models import Case, Consent, Interview, Round, Shown
from citytandem.web.regions.reading import sign_folder


def sign_content() -> str:
    """One short text that changes with every file, published case, statement and consent."""
    told = (
        sign_folder(),
        Case.objects.filter(state=Shown.PUBLISHED).aggregate(Count("pk"), Sum("version"), Max("pk")),
        Round.objects.filter(state=Shown.PUBLISHED).aggregate(Count("pk"), Sum("version"), Max("pk")),
        Interview.objects.aggregate(Count("pk"), Sum("version"), Max("pk")),
        Consent.objects.aggregate(Count("pk"), Count("withdrawn"), Max("pk"), Max("withdrawn")),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
