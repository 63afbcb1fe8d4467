"""How does a program bring a balance? As a draft of an organisation, in the name of a person who may; people publish it."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, Form, Query, Router
from ninja import Path as InPath
from ninja.files import UploadedFile

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import answered
from citytandem.web.accounts.models import Kind, Organisation, User
from citytandem.web.api import shapes
from citytandem.web.api.answers import write_json
from citytandem.web.api.describe import described_writing
from citytandem.web.api.door import refuse_unknown_names
from citytandem.web.api.parameters import Bare, say_path
from citytandem.web.api.tokens import Scope, demand_scope
from citytandem.web.balances.actions import bring_file
from citytandem.web.balances.models import BalanceSet, Licence
from citytandem.web.balances.receiving import UPLOAD_BYTES
from citytandem.web.balances.result import open_result
from citytandem.web.shell.language import current_speech


def ask_for_token(request: HttpRequest) -> bool:
    """Nothing of a request is read before somebody stands behind it."""
    token = getattr(request, "token", None)
    if token is None:
        raise CannotCompute(Finding(Code.API_TOKEN_NEEDED, {"scope": ", ".join(Scope)}))
    return True


router = Router(tags=["drafts"], auth=ask_for_token)
SHOWN = ("title", "state", "stage", "is_sound", "questions", "file_sha256", "file_bytes")
Number = Annotated[int, InPath(ge=1, le=2**31 - 1, description=say_path("organisation"))]
SetNumber = Annotated[int, InPath(ge=1, le=2**31 - 1, description=say_path("set"))]
Title = Annotated[str, Form(max_length=120, description=say_path("title"))]
Terms = Annotated[str, Form(max_length=40, description=say_path("licence"))]
Sheet = Annotated[UploadedFile | None, File(description=say_path("file"))]


@router.post("/workspace/{organisation}/balances", **described_writing("bring_balance", shapes.DRAFT))
def bring_balance(
    request: HttpRequest, *, organisation: Number, licence: Terms, title: Title = "", file: Sheet = None
) -> HttpResponse:
    person, own = _enter(request, organisation, scope=Scope.WRITE_DRAFTS, permission="organisation.edit")
    if own.kind != Kind.CITY:
        raise Http404
    if licence not in Licence.values:
        facts = {"asked": licence[:80], "option": "licence", "choices": ", ".join(Licence.values)}
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
    name, raw = _read(request, file)
    made = bring_file(user=person, organisation=own, raw=raw, name=name, title=title, licence=licence)
    made.refresh_from_db()
    response = _tell(made, status=201)
    response["Location"] = f"{request.path}/{made.pk}"
    return response


@router.get("/workspace/{organisation}/balances/{number}", **described_writing("show_draft", shapes.DRAFT, done=200))
def show_draft(request: HttpRequest, *, organisation: Number, number: SetNumber, asked: Query[Bare]) -> HttpResponse:
    refuse_unknown_names(request, type(asked))
    _, own = _enter(request, organisation, scope=Scope.READ, permission="organisation.view")
    found = BalanceSet.objects.filter(pk=number, organisation=own).first()
    if found is None:
        raise Http404
    return _tell(found)


def _enter(request: HttpRequest, organisation: int, *, scope: Scope, permission: str) -> tuple[User, Organisation]:
    """The person and the organisation: strangers learn nothing, members without the role learn whom to ask."""
    person = demand_scope(getattr(request, "token", None), scope)
    own = Organisation.objects.filter(pk=organisation, memberships__user=person).first()
    if own is None:
        raise Http404
    if not person.has_perm(permission, own):
        raise CannotCompute(Finding(Code.API_ROLE_MISSING))
    return person, own


def _read(request: HttpRequest, file: UploadedFile | None) -> tuple[str, bytes]:
    if request.META.get("UPLOAD_TOO_LARGE"):
        facts: dict[str, str | int | float | None] = {
            "file": "file",
            "part": "bytes",
            "size": f"> {UPLOAD_BYTES}",
            "limit": UPLOAD_BYTES,
        }
        raise CannotCompute(Finding(Code.FILE_TOO_LARGE, facts))
    if file is None or not file.size:
        raise CannotCompute(Finding(Code.API_PARAMETER_INVALID, {"asked": "", "option": "file"}))
    return file.name or "", file.read()


def _tell(found: BalanceSet, *, status: int = 200) -> HttpResponse:
    result = open_result(found.reading)
    draft: dict[str, Any] = {
        "organisation": found.organisation_id,
        "set": found.pk,
        **{
            name: getattr(found, name)
            for name in ("title", "state", "stage", "is_sound", "questions", "file_sha256", "file_bytes")
        },
        "page": reverse("balance_set", args=[found.organisation_id, found.pk]),
    }
    findings = list(result.findings) if result else []
    response = write_json(answered({"draft": draft}, findings[:100], speech=current_speech()), status=status)
    response["Cache-Control"] = "no-store"
    return response
