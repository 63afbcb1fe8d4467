"""Classes of members, offices and bodies of a network: written, changed and taken out by those who coordinate it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.live import atlas_of
from citytandem.web.networks import actions
from citytandem.web.networks.access import require_network
from citytandem.web.networks.forms import BodyForm, ClassForm, OfficeForm
from citytandem.web.networks.models import Body, MemberClass, Office
from citytandem.web.networks.parts import list_parts
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.networks.forms import VersionedForm

KINDS: dict[str, tuple[Any, type[VersionedForm]]] = {
    "class": (MemberClass, ClassForm),
    "office": (Office, OfficeForm),
    "body": (Body, BodyForm),
}
"""Parts of a registry: name in the address, table, form."""


@require_network("organisation.view")
@require_GET
def show_parts(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Classes, offices and bodies, each in the order of the alphabet."""
    told = {
        "organisation": organisation, "here": "registry_parts",
        "parts": list_parts(organisation, atlas=atlas_of(request), language=current_speech().language),
        "may_coordinate": request.user.has_perm("network.coordinate", organisation),
    }  # fmt: skip
    return render(request, "networks/parts.html", told)


@require_network("network.coordinate")
@require_http_methods(["GET", "POST"])
def write_part(request: HttpRequest, *, organisation: Organisation, kind: str, part: int | None = None) -> HttpResponse:
    """A new class, office or body, or another text for one."""
    if kind not in KINDS:
        raise Http404
    table, made = KINDS[kind]
    own = get_object_or_404(table, pk=part, network=organisation) if part else None
    form = made(request.POST or None, initial=_start(own, made))
    told: dict[str, Any] = {"organisation": organisation, "part": own, "kind": kind, "here": "registry_parts"}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        person, version = person_of(request), form.cleaned_data["version"]
        try:
            with transaction.atomic():
                if own is None:
                    actions.write_part(user=person, network=organisation, kind=table, values=form.values)
                else:
                    actions.change_part(user=person, own=own, version=version, values=form.values)
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": str(getattr(meanwhile.now, "version", 0))}
        except IntegrityError:
            form.add_error("title", str(word("web.registry.title_twice")))
        else:
            messages.success(request, str(word("web.told.saved")))
            return redirect("registry_parts", organisation.pk)
    return render(request, "networks/part.html", told | {"form": form}, status=status)


@require_network("network.coordinate")
@require_POST
def drop_part(request: HttpRequest, *, organisation: Organisation, kind: str, part: int) -> HttpResponse:
    """Take a class, an office or a body out of the registry."""
    if kind not in KINDS:
        raise Http404
    own = get_object_or_404(KINDS[kind][0], pk=part, network=organisation)
    form = VersionForm(request.POST)
    try:
        actions.drop_part(user=person_of(request), own=own, version=form.cleaned_data["version"] if form.is_valid() else -1)
        messages.success(request, str(word("web.registry.told.dropped")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.registry.changed_meanwhile")))
    return redirect("registry_parts", organisation.pk)


def _start(own: Any, form: type[VersionedForm]) -> dict[str, Any]:
    """The values of a part as its form shows them; cities by id, so that none is mistaken for another."""
    if own is None:
        return {"version": 0}
    start = {name: getattr(own, name) for name in form.base_fields}
    if "cities" in start:
        start["cities"] = "\n".join(own.cities)
    return start
