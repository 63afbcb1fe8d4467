"""Addresses of a tandem's agreement, its work, its learning, its plans and what came of it."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.agreements import (
    agreement_pages,
    learning_pages,
    outcome_pages,
    plan_pages,
    report_pages,
    work_pages,
)  # fmt: skip

HERE = "workspace/<int:organisation>/tandems/<int:tandem>/"
REPORT = "workspace/<int:organisation>/programmes/<int:programme>/report/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{HERE}agreement/", agreement_pages.show_agreement, name="tandem_agreement"),
    path(f"{HERE}agreement/new/", agreement_pages.write_agreement, name="tandem_new_agreement"),
    path(f"{HERE}agreement/<int:agreement>/", agreement_pages.write_agreement, name="tandem_write_agreement"),
    path(f"{HERE}agreement/<int:agreement>/sign/", agreement_pages.sign_agreement, name="tandem_sign"),
    path(f"{HERE}agreement/<int:agreement>/pdf/", agreement_pages.print_agreement, name="tandem_agreement_pdf"),
    path(f"{HERE}agreement/<int:agreement>/<slug:step>/", agreement_pages.move_agreement, name="tandem_move_agreement"),
    path(f"{HERE}work/", work_pages.show_work, name="tandem_work"),
    path(f"{HERE}work/<slug:kind>/new/", work_pages.write_row, name="tandem_new_row"),
    path(f"{HERE}work/<slug:kind>/<int:row>/", work_pages.write_row, name="tandem_row"),
    path(f"{HERE}work/<slug:kind>/<int:row>/remove/", work_pages.remove_row, name="tandem_remove_row"),
    path(f"{HERE}minutes/<int:minutes>/pdf/", work_pages.print_minutes, name="tandem_minutes_pdf"),
    path(f"{HERE}learning/", learning_pages.show_learning, name="tandem_learning"),
    path(f"{HERE}learning/<slug:moment>/", learning_pages.answer_learning, name="tandem_answer_learning"),
    path(f"{HERE}plans/", plan_pages.show_plans, name="tandem_plans"),
    path(f"{HERE}plans/<slug:measure>/", plan_pages.write_plan, name="tandem_plan"),
    path(f"{HERE}plans/<int:plan>/adopt/", plan_pages.adopt_plan, name="tandem_adopt_plan"),
    path(f"{HERE}plans/<int:plan>/pdf/", plan_pages.print_plan, name="tandem_plan_pdf"),
    path(f"{HERE}outcome/", outcome_pages.show_outcome, name="tandem_outcome"),
    path("tandems/<int:tandem>/", outcome_pages.show_public_outcome, name="public_outcome"),
    path(REPORT, report_pages.show_report, name="programme_report"),
    path(f"{REPORT}pdf/", report_pages.print_report, name="programme_report_pdf"),
    path(f"{REPORT}csv/", report_pages.export_report, name="programme_report_csv"),
]
