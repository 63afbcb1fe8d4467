"""Addresses of cases, interviews and checklists."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.lessons import case_pages, checklist_pages, coding_pages, interview_pages, room_pages, topic_pages

HERE = "workspace/<int:organisation>/lessons/"
ROUND = f"{HERE}rounds/<int:round>/"
ASKED = f"{HERE}interviews/<int:interview>/"
LIST = f"{HERE}checklists/<int:checklist>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("lessons/", case_pages.show_cases, name="lessons"),
    path("lessons/csv/", case_pages.send_cases, name="lessons_csv"),
    path("lessons/cases/<slug:case>/", case_pages.show_case, name="lesson_case"),
    path("lessons/topics/", topic_pages.show_rounds, name="lesson_topics"),
    path("lessons/topics/<int:round>/", topic_pages.show_topics, name="lesson_topics_of"),
    path("lessons/topics/<int:round>/<slug:table>/", topic_pages.send_topics, name="lesson_topics_csv"),
    path("lessons/at-home/<int:checklist>/", checklist_pages.show_public_checklist, name="public_checklist"),
    path(HERE, room_pages.show_room, name="lessons_room"),
    path(f"{HERE}cases/new/", room_pages.write_case, name="new_case"),
    path(f"{HERE}cases/<int:case>/", room_pages.show_team_case, name="team_case"),
    path(f"{HERE}cases/<int:case>/edit/", room_pages.write_case, name="write_case"),
    path(f"{HERE}cases/<int:case>/remove/", room_pages.remove_case, name="remove_case"),
    path(f"{HERE}cases/<int:case>/<slug:step>/", room_pages.move_case, name="move_case"),
    path(f"{HERE}topics/new/", room_pages.write_topic, name="new_topic"),
    path(f"{HERE}topics/<int:topic>/", room_pages.write_topic, name="write_topic"),
    path(f"{HERE}topics/<int:topic>/remove/", room_pages.remove_topic, name="remove_topic"),
    path(f"{HERE}rounds/new/", room_pages.write_round, name="new_round"),
    path(ROUND, interview_pages.show_round, name="lesson_round"),
    path(f"{ROUND}edit/", room_pages.write_round, name="write_round"),
    path(f"{ROUND}remove/", interview_pages.remove_round, name="remove_round"),
    path(f"{ROUND}result/", topic_pages.show_draft, name="lesson_round_result"),
    path(f"{ROUND}interviews/new/", interview_pages.write_interview, name="new_lesson_interview"),
    path(f"{ROUND}<slug:step>/", room_pages.move_round, name="move_round"),
    path(ASKED, interview_pages.show_interview, name="lesson_interview"),
    path(f"{ASKED}edit/", interview_pages.write_interview, name="write_lesson_interview"),
    path(f"{ASKED}withdraw/", interview_pages.withdraw_consent, name="withdraw_lesson_consent"),
    path(f"{ASKED}forget/", interview_pages.forget_interview, name="forget_lesson_interview"),
    path(f"{ASKED}statements/new/", interview_pages.write_statement, name="new_lesson_statement"),
    path(f"{ASKED}statements/<int:statement>/", interview_pages.write_statement, name="lesson_statement"),
    path(f"{ASKED}statements/<int:statement>/remove/", interview_pages.remove_statement, name="remove_lesson_statement"),
    path(f"{ASKED}take/", coding_pages.take_seat, name="lesson_take_seat"),
    path(f"{ASKED}code/", coding_pages.code_interview, name="lesson_code"),
    path(f"{ASKED}differences/", coding_pages.settle_differences, name="lesson_differences"),
    path(f"{ASKED}anew/", coding_pages.code_anew, name="lesson_code_anew"),
    path(f"{HERE}checklists/new/", checklist_pages.write_checklist, name="new_checklist"),
    path(LIST, checklist_pages.show_checklist, name="checklist"),
    path(f"{LIST}edit/", checklist_pages.write_checklist, name="write_checklist"),
    path(f"{LIST}pdf/", checklist_pages.print_checklist, name="checklist_pdf"),
    path(f"{LIST}remove/", checklist_pages.remove_checklist, name="remove_checklist"),
    path(f"{LIST}<slug:step>/", checklist_pages.move_checklist, name="move_checklist"),
]
