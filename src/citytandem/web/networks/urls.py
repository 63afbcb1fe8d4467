"""Addresses of networks."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.networks import room_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("workspace/<int:organisation>/network/", room_pages.show_room, name="network_room"),
]
