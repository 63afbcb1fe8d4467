"""The door for a WSGI server."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citytandem.web.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Ask one question before anybody else does, so that the first reader need not wait for tables to be read."""
    from citytandem.atlas import load  # app ready
    from citytandem.web.insights.answers import answers_for  # app ready
    from citytandem.web.insights.finder import index_names  # app ready

    answers_for(load(), city="DE-08221000")
    index_names(load())


threading.Thread(target=_warm, daemon=True).start()
