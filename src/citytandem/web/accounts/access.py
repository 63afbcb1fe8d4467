"""Who may enter a page of an organisation? One gate in front of every view of the workspace.

A view behind ``require`` gets the organisation itself, not its number::

    @require("organisation.edit")
    def edit_stage(request: HttpRequest, *, organisation: Organisation, measure: str) -> HttpResponse: ...

with the address ``workspace/<int:organisation>/...``.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404

from citytandem.web.accounts.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import User

    View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> User:
    """The person who is signed in; for views behind a gate, and for the checker of types."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def require(permission: str) -> Callable[[View], View]:
    """Let in who has the permission for the organisation in the address.

    Anonymous people are asked to sign in, whether the organisation exists or not; strangers get 404, so that nobody
    learns what exists; members without the role get 403 with whom to ask.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *, organisation: int, **more: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found = Organisation.objects.filter(pk=organisation, memberships__user=request.user).first()
            if found is None:
                raise Http404
            if not request.user.has_perm(permission, found):
                raise PermissionDenied
            return view(request, organisation=found, **more)

        return answer

    return guard


def require_operator(view: View) -> View:
    """Let in who runs the site; for everybody else the page does not exist."""

    @wraps(view)
    def answer(request: HttpRequest, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("site.operate"):
            raise Http404
        return view(request, **more)

    return answer
