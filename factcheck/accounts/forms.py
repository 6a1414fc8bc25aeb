"""The forms of logging in and of passwords: allauth's, in the newsroom's words."""

from typing import Any

from allauth.account import forms as allauth
from django.contrib.auth.password_validation import password_validators_help_texts
from django.forms import Field
from django.utils.translation import gettext_lazy as _


def _plain(field: Field, label: Any, hint: Any = "") -> None:
    """A label that stays, a hint in words; no placeholder, which goes away when one types."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


def _rules() -> str:
    return " ".join(password_validators_help_texts())


class LoginForm(allauth.LoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["login"], _("Username or mail address"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _plain(self.fields["password"], _("Password"))
        _plain(self.fields["remember"], _("Stay logged in on this device"))


class PasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["oldpassword"], _("Current password"))
        _plain(self.fields["password1"], _("New password"), _rules())
        _plain(self.fields["password2"], _("New password, once more"))


class NewPasswordForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["password1"], _("New password"), _rules())
        _plain(self.fields["password2"], _("New password, once more"))


class ForgottenForm(allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["email"], _("Mail address"), _("The one that the newsroom has for you."))


class AgainForm(allauth.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["password"], _("Password"))
