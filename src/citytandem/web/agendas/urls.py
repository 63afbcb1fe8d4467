"""Addresses of agendas: for everybody, for a guest about themselves, for the team."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.agendas import file_pages, guest_pages, import_pages, plan_pages, public_pages, setup_pages

OPEN = "events/<int:event>/agenda/"
MINE = "events/agendas/<int:registration>/"
ROOM = "workspace/<int:organisation>/events/<int:event>/agenda/"
PLAN = f"{ROOM}plans/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(OPEN, public_pages.show_agenda, name="agenda"),
    path(f"{OPEN}embedded/", public_pages.show_embedded, name="agenda_embedded"),
    path(f"{OPEN}schedule.<slug:form>", file_pages.send_schedule, name="agenda_schedule"),
    path(f"{OPEN}calendar.ics", file_pages.send_calendar, name="agenda_calendar"),
    path(f"{OPEN}<int:session>/", public_pages.show_session, name="agenda_session"),
    path(f"{OPEN}<int:session>/calendar.ics", file_pages.send_session_calendar, name="agenda_session_calendar"),
    path("events/calendars/<slug:token>/calendar.ics", file_pages.send_personal_calendar, name="personal_calendar"),
    path(MINE, guest_pages.show_mine, name="my_agenda"),
    path(f"{MINE}wishes/", guest_pages.show_wishes, name="my_wishes"),
    path(f"{MINE}meetings/", guest_pages.show_my_meetings, name="my_meetings"),
    path(f"{MINE}meetings/<int:number>/", guest_pages.answer_meeting, name="answer_meeting"),
    path(f"{MINE}feed/", guest_pages.open_feed, name="open_feed"),
    path(f"{MINE}feed/close/", guest_pages.close_feed, name="close_feed"),
    path(f"{MINE}calendar.ics", file_pages.send_my_calendar, name="my_calendar"),
    path(f"{MINE}agenda.pdf", file_pages.send_my_paper, name="my_paper"),
    path(ROOM, setup_pages.show_room, name="agenda_room"),
    path(f"{ROOM}rooms/", setup_pages.show_rooms, name="agenda_rooms"),
    path(f"{ROOM}rooms/<int:number>/", setup_pages.show_rooms, name="agenda_room_of"),
    path(f"{ROOM}slots/", setup_pages.show_slots, name="agenda_slots"),
    path(f"{ROOM}sessions/", setup_pages.show_sessions, name="agenda_sessions"),
    path(f"{ROOM}sessions/new/", setup_pages.write_session, name="agenda_session_new"),
    path(f"{ROOM}sessions/<int:number>/", setup_pages.write_session, name="agenda_session_of"),
    path(f"{ROOM}outline/", import_pages.take_outline, name="agenda_outline"),
    path(f"{ROOM}import/", import_pages.bring_sheet, name="agenda_import"),
    path(f"{ROOM}people/", setup_pages.show_people, name="agenda_people"),
    path(f"{ROOM}people/<int:number>/", setup_pages.confirm_speaker, name="agenda_speaker"),
    path(f"{ROOM}meetings/", import_pages.show_meetings, name="agenda_meetings"),
    path(f"{ROOM}meetings/suggest/", import_pages.suggest_meetings, name="agenda_suggest"),
    path(f"{ROOM}drop/<slug:part>/<int:number>/", setup_pages.drop_part, name="agenda_drop"),
    path(f"{ROOM}plans/", plan_pages.ask_plan, name="agenda_ask"),
    path(PLAN, plan_pages.show_plan, name="agenda_plan"),
    path(f"{PLAN}progress/", plan_pages.show_progress, name="agenda_progress"),
    path(f"{PLAN}move/", plan_pages.move_session, name="agenda_move"),
    path(f"{PLAN}lock/<int:session>/", plan_pages.lock_session, name="agenda_lock"),
    path(f"{PLAN}replan/", plan_pages.replan, name="agenda_replan"),
    path(f"{PLAN}compare/", plan_pages.compare, name="agenda_compare"),
    path(f"{PLAN}publish/", plan_pages.publish_plan, name="agenda_publish"),
    path(f"{PLAN}papers/<slug:form>/", file_pages.send_paper, name="agenda_paper"),
]
