"""Addresses of regions."""

from django.urls import path

from citytandem.web.regions import delegations, pages

urlpatterns = [
    path("regions/", pages.show_regions, name="regions"),
    path("regions/<slug:region>/", pages.show_region, name="region"),
    path("regions/<slug:region>/briefing.pdf", pages.send_region_briefing, name="region_briefing"),
    path("regions/<slug:region>/<slug:sheet>.csv", pages.send_region_sheet, name="region_sheet"),
    path("workspace/<int:organisation>/regions/<slug:region>/delegation/", delegations.plan_delegation, name="plan_delegation"),
]
