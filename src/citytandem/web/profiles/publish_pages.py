"""Pages of publication: what would change, the preview, the versions and what differs between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.profiles import publishing, queries
from citytandem.web.profiles.access import require_in_city
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.profiles.check_pages import may
from citytandem.web.profiles.conflicts import ChangedMeanwhile, NothingNew
from citytandem.web.profiles.forms import PublishForm
from citytandem.web.profiles.models import ProfileVersion
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.profiles.queries import Change


@require_in_city("organisation.view")
@require_http_methods(["GET", "POST"])
def show_publish(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """What everybody would see differently, and the button."""
    rights, status = may(request, organisation), 200
    if request.method == "POST":
        if not rights["may_publish"]:
            return HttpResponse(status=403)
        form = PublishForm(request.POST)
        if form.is_valid() and _publish(request, organisation, form):
            return redirect("profile_versions", organisation.pk)
        status = 409
    content, seen = queries.content_of(organisation), queries.version_seen(organisation)
    changes = queries.compare(seen.content if seen else None, content)
    note = request.POST.get("note", "")[:400]
    form = PublishForm(initial={"shown": publishing.fingerprint(content), "note": note})
    told = {"organisation": organisation, "changes": name_changes(changes), "seen": seen, "form": form, **rights}
    return render(request, "profiles/publish.html", told, status=status)


@require_in_city("organisation.publish")
@require_POST
def withdraw_profile(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Take all of it out of sight."""
    publishing.withdraw(user=person_of(request), organisation=organisation)
    messages.success(request, str(word("web.publish.withdrawn")))
    return redirect("profile_versions", organisation.pk)


@require_in_city("organisation.view")
@require_GET
def show_versions(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Every version that was ever published, the newest first."""
    versions = ProfileVersion.objects.filter(organisation=organisation).select_related("published_by", "restored_from")
    told = {"organisation": organisation, "versions": versions, "seen": queries.version_seen(organisation)}
    return render(request, "profiles/versions.html", told | may(request, organisation))


@require_in_city("organisation.view")
@require_GET
def show_version(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """What differs between a version and the one before it, or another one that is named."""
    own = get_object_or_404(ProfileVersion, organisation=organisation, number=number)
    against = request.GET.get("against", "")
    older = ProfileVersion.objects.filter(organisation=organisation, number__lt=number)
    if against.isdecimal() and len(against) < 8:
        older = ProfileVersion.objects.filter(organisation=organisation, number=int(against))
    other = older.order_by("-number").first()
    changes = name_changes(queries.compare(other.content if other else None, own.content))
    told: dict[str, object] = {"organisation": organisation, "version": own, "other": other, "changes": changes}
    told["others"] = ProfileVersion.objects.filter(organisation=organisation).exclude(pk=own.pk)
    told["seen"] = queries.version_seen(organisation)
    return render(request, "profiles/version.html", told | may(request, organisation))


@require_in_city("organisation.publish")
@require_POST
def restore_version(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Publish an older version again."""
    old = get_object_or_404(ProfileVersion, organisation=organisation, number=number)
    made = publishing.restore(user=person_of(request), version=old)
    messages.success(request, str(word("web.publish.restored", old=old.number, new=made.number)))
    return redirect("profile_versions", organisation.pk)


def name_changes(changes: list[Change]) -> list[dict[str, object]]:
    """Changes with the names of what they are about."""
    titles, speech = title_measures(current_speech().language), current_speech()

    def call(change: Change) -> str:
        if change.what == "stages":
            return titles.get(change.key[0], change.key[0])
        if change.what == "corrections":
            asset, dimension = change.key
            return f"{speech.label(f'asset.{asset}')}: {speech.label(f'dimension.{dimension}')}"
        return f"{speech.label(f'web.target.kind.{change.key[0]}')} {change.key[1]}"

    return [{"name": call(change), "change": change} for change in changes]


def _publish(request: HttpRequest, organisation: Organisation, form: PublishForm) -> bool:
    try:
        made = publishing.publish(user=person_of(request), organisation=organisation, **form.cleaned_data)
    except ChangedMeanwhile:
        messages.error(request, str(word("web.publish.changed_meanwhile")))
        return False
    except NothingNew:
        messages.error(request, str(word("web.publish.nothing_new")))
        return False
    messages.success(request, str(word("web.publish.done", number=made.number)))
    return True
