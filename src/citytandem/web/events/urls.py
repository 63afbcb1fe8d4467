"""Addresses of events: for everybody, for guests, for organisers."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.events import (
    answer_pages,
    guest_pages,
    letter_pages,
    money_pages,
    outline_pages,
    paper_pages,
    public_pages,
    room_pages,
    seat_pages,
)

MINE = "events/seats/<int:registration>/"
ROOM = "workspace/<int:organisation>/events/"
ONE = f"{ROOM}<int:event>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", public_pages.show_events, name="events"),
    path("events/<int:event>/", public_pages.show_event, name="event"),
    path("events/<int:event>/register/", seat_pages.register, name="event_register"),
    path("events/guest/<slug:token>/", seat_pages.open_guest, name="open_guest"),
    path(MINE, seat_pages.show_seat, name="seat"),
    path(f"{MINE}withdraw/", seat_pages.withdraw_seat, name="seat_withdraw"),
    path(f"{MINE}data/", seat_pages.export_seat, name="seat_data"),
    path(f"{MINE}erase/", seat_pages.erase_seat, name="seat_erase"),
    path(f"{MINE}after/<int:months>/", seat_pages.follow_up, name="seat_follow"),
    path(f"{MINE}papers/<slug:paper>/", paper_pages.show_seat_paper, name="seat_paper"),
    path(f"{MINE}<slug:part>/", seat_pages.write_part, name="seat_part"),
    path(ROOM, room_pages.show_room, name="event_room"),
    path(f"{ROOM}new/", room_pages.new_event, name="event_new"),
    path(ONE, room_pages.show_desk, name="event_desk"),
    path(f"{ONE}edit/", room_pages.edit_event, name="event_edit"),
    path(f"{ONE}move/<slug:step>/", room_pages.move_event, name="event_move"),
    path(f"{ONE}outline/", outline_pages.write_outline, name="event_outline"),
    path(f"{ONE}outline/<int:item>/<slug:step>/", outline_pages.move_item, name="event_item_move"),
    path(f"{ONE}guests/", guest_pages.show_guests, name="event_guests"),
    path(f"{ONE}guests/invite/", guest_pages.invite_guests, name="event_invite"),
    path(f"{ONE}guests/csv/", guest_pages.export_guests, name="event_guests_csv"),
    path(f"{ONE}guests/<int:registration>/", guest_pages.show_guest, name="event_guest"),
    path(f"{ONE}guests/<int:registration>/papers/<slug:paper>/", paper_pages.show_guest_paper, name="event_guest_paper"),
    path(f"{ONE}papers/<slug:paper>/", paper_pages.show_event_paper, name="event_paper"),
    path(f"{ONE}guests/<int:registration>/<slug:step>/", guest_pages.decide_guest, name="event_guest_decide"),
    path(f"{ONE}shares/", guest_pages.share_seats, name="event_shares"),
    path(f"{ONE}attendance/", guest_pages.tick_attendance, name="event_attendance"),
    path(f"{ONE}answers/", answer_pages.show_answers, name="event_answers"),
    path(f"{ONE}answers/csv/", answer_pages.export_answers, name="event_answers_csv"),
    path(f"{ONE}budget/", money_pages.write_budget, name="event_budget"),
    path(f"{ONE}budget/<int:line>/drop/", money_pages.drop_line, name="event_line_drop"),
    path(f"{ONE}travel/", money_pages.show_travel, name="event_travel"),
    path(f"{ONE}tasks/", money_pages.write_tasks, name="event_tasks"),
    path(f"{ONE}tasks/<int:task>/<slug:step>/", money_pages.settle_task, name="event_task_settle"),
    path(f"{ONE}letters/", letter_pages.show_letters, name="event_letters"),
    path(f"{ONE}letters/<slug:letter>/", letter_pages.write_letter, name="event_letter"),
]
