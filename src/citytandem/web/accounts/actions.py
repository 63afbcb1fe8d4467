"""What changes people, organisations and roles; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.web.accounts.models import AuditEntry

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation, User


def record(
    *,
    user: User | None,
    action: str,
    organisation: Organisation | None = None,
    city: str = "",
    subject: str = "",
    before: Any = None,
    after: Any = None,
) -> AuditEntry:
    """Write down who did what, to what, and what it was before and after; call it inside the change's own transaction."""
    return AuditEntry.objects.create(
        user=user if user and user.is_authenticated else None,
        organisation=organisation,
        city=city or (organisation.city if organisation else ""),
        action=action,
        subject=subject,
        before=before,
        after=after,
    )
