"""Addresses of balances, below those of the workspace."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.balances import mapping_pages, pages, row_pages, steps

BASE = "<int:organisation>/balances/"
SET = f"{BASE}<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(BASE, pages.show_balances, name="balances"),
    path(f"{BASE}new/", pages.bring_file, name="balance_new"),
    path(f"{BASE}rule/", pages.change_rule, name="balance_rule"),
    path(f"{BASE}mappings/<int:mapping>.toml", pages.download_saved_mapping, name="balance_saved_mapping"),
    path(f"{BASE}mappings/<int:mapping>/forget/", pages.forget_mapping, name="balance_forget_mapping"),
    path(SET, pages.show_set, name="balance_set"),
    path(f"{SET}progress/", pages.show_progress, name="balance_progress"),
    path(f"{SET}mapping/", mapping_pages.show_mapping, name="balance_mapping"),
    path(f"{SET}mapping/save/", mapping_pages.keep_mapping, name="balance_keep_mapping"),
    path(f"{SET}mapping.toml", mapping_pages.download_mapping, name="balance_mapping_toml"),
    path(f"{SET}rows/", row_pages.show_rows, name="balance_rows"),
    path(f"{SET}cell/", row_pages.correct_cell, name="balance_cell"),
    path(f"{SET}totals/", row_pages.show_totals, name="balance_totals"),
    path(f"{SET}compare/<int:other>/", row_pages.compare_versions, name="balance_compare"),
    path(f"{SET}download/<slug:form>/", pages.download_set, name="balance_download"),
    path(f"{SET}again/", steps.read_set_again, name="balance_again"),
    path(f"{SET}check/", steps.check_set, name="balance_check"),
    path(f"{SET}publish/", steps.publish_set, name="balance_publish"),
    path(f"{SET}withdraw/", steps.withdraw_set, name="balance_withdraw"),
    path(f"{SET}restore/", steps.restore_set, name="balance_restore"),
    path(f"{SET}sight/", steps.change_sight, name="balance_sight"),
    path(f"{SET}erase/", steps.erase_set, name="balance_erase"),
]
