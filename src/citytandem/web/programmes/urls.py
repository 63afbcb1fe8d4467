"""Addresses of programmes: for everybody, for coordinators, for teams."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.programmes import application_pages, coordinator_pages, public_pages, studio_pages, tandem_pages

ROOM = "workspace/<int:organisation>/programmes/"
ONE = f"{ROOM}<int:programme>/"
STUDIO = f"{ONE}studio/"
TEAM = "workspace/<int:organisation>/applications/"
TANDEM = "workspace/<int:organisation>/tandems/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", public_pages.show_programmes, name="programmes"),
    path("programmes/<int:programme>/", public_pages.show_programme, name="programme"),
    path(ROOM, coordinator_pages.show_network_programmes, name="network_programmes"),
    path(f"{ROOM}new/", coordinator_pages.write_programme, name="new_programme"),
    path(ONE, coordinator_pages.show_room, name="programme_room"),
    path(f"{ONE}edit/", coordinator_pages.write_programme, name="edit_programme"),
    path(f"{ONE}state/<slug:step>/", coordinator_pages.move_programme, name="move_programme"),
    path(f"{ONE}applications/", coordinator_pages.show_applications, name="room_applications"),
    path(f"{ONE}applications/let-in/", coordinator_pages.let_in_all, name="let_in_all"),
    path(f"{ONE}applications/<int:application>/", coordinator_pages.show_application, name="room_application"),
    path(f"{ONE}tandems/<int:tandem>/<slug:step>/", coordinator_pages.move_tandem_on, name="move_tandem"),
    path(STUDIO, studio_pages.show_studio, name="studio"),
    path(f"{STUDIO}rules/", studio_pages.write_rule, name="studio_rule"),
    path(f"{STUDIO}rules/<int:rule>/drop/", studio_pages.take_rule_back, name="drop_studio_rule"),
    path(f"{STUDIO}<int:run>/", studio_pages.show_studio_run, name="studio_run"),
    path(f"{STUDIO}<int:run>/progress/", studio_pages.show_run_progress, name="studio_progress"),
    path(f"{STUDIO}<int:run>/move/", studio_pages.move_pair, name="studio_move"),
    path(f"{STUDIO}<int:run>/again/", studio_pages.match_again, name="studio_again"),
    path(f"{STUDIO}<int:run>/propose/", studio_pages.propose, name="studio_propose"),
    path(TEAM, application_pages.show_applications, name="applications"),
    path(f"{TEAM}<int:programme>/", application_pages.write_application, name="application"),
    path(f"{TEAM}<int:programme>/<slug:step>/", application_pages.move_application, name="move_application"),
    path(TANDEM, tandem_pages.show_tandems, name="tandems"),
    path(f"{TANDEM}<int:tandem>/", tandem_pages.show_tandem, name="tandem_room"),
    path(f"{TANDEM}<int:tandem>/answer/", tandem_pages.answer_tandem, name="answer_tandem"),
    path(f"{TANDEM}<int:tandem>/shown/", tandem_pages.show_or_hide_tandem, name="show_tandem"),
]
