"""The app profiles."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "citytandem.web.profiles"
    label = "profiles"
