"""Addresses of the pages about the interface, under their language."""

from django.urls import path

from citytandem.web.api import pages, token_pages

urlpatterns = [
    path("api/", pages.show_interface, name="interface"),
    path("account-tokens/", token_pages.show_tokens, name="tokens"),
    path("account-tokens/new/", token_pages.make_my_token, name="make_token"),
    path("account-tokens/<int:token>/revoke/", token_pages.revoke_my_token, name="revoke_token"),
]
