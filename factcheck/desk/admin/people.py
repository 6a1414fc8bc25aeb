"""People and their roles."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.contrib.auth.models import Group
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import MAY, ROLE_NAMES, Role
from factcheck.desk.admin.pages import EditablePage, ReadablePage, VersionedForm

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


class PersonForm(VersionedForm):
    roles = forms.TypedMultipleChoiceField(
        label=gettext_lazy("roles"),
        choices=[(role.value, ROLE_NAMES[role]) for role in Role],
        coerce=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One person may hold several. Nobody decides on their own work all the same."),
    )

    class Meta:
        model = User
        fields = ("username", "email", "byline")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["roles"] = [role.value for role in self.instance.roles]
        if "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].help_text = _("The link for setting a password goes there; readers never see it.")

    def standing(self, current: Any, name: str) -> Any:
        return current.roles if name == "roles" else super().standing(current, name)


class RoleFilter(admin.SimpleListFilter):
    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*((role.value, ROLE_NAMES[role]) for role in Role), ("none", _("No role"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "none":
            return queryset.filter(groups=None)
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PeoplePage(EditablePage):
    adds = True
    form = PersonForm
    fields = ("username", "email", "byline", "roles")
    list_display = ("byline", "username", "email", "held_roles", "is_active", "last_login")
    list_display_links = ("byline", "username")
    list_filter = (RoleFilter, "is_active")
    search_fields = ("byline", "username", "email")
    ordering = ("byline", "id")
    actions = ("send_link", "disable", "enable")

    @admin.display(description=gettext_lazy("roles"))
    def held_roles(self, person: User) -> str:
        names = {group.name for group in person.groups.all()}
        return ", ".join(str(ROLE_NAMES[role]) for role in Role if role.value in names)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def make(self, by: User, values: dict[str, Any]) -> User:
        return employing.employ(by=by, **values)

    def revise(self, record: User, by: User, version: Any, changes: dict[str, Any]) -> User:
        return employing.revise(record, by=by, version=version, **changes)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().changeform_view(request, *args, **kwargs)
        # Only now does the new person stand in the database: a mail server that fails takes nobody back.
        if newcomer := getattr(request, "newcomer", None):
            self._mail_link(request, newcomer)
        return response

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        request.newcomer = obj  # type: ignore[attr-defined]  # for the answer to this request
        return super().response_add(request, obj, post_url_continue)

    @admin.action(
        description=gettext_lazy("Mail a link for setting a password"), permissions=["change"], location=EVERYWHERE
    )
    def send_link(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            self._mail_link(request, person)

    @admin.action(description=gettext_lazy("Disable"), permissions=["change"], location=EVERYWHERE)
    def disable(self, request: HttpRequest, people: QuerySet[User]) -> None:
        chosen = people.filter(is_active=True)
        done = ngettext("%(count)d person was disabled.", "%(count)d people were disabled.", len(chosen))
        self.each(request, chosen, employing.disable, done)

    @admin.action(description=gettext_lazy("Let in again"), permissions=["change"], location=EVERYWHERE)
    def enable(self, request: HttpRequest, people: QuerySet[User]) -> None:
        chosen = people.filter(is_active=False)
        done = ngettext("%(count)d person is let in again.", "%(count)d people are let in again.", len(chosen))
        self.each(request, chosen, employing.enable, done)

    def _mail_link(self, request: HttpRequest, person: User) -> None:
        form = ResetPasswordForm({"email": person.email})
        if not person.is_active or not form.is_valid() or not form.users:
            self.message_user(
                request,
                _("%(name)s has no mail address or is disabled: no link was sent.") % {"name": person.name},
                messages.WARNING,
            )
            return
        try:
            form.save(request)
        except OSError as error:
            self.message_user(
                request,
                _("The mail to %(address)s could not be sent (%(error)s). Send the link again later.")
                % {"address": person.email, "error": error},
                messages.ERROR,
            )
        else:
            self.message_user(
                request,
                _("A link for setting a password was mailed to %(address)s.") % {"address": person.email},
                messages.SUCCESS,
            )


@admin.register(Group)
class RolesPage(ReadablePage):
    """The table of who may do what stands in the program; here it can be read."""

    noun = gettext_lazy("role")
    nouns = gettext_lazy("roles")
    list_display = ("role", "may", "people")
    fields = ("role", "may", "people")
    readonly_fields = fields
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        found: QuerySet[Group] = super().get_queryset(request)
        return found.annotate(active=Count("user", filter=Q(user__is_active=True)))

    @admin.display(description=gettext_lazy("role"))
    def role(self, group: Group) -> str:
        return str(ROLE_NAMES.get(Role(group.name), group.name)) if group.name in set(Role) else group.name

    @admin.display(description=gettext_lazy("may"))
    def may(self, group: Group) -> SafeString:
        return format_html_join("; ", "{}", ((words,) for words, roles in MAY.values() if group.name in roles))

    @admin.display(description=gettext_lazy("active people"))
    def people(self, group: Any) -> int:
        return int(group.active)
