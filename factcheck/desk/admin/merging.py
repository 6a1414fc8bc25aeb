"""Records that are the same made one: which stays is chosen on a page that tells what moves."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.desk.admin.editing import EditablePage
from factcheck.desk.admin.pages import person_of
from factcheck.history.models import Via
from factcheck.history.recording import coming_from
from factcheck.history.versioning import Stale

if TYPE_CHECKING:
    _Page = EditablePage
else:
    _Page = object

AT_ONCE = 50


class Mergeable(NamedTuple):
    """One of those to be merged, as the page tells of it; `seen` is the version that is decided on."""

    record: models.Model
    seen: str
    name: str
    particulars: str
    first: str
    second: str


class Merging(_Page):
    """A page of records that can be merged."""

    def mergeable(self, chosen: QuerySet[Any], named: str) -> QuerySet[Any]:
        """Those that may be merged of the chosen, and of what is called so."""
        raise NotImplementedError

    def preview(self, records: list[Any]) -> list[Mergeable]:
        raise NotImplementedError

    def consequences(self, records: list[Any]) -> list[str]:
        raise NotImplementedError

    def merge_all(self, into: Any, others: dict[int, str], by: User, seen: str) -> str:
        """Call the verb; what was done, in words. The versions come as `preview` gave them."""
        raise NotImplementedError

    def merging(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        """The page that asks which one stays and tells what moves; or, when that is answered, the merging."""
        named = request.POST.get("named", "").strip()[:200].replace("\0", "")
        records = list(self.mergeable(chosen, named)[: AT_ONCE + 1])
        if len(records) > AT_ONCE:
            self.message_user(request, _("Merge at most %(n)d at once.") % {"n": AT_ONCE}, messages.ERROR)
            return None
        refused, status = "", 200
        if request.POST.get("confirmed") == "yes":
            try:
                with coming_from(Via.ADMIN):
                    done = self._merge(request, {str(record.pk): record for record in records})
            except ValidationError as error:
                refused, status = " ".join(error.messages), 422
            except Stale as stale:
                told = _("%(name)s was changed meanwhile. Look at it again, then merge.")
                refused, status = told % {"name": stale.current}, 409
            else:
                self.message_user(request, done, messages.SUCCESS)
                return None
        elif named and len(records) <= chosen.count():
            refused = _("Nobody and nothing here has exactly this name.")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge into one"),
            "rows": self.preview(records),
            "consequences": self.consequences(records),
            "refused": refused,
            "named": named,
            "into": request.POST.get("into", ""),
            "sent": [
                # The list takes several; the page of one record, where it may have begun, does not.
                ("action", "merge"),
                *(("_selected_action", str(record.pk)) for record in records),
            ],
            "nouns": self.list_title().capitalize(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/merging.html", context, status=status)

    def _merge(self, request: HttpRequest, records: dict[str, Any]) -> str:
        into = records.get(request.POST.get("into", ""))
        if into is None:
            raise ValidationError(_("Choose the one that stays."))
        seen = {number: request.POST.get(f"seen-{number}", "") for number in records}
        try:
            others = {int(number): seen[number] for number in records if number != str(into.pk)}
            return self.merge_all(into, others, person_of(request), seen[str(into.pk)])
        except ValueError as error:
            raise ValidationError(_("The form came without its versions. Open the page again.")) from error
