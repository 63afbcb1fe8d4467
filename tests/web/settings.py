"""The settings of the site under test: the real ones, in a home of their own."""

import os
import tempfile

os.environ["CITYTANDEM_HOME"] = os.environ.get("CITYTANDEM_TEST_HOME") or tempfile.mkdtemp(prefix="citytandem-test-")
os.environ.setdefault("CITYTANDEM_DATABASE_URL", os.environ.get("CITYTANDEM_TEST_DATABASE_URL", "sqlite://:memory:"))

from citytandem.web.settings import *  # noqa: F403 - the home must be known before the settings are read

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - one of the names above
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; only for people invented in tests
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in ("default", "pages")}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LETTERS_BESIDE = False  # a letter is there when the answer is
LIVE_BESIDE = False  # a page is made from what was just published, not from what was shown a moment ago
