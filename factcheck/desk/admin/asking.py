"""Acts that are done to several records: asked for first, then one act of its own for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.history.models import Via
from factcheck.history.recording import coming_from
from factcheck.history.versioning import Stale

if TYPE_CHECKING:
    from factcheck.desk.admin.pages import ReadablePage as _Page
else:
    _Page = object

# Each carries its number and its version, and Django takes 500 fields.
AT_ONCE = 200
CHANGED = gettext_lazy("somebody changed it since you were asked. Look at it again.")


@dataclass(frozen=True)
class Asked:
    """An act for several: how it is asked for, what it leaves out, and the verb that does it to one.

    title, done -- of a number of records, ngettext_lazy with "count"; done may be None where the verb tells; unfit -- why a record is left out, "" for one that is
    taken; verb -- called with the record, `by` and the `version` that was shown.
    """

    title: Any
    why: Any
    button: Any
    done: Any
    verb: Callable[..., object]
    unfit: Callable[[Any], Any] = lambda record: ""


class LeftOut(NamedTuple):
    record: Any
    why: Any


class Asking(_Page):
    """A page of records to which something can be done together."""

    def version_of(self, record: Any) -> Any:
        """What tells whether a record is still as it was shown."""
        return record.version

    def carry_out(self, request: HttpRequest, chosen: QuerySet[Any], asked: Asked) -> HttpResponse | None:
        """The page that asks; or, when it was confirmed, the doing, of which messages tell. Works without script."""
        records = list(chosen[: AT_ONCE + 1])
        if len(records) > AT_ONCE:
            self.message_user(request, _("Choose at most %(n)d at once.") % {"n": AT_ONCE}, messages.ERROR)
            return None
        left = [LeftOut(record, why) for record in records if (why := asked.unfit(record))]
        out = {each.record.pk for each in left}
        fit = [record for record in records if record.pk not in out]
        if request.POST.get("confirmed") != "yes":
            return self._ask(request, asked, fit, left)
        done = 0
        for record in fit:
            if refused := self._do(request, record, asked):
                left.append(LeftOut(record, refused))
            else:
                done += 1
        if done and asked.done is not None:
            self.message_user(request, asked.done % {"count": done}, messages.SUCCESS)
        for each in left:
            self.message_user(request, f"{each.record}: {each.why}", messages.ERROR)
        return None

    def _do(self, request: HttpRequest, record: Any, asked: Asked) -> Any:
        """Why it was not done; "" when it was."""
        shown = self.version_of(record)
        if request.POST.get(f"seen-{record.pk}", "") != str(shown):
            return CHANGED
        try:
            with coming_from(Via.ADMIN):
                asked.verb(record, by=request.user, version=shown)
        except Stale:
            return CHANGED
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _ask(self, request: HttpRequest, asked: Asked, fit: list[Any], left: list[LeftOut]) -> HttpResponse:
        action = [(name, request.POST[name]) for name in ("action", "CHANGE_FORM-action") if name in request.POST]
        context = {
            **self.admin_site.each_context(request),
            "title": asked.title % {"count": len(fit)} if fit else _("Nothing to be done"),
            "why": asked.why,
            "button": asked.button,
            "records": fit,
            "left": left,
            "sent": [
                *action,
                *((ACTION_CHECKBOX_NAME, record.pk) for record in fit),
                *((f"seen-{record.pk}", self.version_of(record)) for record in fit),
            ],
            "nouns": capfirst(self.list_title()),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/confirmation.html", context)
