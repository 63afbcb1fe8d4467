"""The app demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "citytandem.web.demo"
    label = "demo"
