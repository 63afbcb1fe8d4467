"""The app shell."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "citytandem.web.shell"
    label = "shell"
