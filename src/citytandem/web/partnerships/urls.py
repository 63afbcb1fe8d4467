"""Addresses of needs and offers."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.partnerships import board_pages, team_pages

HERE = "workspace/<int:organisation>/listings/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", board_pages.show_board, name="board"),
    path("board/<int:listing>/", board_pages.show_listing, name="board_listing"),
    path(HERE, team_pages.show_listings, name="listings"),
    path(f"{HERE}new/", team_pages.write_listing, name="new_listing"),
    path(f"{HERE}<int:listing>/", team_pages.write_listing, name="listing"),
    path(f"{HERE}<int:listing>/<slug:step>/", team_pages.move_listing, name="move_listing"),
]
