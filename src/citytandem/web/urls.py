"""Addresses of the site: pages under their language, the interface and the health of the site without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from citytandem.web.api.urls import api
from citytandem.web.shell.views import show_health, show_metrics, show_readiness

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", show_health, name="health"),
    path("health/ready/", show_readiness, name="readiness"),
    path("health/metrics/", show_metrics, name="metrics"),
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("", include("citytandem.web.insights.urls")),
        path("", include("citytandem.web.accounts.urls")),
        path("account/", include("allauth.urls")),
        path("workspace/", include("citytandem.web.balances.urls")),
        path("workspace/", include("citytandem.web.profiles.urls")),
        path("", include("citytandem.web.partnerships.urls")),
        path("", include("citytandem.web.networks.urls")),
        path("", include("citytandem.web.programmes.urls")),
        path("", include("citytandem.web.events.urls")),
        path("", include("citytandem.web.agendas.urls")),
        path("", include("citytandem.web.tours.urls")),
        path("", include("citytandem.web.agreements.urls")),
        path("", include("citytandem.web.lessons.urls")),
        path("", include("citytandem.web.assessments.urls")),
        path("", include("citytandem.web.buildings.urls")),
        path("", include("citytandem.web.regions.urls")),
        path("", include("citytandem.web.pilots.urls")),
        path("", include("citytandem.web.api.page_urls")),
    ),
]
handler404 = "citytandem.web.shell.views.show_not_found"
handler403 = "citytandem.web.shell.views.show_no_right"
handler500 = "citytandem.web.shell.views.show_our_fault"
