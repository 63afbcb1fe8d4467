"""The door for a WSGI server."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citytandem.web.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Ask one question before anybody else does, so that the first reader need not wait for tables to be read."""
    from citytandem.web.insights.answers import answers_for  # app ready
    from citytandem.web.live import published_atlas  # app ready

    answers_for(published_atlas(), city="DE-08221000")


threading.Thread(target=_warm, daemon=True).start()
