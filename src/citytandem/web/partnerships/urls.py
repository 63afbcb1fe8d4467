"""Addresses of needs and offers."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.partnerships import answer_pages, board_pages, fitting_pages, moderation_pages, team_pages

HERE = "workspace/<int:organisation>/listings/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("board/", board_pages.show_board, name="board"),
    path("board/reports/", moderation_pages.show_reports, name="listing_reports"),
    path("board/<int:listing>/", board_pages.show_listing, name="board_listing"),
    path("board/<int:listing>/answer/", answer_pages.answer_listing, name="answer_listing"),
    path("board/<int:listing>/report/", moderation_pages.report_listing, name="report_listing"),
    path("board/<int:listing>/moderate/<slug:step>/", moderation_pages.moderate_listing, name="moderate_listing"),
    path("workspace/<int:organisation>/offers/", fitting_pages.show_fitting, name="fitting_offers"),
    path(HERE, team_pages.show_listings, name="listings"),
    path(f"{HERE}new/", team_pages.write_listing, name="new_listing"),
    path(f"{HERE}<int:listing>/", team_pages.write_listing, name="listing"),
    path(f"{HERE}<int:listing>/hidden/", moderation_pages.reply_to_hiding, name="reply_to_hiding"),
    path(f"{HERE}<int:listing>/<slug:step>/", team_pages.move_listing, name="move_listing"),
]
