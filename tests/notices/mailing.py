"""Mail servers that do not do as they should."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

from django.core.mail.backends.locmem import EmailBackend


class Away(EmailBackend):
    """Nobody answers."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed\r\nby the\0 other side")


class Choosy(EmailBackend):
    """It takes no mail to Ada."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["ada@newsroom.example"]:
            raise SMTPRecipientsRefused({"ada@newsroom.example": (550, b"No such person")})
        return super().send_messages(messages)
