"""The app lessons."""

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "citytandem.web.lessons"
    label = "lessons"
