"""Addresses of pilot buildings: for everybody, and for the team that brings its own."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.buildings import bring_pages, edit_pages, public_pages, room_pages

ROOM = "workspace/<int:organisation>/buildings/"
OWN = f"{ROOM}<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("buildings/", public_pages.show_buildings, name="buildings"),
    path("buildings/buildings.csv", public_pages.send_buildings, name="buildings_csv"),
    path("buildings/template.<slug:form>", public_pages.send_template, name="building_template"),
    path("buildings/<str:building>/", public_pages.show_building, name="building"),
    path("buildings/<str:building>/figures.csv", public_pages.send_building, name="building_csv"),
    path("buildings/<str:building>/sheet.pdf", public_pages.send_paper, name="building_pdf"),
    path(ROOM, room_pages.show_room, name="own_buildings"),
    path(f"{ROOM}bring/", bring_pages.bring_files, name="own_buildings_bring"),
    path(OWN, room_pages.show_own, name="own_building"),
    path(f"{OWN}sheet.pdf", room_pages.send_own_paper, name="own_building_pdf"),
    path(f"{OWN}bring/", bring_pages.bring_more, name="own_building_bring"),
    path(f"{OWN}tables/", edit_pages.show_tables, name="own_building_tables"),
    path(f"{OWN}record/", edit_pages.edit_record, name="own_building_record"),
    path(f"{OWN}rows/<slug:table>/", edit_pages.add_row, name="own_building_add"),
    path(f"{OWN}rows/<slug:table>/<int:row>/", edit_pages.edit_row, name="own_building_row"),
    path(f"{OWN}rows/<slug:table>/<int:row>/drop/", edit_pages.drop_row, name="own_building_drop"),
    path(f"{OWN}versions/", room_pages.show_versions, name="own_building_versions"),
    path(f"{OWN}versions/<int:version>/", room_pages.show_version, name="own_building_version"),
    path(f"{OWN}versions/<int:version>/restore/", room_pages.restore, name="own_building_restore"),
    path(f"{OWN}publish/", room_pages.publish, name="own_building_publish"),
    path(f"{OWN}withdraw/", room_pages.withdraw, name="own_building_withdraw"),
    path(f"{OWN}erase/", room_pages.erase, name="own_building_erase"),
]
