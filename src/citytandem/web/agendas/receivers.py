"""What happens to an agenda when something happens to its event: a guest who is forgotten is forgotten here as well."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from citytandem.web.agendas.forgetting import forget_guest
from citytandem.web.events.models import Registration


@receiver(pre_save, sender=Registration)
def remember_name(instance: Registration, **_: Any) -> None:
    """Before a guest is forgotten, hold the name so that it can be taken out of what was found."""
    if instance.forgotten and instance.pk:
        names = Registration.objects.filter(pk=instance.pk, forgotten=None).values_list("name", flat=True)
        instance._name_before = names.first()  # type: ignore[attr-defined]  # noqa: SLF001 - lives until the row is saved


@receiver(post_save, sender=Registration)
def forget_with_registration(instance: Registration, **_: Any) -> None:
    """Forget what agendas know of a guest in the same step."""
    name = getattr(instance, "_name_before", None)
    if instance.forgotten and name is not None:
        forget_guest(instance, name=name)
        instance._name_before = None  # type: ignore[attr-defined]  # noqa: SLF001 - done
