"""The app assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "citytandem.web.assessments"
    label = "assessments"
