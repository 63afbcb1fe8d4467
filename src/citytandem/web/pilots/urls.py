"""Addresses of pilot programmes: what everybody reads, the rooms of an office, the room of one city."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.pilots import (
    city_pages,
    decision_pages,
    evidence_pages,
    lesson_pages,
    office_pages,
    public_pages,
)  # fmt: skip

OFFICE = "workspace/<int:organisation>/pilots/<int:programme>/"
CITY = f"{OFFICE}cities/<int:pilot>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("pilots/", public_pages.show_programmes, name="pilot_programmes"),
    path("pilots/certificates/", public_pages.find_certificate, name="pilot_find_certificate"),
    path("pilots/certificates/<str:number>/", public_pages.show_certificate, name="pilot_certificate"),
    path("pilots/certificates/<str:number>/pdf/", public_pages.print_certificate, name="pilot_certificate_pdf"),
    path("pilots/<int:programme>/", public_pages.show_programme, name="pilot_programme"),
    path("pilots/<int:programme>/portfolio/", public_pages.show_portfolio, name="pilot_portfolio"),
    path("pilots/<int:programme>/portfolio/csv/", public_pages.export_portfolio, name="pilot_portfolio_csv"),
    path("pilots/<int:programme>/cities/<int:pilot>/", public_pages.show_city, name="pilot_public_city"),
    path("workspace/<int:organisation>/pilots/", office_pages.show_mine, name="pilots_mine"),
    path("workspace/<int:organisation>/pilots/new/", office_pages.begin_programme, name="pilot_begin"),
    path(OFFICE, office_pages.show_room, name="pilot_room"),
    path(f"{OFFICE}edit/", office_pages.edit_programme, name="pilot_edit"),
    path(f"{OFFICE}state/<slug:step>/", office_pages.move_programme, name="pilot_move_programme"),
    path(f"{OFFICE}portfolio/", office_pages.show_portfolio, name="pilot_office_portfolio"),
    path(f"{OFFICE}stages/new/", office_pages.write_stage, name="pilot_new_stage"),
    path(f"{OFFICE}stages/<int:stage>/", office_pages.write_stage, name="pilot_stage"),
    path(f"{OFFICE}stages/<int:stage>/remove/", office_pages.remove_stage, name="pilot_remove_stage"),
    path(f"{OFFICE}cities/new/", office_pages.write_city, name="pilot_new_city"),
    path(f"{CITY}edit/", office_pages.write_city, name="pilot_edit_city"),
    path(f"{CITY}remove/", office_pages.remove_city, name="pilot_remove_city"),
    path(CITY, city_pages.show_city, name="pilot_city"),
    path(f"{CITY}stage/", city_pages.move_stage, name="pilot_move_stage"),
    path(f"{CITY}assess/", city_pages.open_assessment, name="pilot_assess"),
    path(f"{CITY}findings/<int:finding>/answer/", city_pages.answer_finding, name="pilot_answer_finding"),
    path(f"{CITY}findings/<int:finding>/close/", city_pages.close_finding, name="pilot_close_finding"),
    path(f"{CITY}rows/<slug:kind>/new/", city_pages.write_row, name="pilot_new_row"),
    path(f"{CITY}rows/<slug:kind>/<int:row>/", city_pages.write_row, name="pilot_row"),
    path(f"{CITY}rows/<slug:kind>/<int:row>/remove/", city_pages.remove_row, name="pilot_remove_row"),
    path(f"{CITY}evidence/", evidence_pages.send_evidence, name="pilot_send_evidence"),
    path(f"{CITY}evidence/<int:evidence>/", evidence_pages.read_evidence, name="pilot_evidence"),
    path(f"{CITY}evidence/<int:evidence>/take-back/", evidence_pages.take_back_evidence, name="pilot_take_back"),
    path(f"{CITY}decide/", decision_pages.write_decision, name="pilot_decide"),
    path(f"{CITY}certificates/<int:certificate>/withdraw/", decision_pages.withdraw_certificate, name="pilot_withdraw"),
    path(f"{CITY}lesson/", lesson_pages.write_lesson, name="pilot_lesson"),
]
