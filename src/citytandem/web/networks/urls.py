"""Addresses of networks."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.networks import entry_pages, exchange_pages, member_pages, part_pages, room_pages, tie_pages

ROOM = "workspace/<int:organisation>/network/"
TIES = "workspace/<int:organisation>/ties/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(ROOM, room_pages.show_room, name="network_room"),
    path(f"{ROOM}public/", room_pages.show_registry, name="show_registry"),
    path(f"{ROOM}members/", member_pages.show_members, name="registry_members"),
    path(f"{ROOM}members/new/", member_pages.write_member, name="new_registry_member"),
    path(f"{ROOM}members/<int:member>/", member_pages.write_member, name="registry_member"),
    path(f"{ROOM}structure/", part_pages.show_parts, name="registry_parts"),
    path(f"{ROOM}structure/<slug:kind>/new/", part_pages.write_part, name="new_registry_part"),
    path(f"{ROOM}structure/<slug:kind>/<int:part>/", part_pages.write_part, name="registry_part"),
    path(f"{ROOM}structure/<slug:kind>/<int:part>/drop/", part_pages.drop_part, name="drop_registry_part"),
    path(f"{ROOM}ties/", tie_pages.show_network_ties, name="network_ties"),
    path(f"{ROOM}import/", exchange_pages.bring_list, name="registry_import"),
    path(f"{ROOM}<slug:what>.csv", exchange_pages.send_list, name="registry_export"),
    path(TIES, tie_pages.show_city_ties, name="ties"),
    path(f"{TIES}new/", tie_pages.write_tie, name="new_tie"),
    path(f"{TIES}memberships/<int:member>/<slug:answer>/", member_pages.answer_membership, name="answer_membership"),
    path(f"{TIES}<int:tie>/", tie_pages.show_tie, name="tie"),
    path(f"{TIES}<int:tie>/change/", tie_pages.change_tie, name="change_tie"),
    path(f"{TIES}<int:tie>/end/", tie_pages.end_tie, name="end_tie"),
    path(f"{TIES}<int:tie>/<slug:kind>/new/", entry_pages.write_entry, name="new_tie_entry"),
    path(f"{TIES}<int:tie>/<slug:kind>/<int:entry>/", entry_pages.change_entry, name="tie_entry"),
]
