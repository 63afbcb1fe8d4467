"""The app agreements."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "citytandem.web.agreements"
    label = "agreements"
