"""Addresses everyone may open."""

from django.urls import path

from citytandem.web.insights import city_pages, home

urlpatterns = [
    path("", home.show_home, name="home"),
    path("cities/<str:city>/", city_pages.show_city, name="city"),
    path("cities/<str:city>/<slug:section>/", city_pages.show_section, name="section"),
]
