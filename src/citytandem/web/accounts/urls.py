"""Addresses of people and organisations."""

from django.urls import URLPattern, URLResolver, path

from citytandem.web.accounts import (
    audit_pages,
    invitation_pages,
    my_pages,
    operator_pages,
    organisation_pages,
    privacy,
    workspace,
)  # fmt: skip

_HERE = "workspace/<int:organisation>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("workspace/", workspace.show_workspace, name="workspace"),
    path(_HERE, workspace.show_desk, name="desk"),
    path(f"{_HERE}people/", organisation_pages.show_organisation, name="organisation"),
    path(f"{_HERE}people/invite/", organisation_pages.invite_person, name="invite_person"),
    path(f"{_HERE}people/invitations/<int:invitation>/withdraw/", organisation_pages.withdraw_invitation, name="withdraw"),
    path(f"{_HERE}people/<int:membership>/role/", organisation_pages.give_role, name="give_role"),
    path(f"{_HERE}people/<int:membership>/remove/", organisation_pages.remove_person, name="remove_person"),
    path(f"{_HERE}leave/", organisation_pages.leave_organisation, name="leave_organisation"),
    path(f"{_HERE}describe/", organisation_pages.describe, name="describe_organisation"),
    path(f"{_HERE}record/", audit_pages.show_audit, name="audit"),
    path(f"{_HERE}record/csv/", audit_pages.export_audit, name="audit_csv"),
    path("invitation/", invitation_pages.show_invitation, name="invitation"),
    path("invitation/<str:token>/", invitation_pages.open_invitation, name="open_invitation"),
    path("operate/", operator_pages.show_organisations, name="organisations"),
    path("operate/new/<slug:kind>/", operator_pages.open_organisation, name="open_organisation"),
    path("operate/<int:organisation>/invite/", operator_pages.invite_first, name="invite_first"),
    path("me/", my_pages.show_me, name="me"),
    path("me/sessions/end/", my_pages.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/data/", my_pages.export_me, name="export_me"),
    path("me/erase/", my_pages.erase_me, name="erase_me"),
    path("erased/", my_pages.show_erased, name="erased"),
    path("privacy/", privacy.show_privacy, name="privacy"),
]
