"""Why something from outside is not taken, each reason its own class with a sentence for the editor."""


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogues; whoever shows it has it translated."""
    return text


class Refused(Exception):
    """It is not taken. `says` is a sentence of the editor's catalogue, `facts` fill its places."""

    says = gettext_noop("It cannot be taken in.")

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return self.says % self.facts


# --- The address ---


class NotAnAddress(Refused):
    says = gettext_noop("This is not an address of a web page. It looks like https://example.org/article.")


class WrongScheme(Refused):
    says = gettext_noop("Only addresses with http: or https: can be fetched, not “%(scheme)s:”.")


class HasCredentials(Refused):
    says = gettext_noop("The address holds a user name or a password. Leave them out: nothing is fetched with them.")


class WrongPort(Refused):
    says = gettext_noop("Nothing is fetched from port %(port)s: web pages are not served there.")


class UnknownName(Refused):
    says = gettext_noop("There is no “%(host)s”, or its name cannot be looked up now. Check the address.")


class NotPublic(Refused):
    says = gettext_noop("“%(host)s” leads to %(address)s, which is no public address. Only public pages are fetched.")


# --- The way there ---


class TooManyRedirects(Refused):
    says = gettext_noop("The address leads on more than %(most)s times. Try the address where it ends.")


class NoConnection(Refused):
    says = gettext_noop("“%(host)s” cannot be reached: nobody answers there now. Try again later.")


class NotTrusted(Refused):
    says = gettext_noop("The connection to “%(host)s” is not safe: %(why)s. Nothing was fetched.")


class TooSlow(Refused):
    says = gettext_noop("The page had not come after %(seconds)s seconds. Try again later, or take in a file.")


class TooLarge(Refused):
    says = gettext_noop("It is larger than %(megabytes)s MB. Nothing so large is taken in.")


class HeadTooLarge(Refused):
    says = gettext_noop("“%(host)s” answers with a head longer than any page needs.")


class BadAnswer(Refused):
    says = gettext_noop("“%(host)s” answers with something that is not a web page’s answer.")


class Incomplete(Refused):
    says = gettext_noop("The page broke off before its end. Try again.")


class UnknownEncoding(Refused):
    says = gettext_noop("The page comes packed in a way that was not asked for (%(encoding)s).")


class Denied(Refused):
    says = gettext_noop("“%(host)s” does not let us read this page (%(status)s). Save it from your browser as a file.")


class NotThere(Refused):
    says = gettext_noop("“%(host)s” has no page at this address (%(status)s).")


class Failed(Refused):
    says = gettext_noop("“%(host)s” could not give the page (%(status)s). Try again later.")


# --- What came ---


class Empty(Refused):
    says = gettext_noop("It is empty.")


class Mislabelled(Refused):
    says = gettext_noop("It is said to be %(declared)s, but is %(found)s. Save it as what it is, and take in the file.")


class UnknownKind(Refused):
    says = gettext_noop(
        "It is %(found)s. Taken in are web pages, plain text, Markdown, Word (.docx) and PDF with text."
    )


class Damaged(Refused):
    says = gettext_noop("It cannot be read: it is damaged, or not what it seems to be.")


class Locked(Refused):
    says = gettext_noop("It is locked with a password. Save it without one and try again.")


class NoText(Refused):
    says = gettext_noop("No text was found in it. A scan or picture holds none: type or paste the words.")


class TooDemanding(Refused):
    says = gettext_noop("Reading it took more time or memory than any article needs. Paste its text instead.")


class Cancelled(Refused):
    says = gettext_noop("It was called off.")


def named(name: str, facts: dict[str, object]) -> Refused:
    """A refusal that was written down by its name."""
    found = globals().get(name)
    kind = found if isinstance(found, type) and issubclass(found, Refused) else Refused
    return kind(**facts)
