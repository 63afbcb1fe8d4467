"""The words of letters sent by e-mail."""

from citytandem.words.catalogue import translatable as _

_NOT_YOU = _("If this was not you, choose a new password at once and tell those who run the site.")
_UNEXPECTED = _("If you did not expect this letter, you need not do anything.")

MAIL: dict[str, str] = {
    "mail.greeting": _("Good day,"),
    "mail.signature": _("CityTandem: cities learn from each other how to cut emissions."),
    "mail.invitation.subject": _("Invitation to {organisation} on CityTandem"),
    "mail.invitation.text": _("you are invited to work for {organisation} on CityTandem, where cities learn from each other how to cut greenhouse-gas emissions. The address below lets you in once, within {days} days."),
    "mail.invitation.button": _("Open the invitation:"),
    "mail.invitation.after": _UNEXPECTED,
    "mail.password_reset.subject": _("A new password for CityTandem"),
    "mail.password_reset.text": _("somebody, hopefully you, asked for a new password for your account. Choose it at the address below."),
    "mail.password_reset.button": _("Choose a new password:"),
    "mail.password_reset.after": _UNEXPECTED,
    "mail.account_exists.subject": _("You have an account on CityTandem already"),
    "mail.account_exists.text": _("somebody, hopefully you, wanted to make an account with this address. There is one already. If you have forgotten its password, choose a new one at the address below."),
    "mail.account_exists.button": _("Choose a new password:"),
    "mail.account_exists.after": _UNEXPECTED,
    "mail.confirm_email.subject": _("Please confirm your address"),
    "mail.confirm_email.text": _("somebody, hopefully you, wants to use this address for an account on CityTandem. Confirm it at the address below."),
    "mail.confirm_email.button": _("Confirm the address:"),
    "mail.confirm_email.after": _UNEXPECTED,
    "mail.email_confirmed.subject": _("Your address is confirmed"),
    "mail.email_confirmed.text": _("this address now belongs to your account on CityTandem."),
    "mail.email_confirmed.after": _NOT_YOU,
    "mail.email_changed.subject": _("Your address was changed"),
    "mail.email_changed.text": _("the address of your account on CityTandem was changed. This letter goes to the former one."),
    "mail.email_changed.after": _NOT_YOU,
    "mail.password_changed.subject": _("Your password was changed"),
    "mail.password_changed.text": _("the password of your account on CityTandem was changed."),
    "mail.password_changed.after": _NOT_YOU,
    "mail.second_factor_added.subject": _("Your account is better protected"),
    "mail.second_factor_added.text": _("a passkey or an authenticator app was added to your account on CityTandem."),
    "mail.second_factor_added.after": _NOT_YOU,
    "mail.second_factor_removed.subject": _("A passkey or an app was removed"),
    "mail.second_factor_removed.text": _("a passkey or an authenticator app was removed from your account on CityTandem."),
    "mail.second_factor_removed.after": _NOT_YOU,
    "mail.recovery_codes_made.subject": _("New recovery codes"),
    "mail.recovery_codes_made.text": _("new recovery codes were made for your account on CityTandem; the old ones no longer work."),
    "mail.recovery_codes_made.after": _NOT_YOU,
}
