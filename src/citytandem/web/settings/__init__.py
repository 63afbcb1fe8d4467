"""Settings of the site. All that differs between installations is read from the environment or kept in its home."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

from citytandem.web.settings.api import *  # noqa: F403 - settings are names in one module
from citytandem.web.settings.home import find_home, read_secret
from citytandem.web.settings.security import *  # noqa: F403 - settings are names in one module
from citytandem.web.settings.sign_in import *  # noqa: F403 - the same

WEB = Path(__file__).parent.parent
HOME = find_home()

DEBUG = os.environ.get("CITYTANDEM_DEBUG") == "1"
SECRET_KEY = read_secret(HOME)
ALLOWED_HOSTS = os.environ.get("CITYTANDEM_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CITYTANDEM_ORIGINS", "").split(",") if origin]
ROOT_URLCONF = "citytandem.web.urls"
WSGI_APPLICATION = "citytandem.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "citytandem.web.shell",
    "citytandem.web.accounts",
    "citytandem.web.balances",
    "citytandem.web.profiles",
    "citytandem.web.partnerships",
    "citytandem.web.networks",
    "citytandem.web.programmes",
    "citytandem.web.events",
    "citytandem.web.agendas",
    "citytandem.web.tours",
    "citytandem.web.agreements",
    "citytandem.web.lessons",
    "citytandem.web.assessments",
    "citytandem.web.buildings",
    "citytandem.web.regions",
    "citytandem.web.pilots",
    "citytandem.web.insights",
    "citytandem.web.demo",
    "citytandem.web.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "citytandem.web.shell.middleware.RefusalMiddleware",
    "citytandem.web.shell.middleware.PrivateMiddleware",
    "citytandem.web.api.middleware.ApiMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "citytandem.web.shell.context.describe_site",
                "citytandem.web.accounts.context.describe_person",
            ],
            "builtins": ["citytandem.web.shell.templatetags.words"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("CITYTANDEM_DATABASE_URL", f"sqlite:///{HOME / 'citytandem.sqlite3'}"), conn_max_age=60
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits at the door, not in the middle
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_KEPT = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "TIMEOUT": 7 * 24 * 3600,  # pages are kept under the hash of what they are made from, so age does not matter
}
CACHES = {
    "default": {**_KEPT, "LOCATION": HOME / "counts", "OPTIONS": {"MAX_ENTRIES": 100_000}},
    # apart from the counts that stop those who guess: a crowd of pages must not push them out
    "pages": {**_KEPT, "LOCATION": HOME / "cache", "OPTIONS": {"MAX_ENTRIES": 5_000}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"

REGIONS_RAW = os.environ.get("CITYTANDEM_REGIONS_RAW", "")
"""A folder with more series of regions, as the command ``analogues --raw`` reads it; it is only read, never written."""

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# short dates that are read alike on both sides of the Atlantic
FORMAT_MODULE_PATH = "citytandem.web.shell.formats"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ja", "日本語"), ("zh-hans", "简体中文"), ("da", "Dansk")]
LOCALE_PATHS: list[Path] = []

EMAIL_BACKEND = os.environ.get("CITYTANDEM_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("CITYTANDEM_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CITYTANDEM_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CITYTANDEM_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CITYTANDEM_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CITYTANDEM_EMAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("CITYTANDEM_EMAIL_FROM", "citytandem@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "citytandem.web.shell.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": os.environ.get("CITYTANDEM_LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": ["out"], "level": os.environ.get("CITYTANDEM_LOG_LEVEL", "WARNING"), "propagate": False}},
}
