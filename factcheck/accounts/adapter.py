from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.history.recording import act


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up: an administrator makes the accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This login has been disabled. Ask an administrator of the newsroom."),
        "invalid_login": _("The login or the password is not right."),
        "email_password_mismatch": _("The login or the password is not right."),
        "username_password_mismatch": _("The login or the password is not right."),
        "too_many_login_attempts": _("Too many attempts that failed. Wait five minutes and try again."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Only the password is written, so that what an administrator changes meanwhile stays; the act is entered."""
        if not isinstance(user, User):
            raise TypeError(user)
        user.set_password(password)
        with act("person.set_password", user, by=user):
            user.save(update_fields=["password"])

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link goes to the newsroom's own address, whatever host the request named."""
        path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)
