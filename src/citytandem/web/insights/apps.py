"""The app insights."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "citytandem.web.insights"
    label = "insights"
