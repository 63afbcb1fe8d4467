"""How the sign-in library asks us: nobody signs up without an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest

INVITED = "invitation"
"""Key of the session under which the invitation that was opened is kept."""


class ByInvitation(DefaultAccountAdapter):
    """Sign-up is open only to those who came by the address in an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return INVITED in request.session
