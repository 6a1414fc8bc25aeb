"""What every page of the administration has in common: records to find and read.

Django's own permissions and its log play no part: roles say who may, and the history says what was done.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.desk.admin.listing import RecordList
from factcheck.desk.paging import Pages
from factcheck.history.models import Entry, Via
from factcheck.history.recording import coming_from

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _Inline = admin.TabularInline[Any, Any]
else:
    _ModelAdmin = admin.ModelAdmin
    _Inline = admin.TabularInline

# An action that is offered on the list and on the page of one record.
EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]
HISTORY_SHOWN = 100


def person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def preformatted(text: str) -> SafeString:
    return format_html('<pre class="document">{}</pre>', text)


class ReadablePage(_ModelAdmin):
    """Records to find and read. Nothing is added, changed or deleted here, by whatever request."""

    # What the pages call the record and the records, where that is not the model's own name.
    noun: ClassVar[Any] = ""
    nouns: ClassVar[Any] = ""
    # What the button of its form says, where it does more than save.
    save_label: ClassVar[Any] = ""
    list_per_page = 50
    list_max_show_all = 50
    paginator = Pages
    show_full_result_count = False
    # To count beside each filter how many it would leave is to read the whole table for each.
    show_facets = admin.ShowFacets.NEVER
    # Without a bar of actions above the list, Django's template writes a style into the page.
    actions_on_top = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return "password" not in lookup and super().lookup_allowed(lookup, value, request)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The history has it already."""
        return ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # Django's own log is not kept
        """The history has it already."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # Django's own log is not kept
        """The history has it already."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]  # Django's own log is not kept
        """The history has it already."""

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where the record stands on the desk or before readers, without a detour through the admin."""
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def list_title(self) -> str:
        return str(self.nouns or self.opts.verbose_name_plural)

    def add_title(self, request: HttpRequest) -> str:
        return _("Add %(noun)s") % {"noun": self.noun or self.opts.verbose_name}

    def next_of(self, record: Any) -> tuple[Any, str] | None:
        """Words and address of the form for the next version, where a record is one of several."""
        return None

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        noun = str(self.noun or self.opts.verbose_name)
        if obj is not None:
            context["title"] = capfirst(noun)
            context["next_version"] = self.next_of(obj) if self.has_add_permission(request) else None
        else:
            context["title"] = self.add_title(request)
            # What was just made is looked at in its list, or not edited any more.
            context["show_save_and_continue"] = False
        context["save_label"] = self.save_label or _("Save")
        context |= {"nouns": capfirst(self.list_title()), "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RecordList]:
        return RecordList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Where the newsroom's own search knows the records, by that: whatever the case and accents, and by an index."""
        if search_term and hasattr(queryset, "matching"):
            return queryset.matching(search_term), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, obj: Any) -> SafeString:
        """As Django's own, but not drawn by a template for each row."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            _("Choose “%(record)s”") % {"record": obj},
        )

    def complete(self, records: list[Any]) -> None:
        """Give the records of a page of the list what its columns need beside them, asked for all of them at once."""

    def refuse_foreign(self, request: HttpRequest, name: str, location: ActionLocation) -> None:
        """An action that is not this person's, or not one at all, is refused; Django would show the list as if nothing were asked."""
        if request.method == "POST" and name in request.POST:
            if request.POST[name] not in self.get_actions(request, action_location=location):
                raise PermissionDenied(_("Your role does not allow this."))
            if not all(
                number.isascii() and number.isdigit() and len(number) < 19
                for number in request.POST.getlist(ACTION_CHECKBOX_NAME)
            ):
                raise BadRequest

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        self.refuse_foreign(request, "action", ActionLocation.CHANGE_LIST)
        with coming_from(Via.ADMIN):
            title = capfirst(self.list_title())
            return super().changelist_view(request, {"title": title, "nouns": title, **(extra_context or {})})

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Django would lead to the front page, as if it had been found."""
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was done to this record, from the newsroom's history."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return TemplateResponse(
            request,
            "admin/object_history.html",
            {
                **self.admin_site.each_context(request),
                "title": _("History of %(record)s") % {"record": record},
                "entries": Entry.objects.about(record)[:HISTORY_SHOWN],
                "shown": HISTORY_SHOWN,
                "nouns": capfirst(self.list_title()),
                "object": record,
                "opts": self.opts,
            },
        )


class ReadableRows(_Inline):
    """Rows that hang on a record, to read."""

    extra = 0
    can_delete = False
    template = "admin/rows.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
