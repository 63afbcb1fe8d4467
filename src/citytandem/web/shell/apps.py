"""The app shell."""

from email.utils import parseaddr

from django.apps import AppConfig
from django.conf import settings
from django.core.mail.utils import DNS_NAME


class ShellConfig(AppConfig):
    name = "citytandem.web.shell"
    label = "shell"

    def ready(self) -> None:
        """Letters name the host they are sent from; asking the name service for it can stop a request for minutes."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        DNS_NAME._fqdn = domain  # noqa: SLF001 - Django has no setting for it
