"""Addresses of profiles, below those of the workspace."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.profiles import check_pages, powers_pages, publish_pages, reminder_pages, reply_pages, target_pages

HERE = "<int:organisation>/profile/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, check_pages.show_profile, name="profile"),
    path(f"{HERE}fields/<slug:field>/", check_pages.show_field, name="profile_field"),
    path(f"{HERE}measures/<slug:measure>/", check_pages.show_measure, name="profile_measure"),
    path(f"{HERE}measures/<slug:measure>/save/", check_pages.save_answer, name="profile_save"),
    path(f"{HERE}powers/", powers_pages.show_powers, name="profile_powers"),
    path(f"{HERE}powers/<slug:asset>/<slug:dimension>/", powers_pages.correct_power, name="profile_power"),
    path(f"{HERE}powers/<slug:asset>/<slug:dimension>/drop/", powers_pages.drop_power, name="profile_drop_power"),
    path(f"{HERE}targets/", target_pages.show_targets, name="profile_targets"),
    path(f"{HERE}targets/new/", target_pages.write_target, name="profile_new_target"),
    path(f"{HERE}targets/<int:target>/", target_pages.write_target, name="profile_target"),
    path(f"{HERE}targets/<int:target>/drop/", target_pages.drop_target, name="profile_drop_target"),
    path(f"{HERE}publish/", publish_pages.show_publish, name="profile_publish"),
    path(f"{HERE}withdraw/", publish_pages.withdraw_profile, name="profile_withdraw"),
    path(f"{HERE}versions/", publish_pages.show_versions, name="profile_versions"),
    path(f"{HERE}versions/<int:number>/", publish_pages.show_version, name="profile_version"),
    path(f"{HERE}versions/<int:number>/restore/", publish_pages.restore_version, name="profile_restore"),
    path("<int:organisation>/replies/", reply_pages.show_replies, name="replies"),
    path("<int:organisation>/replies/<slug:section>/new/", reply_pages.write_reply, name="reply"),
    path("<int:organisation>/replies/<int:reply>/withdraw/", reply_pages.withdraw_reply, name="withdraw_reply"),
    path("reminders/", reminder_pages.show_reminders, name="reminders"),
]
