"""Addresses of assessments: frameworks and results for everybody, forms for assessors, rooms for who runs one."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.assessments import form_pages, framework_pages, reply_pages, result_pages, room_pages

FRAMEWORK = "assessments/frameworks/<slug:framework>/"
FORM = "assessments/forms/<int:seat>/"
RESULT = "assessments/<int:assessment>/"
ROOM = "workspace/<int:organisation>/assessments/"
OWN = f"{ROOM}frameworks/"
ONE = f"{ROOM}<int:assessment>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("assessments/", framework_pages.show_frameworks, name="frameworks"),
    path(FRAMEWORK, framework_pages.show_framework, name="framework"),
    path(f"{FRAMEWORK}form.<slug:form>", framework_pages.send_form, name="framework_form"),
    path(f"{FRAMEWORK}tables.zip", framework_pages.send_tables, name="framework_tables"),
    path(FORM, form_pages.show_form, name="assessor_form"),
    path(f"{FORM}part/<str:category>/", form_pages.fill_part, name="assessor_part"),
    path(f"{FORM}bring/", form_pages.bring_form, name="assessor_bring"),
    path(f"{FORM}form.<slug:form>", form_pages.send_empty, name="assessor_empty"),
    path(f"{FORM}hand-in/", form_pages.hand_in, name="assessor_hand_in"),
    path(f"{FORM}files/<str:criterion>/", form_pages.send_own_file, name="assessor_file"),
    path(RESULT, result_pages.show_result, name="assessment"),
    path(f"{RESULT}pdf/", result_pages.print_result, name="assessment_pdf"),
    path(f"{RESULT}differences/", result_pages.settle_differences, name="assessment_differences"),
    path(f"{RESULT}finish/", result_pages.finish_reconciling, name="assessment_finish"),
    path(f"{RESULT}evidence/<int:place>/<str:criterion>/", result_pages.send_evidence, name="assessment_evidence"),
    path(f"{RESULT}reply/", reply_pages.write_reply, name="assessment_reply"),
    path(f"{RESULT}reply/end/", reply_pages.end_replies, name="assessment_end_replies"),
    path(f"{RESULT}reply/<int:reply>/", reply_pages.answer_reply, name="assessment_answer"),
    path(f"{RESULT}reply/<int:reply>/file/", reply_pages.send_reply_file, name="assessment_reply_file"),
    path(f"{RESULT}publish/<slug:step>/", reply_pages.change_consent, name="assessment_consent"),
    path(ROOM, room_pages.show_assessments, name="assessments"),
    path(f"{ROOM}new/", room_pages.open_assessment, name="new_assessment"),
    path(OWN, framework_pages.show_own_frameworks, name="own_frameworks"),
    path(f"{OWN}bring/", framework_pages.bring_framework, name="bring_framework"),
    path(f"{OWN}<int:number>/", framework_pages.show_own_framework, name="own_framework"),
    path(f"{OWN}<int:number>/retire/", framework_pages.retire_framework, name="retire_framework"),
    path(f"{OWN}<int:number>/files.<slug:form>", framework_pages.send_own, name="own_framework_file"),
    path(ONE, room_pages.show_room, name="assessment_room"),
    path(f"{ONE}invite/", room_pages.invite_assessor, name="assessment_invite"),
    path(f"{ONE}close/", room_pages.close_assessment, name="assessment_close"),
    path(f"{ONE}assessors/<int:seat>/withdraw/", room_pages.withdraw_assessor, name="assessment_withdraw"),
    path(f"{ONE}assessors/<int:seat>/open-again/", room_pages.open_again, name="assessment_open_again"),
]
