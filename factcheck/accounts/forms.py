"""The forms of logging in and of passwords: allauth's, in the newsroom's words."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[User]
else:
    _ModelForm = forms.ModelForm


def _plain(field: Field, label: Any, hint: Any = "") -> None:
    """A label that stays, a hint in words; no placeholder, which goes away when one types."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


def _rules() -> str:
    return " ".join(password_validators_help_texts())


class JoiningForm(_ModelForm):
    """What somebody who was invited says of themselves."""

    password1 = forms.CharField(
        label=_("Password"), max_length=1000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("Password, once more"), max_length=1000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    class Meta:
        model = User
        fields = ("byline", "username")
        labels = {"byline": _("Your name"), "username": _("Username")}
        help_texts = {
            "byline": _("Readers see it under your work."),
            "username": _("For logging in; letters, digits and @/./+/-/_ only. Your mail address works as well."),
        }
        widgets = {
            "byline": forms.TextInput(attrs={"autocomplete": "name"}),
            "username": forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        }

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.email = email
        self.fields["password1"].help_text = _rules()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return values

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's place for what the model has to say
        if password := self.cleaned_data.get("password1"):
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password1", error)

    def take(self, error: ValidationError) -> None:
        """Put the verb's refusal beside the field that it is about, where the form has it."""
        for name, reasons in error.error_dict.items():
            self.add_error(name if name in self.fields else None, reasons)


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
