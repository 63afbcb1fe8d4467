"""Addresses of tours: for everybody, for a guest about themselves, for the team."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.tours import import_pages, plan_pages, public_pages, setup_pages

OPEN = "events/<int:event>/tour/"
ROOM = "workspace/<int:organisation>/events/<int:event>/tour/"
PLAN = f"{ROOM}plans/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(OPEN, public_pages.show_tour, name="tour"),
    path(f"{OPEN}calendar.ics", public_pages.send_calendar, name="tour_calendar"),
    path(f"{OPEN}tour.csv", public_pages.send_table, name="tour_csv"),
    path("events/tours/<int:registration>/tour.pdf", public_pages.send_my_paper, name="my_tour_paper"),
    path(ROOM, setup_pages.show_room, name="tour_room"),
    path(f"{ROOM}sites/", setup_pages.show_sites, name="tour_sites"),
    path(f"{ROOM}sites/<int:number>/", setup_pages.show_site, name="tour_site"),
    path(f"{ROOM}days/", setup_pages.show_days, name="tour_days"),
    path(f"{ROOM}ways/", setup_pages.show_legs, name="tour_legs"),
    path(f"{ROOM}wishes/", setup_pages.show_wishes, name="tour_wishes"),
    path(f"{ROOM}import/", import_pages.bring_files, name="tour_import"),
    path(f"{ROOM}example/", import_pages.take_example, name="tour_example"),
    path(f"{ROOM}tables.zip", import_pages.send_tables, name="tour_tables"),
    path(f"{ROOM}drop/<slug:part>/<int:number>/", setup_pages.drop_part, name="tour_drop"),
    path(f"{ROOM}plans/", plan_pages.ask_tour, name="tour_ask"),
    path(PLAN, plan_pages.show_tour, name="tour_plan"),
    path(f"{PLAN}progress/", plan_pages.show_progress, name="tour_progress"),
    path(f"{PLAN}publish/", plan_pages.publish_tour, name="tour_publish"),
]
