"""Addresses of people and organisations."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.accounts import workspace

urlpatterns: list[URLPattern | URLResolver] = [
    path("workspace/", workspace.show_workspace, name="workspace"),
    path("workspace/<int:organisation>/", workspace.show_desk, name="desk"),
]
