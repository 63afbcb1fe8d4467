"""The app partnerships."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "citytandem.web.partnerships"
    label = "partnerships"
