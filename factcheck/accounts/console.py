from typing import Any

from django.core.mail.backends.console import EmailBackend


class ReadableMail(EmailBackend):
    """Mail on the console as it would be read: an encoded one has its links broken over two lines."""

    def write_message(self, message: Any) -> None:
        self.stream.write(f"\nTo: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}\n\n")
