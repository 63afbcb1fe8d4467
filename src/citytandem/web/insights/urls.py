"""Addresses everyone may open."""

from django.urls import path

from citytandem.web.insights import cities, city_files, city_pages, compare, home, method_pages, network_pages, peers_panel

urlpatterns = [
    path("", home.show_home, name="home"),
    path("cities/", cities.show_cities, name="cities"),
    path("cities/suggestions/", cities.suggest_cities, name="city_suggestions"),
    path("cities/<str:city>/", city_pages.show_city, name="city"),
    path("cities/<str:city>/briefing.pdf", city_files.send_briefing, name="briefing"),
    path("cities/<str:city>/package.zip", city_files.send_package, name="package"),
    path("cities/<str:city>/figures/<slug:figure>/", city_pages.show_figure, name="figure"),
    path("cities/<str:city>/figures/<slug:figure>.<slug:kind>", city_files.send_figure, name="figure_file"),
    path("cities/<str:city>/peers/", peers_panel.show_peers, name="peers"),
    path("cities/<str:city>/<slug:section>/", city_pages.show_section, name="section"),
    path("compare/", compare.show_comparison, name="compare"),
    path("networks/", network_pages.show_networks, name="networks"),
    path("networks/<slug:network>/", network_pages.show_network, name="network"),
    path("networks/<slug:network>/members.csv", network_pages.send_members, name="network_members"),
    path("method/", method_pages.show_method, name="method"),
    path("method/measures/<slug:measure>/", method_pages.show_measure, name="measure"),
    path("method/<slug:page>/", method_pages.show_page, name="method_page"),
    path("method/<slug:page>/<slug:sheet>.csv", method_pages.send_sheet, name="method_sheet"),
    path("method/<slug:page>/<slug:item>/", method_pages.show_item, name="method_item"),
    path("method/<slug:page>/<slug:item>/<slug:sheet>.csv", method_pages.send_sheet, name="method_item_sheet"),
]
