"""People and their roles."""

from datetime import timedelta
from functools import partial
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from factcheck.accounts import employing, inviting
from factcheck.accounts.models import Invitation, User
from factcheck.accounts.roles import MAY, ROLE_NAMES, Role
from factcheck.claims.models import Claim
from factcheck.desk.admin.asking import Asked
from factcheck.desk.admin.editing import EditablePage, VerbForm, VersionedForm
from factcheck.desk.admin.listing import how_many, listed
from factcheck.desk.admin.pages import EVERYWHERE, ReadablePage

DISABLE = Asked(
    ngettext_lazy("Disable %(count)d person?", "Disable %(count)d people?", "count"),
    gettext_lazy(
        "They are out at once, wherever they are logged in. Their work stays and keeps their name; what they have in hand "
        "shows as nobody’s. You can let them in again."
    ),
    gettext_lazy("Disable"),
    ngettext_lazy("%(count)d person was disabled.", "%(count)d people were disabled.", "count"),
    employing.disable,
    lambda person: "" if person.is_active else gettext_lazy("disabled already."),
)
ENABLE = Asked(
    ngettext_lazy("Let %(count)d person in again?", "Let %(count)d people in again?", "count"),
    gettext_lazy("They log in with the password they had, and have the roles that stand beside their names."),
    gettext_lazy("Let in again"),
    ngettext_lazy("%(count)d person is let in again.", "%(count)d people are let in again.", "count"),
    employing.enable,
    lambda person: gettext_lazy("they are not disabled.") if person.is_active else "",
)
REVOKE = Asked(
    ngettext_lazy("Revoke %(count)d invitation?", "Revoke %(count)d invitations?", "count"),
    gettext_lazy("Their links open nothing from then on. You can invite them again."),
    gettext_lazy("Revoke"),
    ngettext_lazy("%(count)d invitation was revoked.", "%(count)d invitations were revoked.", "count"),
    inviting.revoke,
    lambda invitation: gettext_lazy("it was taken up or revoked.") if closed(invitation) else "",
)


def closed(invitation: Invitation) -> bool:
    return bool(invitation.used_at or invitation.revoked_at)


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


class SeenFilter(admin.SimpleListFilter):
    """When they were last here, as periods that do not overlap."""

    title = gettext_lazy("last seen")
    parameter_name = "seen"
    PERIODS = {"day": timedelta(days=1), "month": timedelta(days=30)}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("day", _("In the last 24 hours")),
            ("month", _("In the last 30 days")),
            ("longer", _("Longer ago")),
            ("never", _("Never")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        now, asked = timezone.now(), self.value()
        if asked in self.PERIODS:
            return queryset.filter(seen_at__gte=now - self.PERIODS[asked])
        if asked == "longer":
            return queryset.filter(seen_at__lt=now - self.PERIODS["month"])
        return queryset.filter(seen_at=None) if asked == "never" else queryset


@admin.register(User)
class PeoplePage(EditablePage):
    adds = True
    form = PersonForm
    fields = ("username", "email", "byline", "roles")
    list_display = ("byline", "username", "email", "held_roles", "is_active", "seen_at", "claim_count", "line_of_time")
    list_display_links = ("byline", "username")
    list_filter = (RoleFilter, "is_active", SeenFilter)
    search_fields = ("byline", "username", "email")
    search_help_text = gettext_lazy("Words of the byline, the login or the mail address")
    ordering = ("byline", "id")
    actions = ("send_link", "disable", "enable")

    @admin.display(description=gettext_lazy("roles"))
    def held_roles(self, person: User) -> str:
        names = {group.name for group in person.groups.all()}
        return ", ".join(str(ROLE_NAMES[role]) for role in Role if role.value in names)

    @admin.display(description=gettext_lazy("what they did"))
    def line_of_time(self, person: User) -> SafeString:
        return format_html(
            '<a href="{}">{}<span class="visually-hidden">: {}</span></a>',
            reverse("desk:person-history", args=[person.pk]),
            _("History"),
            person.name,
        )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return reverse("desk:person-history", args=[obj.pk]) if obj else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        in_hand = how_many(Claim.objects.on_desk(), "assignee")
        found: QuerySet[User] = super().get_queryset(request)
        return found.prefetch_related("groups").annotate(claim_total=in_hand)

    @admin.display(description=gettext_lazy("claims in hand"), ordering="claim_total")
    def claim_count(self, person: Any) -> SafeString:
        return listed(person.claim_total, "claims_claim", person=person.pk)

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
    def send_link(self, request: HttpRequest, people: QuerySet[User]) -> HttpResponse | None:
        asked = Asked(
            ngettext_lazy("Mail a link to %(count)d person?", "Mail a link to %(count)d people?", "count"),
            gettext_lazy("With it they set a new password. The one they have goes on working until then."),
            gettext_lazy("Mail it"),
            None,
            partial(self._mail_again, request),
            lambda person: (
                "" if person.is_active and person.email else gettext_lazy("disabled, or without an address.")
            ),
        )
        return self.carry_out(request, people, asked)

    @admin.action(description=gettext_lazy("Disable"), permissions=["change"], location=EVERYWHERE)
    def disable(self, request: HttpRequest, people: QuerySet[User]) -> HttpResponse | None:
        return self.carry_out(request, people, DISABLE)

    @admin.action(description=gettext_lazy("Let in again"), permissions=["change"], location=EVERYWHERE)
    def enable(self, request: HttpRequest, people: QuerySet[User]) -> HttpResponse | None:
        return self.carry_out(request, people, ENABLE)

    def _mail_again(self, request: HttpRequest, person: User, *, by: User, version: int) -> None:
        self._mail_link(request, person)

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
            says = (
                _("A link for setting a password was mailed to %(address)s.")
                if settings.MAIL_GOES_OUT
                else _("No mail server is set: the link for %(address)s stands on the console of the program.")
            )
            self.message_user(request, says % {"address": person.email}, messages.SUCCESS)


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
    def people(self, group: Any) -> SafeString:
        return listed(group.active, "accounts_user", role=group.name, is_active__exact=1)


class InvitationForm(VerbForm):
    roles = forms.TypedMultipleChoiceField(
        label=gettext_lazy("roles"),
        choices=[(role.value, ROLE_NAMES[role]) for role in Role],
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What they may do from the moment they join. You can change it later."),
    )

    class Meta:
        model = Invitation
        fields = ("email",)


class StandingFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("Waiting")),
            ("run_out", _("Run out")),
            ("used", _("Taken up")),
            ("revoked", _("Revoked")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        ask = {"waiting": "waiting", "run_out": "run_out", "used": "used", "revoked": "revoked"}.get(self.value() or "")
        return queryset & getattr(Invitation.objects, ask)() if ask else queryset


@admin.register(Invitation)
class InvitationPage(EditablePage):
    """Invitations by link. A link is shown once, to whoever made it; to lose it is to make another."""

    adds = True
    form = InvitationForm
    fields = ("email", "roles")
    add_label = gettext_lazy("Invite somebody")
    save_label = gettext_lazy("Invite")
    list_display = ("email", "role_words", "state", "invited_by", "made_at", "expires_at", "person")
    list_filter = (StandingFilter,)
    list_select_related = ("invited_by", "person")
    search_fields = ("email", "person__byline")
    ordering = ("-id",)
    actions = ("make_link", "revoke")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Actions change them; a record itself is only read.
        return obj is None and super().has_change_permission(request, obj)

    def add_title(self, request: HttpRequest) -> str:
        return str(self.add_label)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        read = (
            "email",
            "role_words",
            "state",
            "invited_by",
            "made_at",
            "expires_at",
            "used_at",
            "person",
            "revoked_at",
        )
        return read if obj else self.fields

    @admin.display(description=gettext_lazy("roles"))
    def role_words(self, invitation: Invitation) -> str:
        return invitation.role_words()

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation: Invitation) -> str:
        if invitation.used_at:
            return _("taken up")
        if invitation.revoked_at:
            return _("revoked")
        return _("run out") if invitation.expires_at <= timezone.now() else _("waiting")

    def make(self, by: User, values: dict[str, Any]) -> Invitation:
        invitation, token = inviting.invite(by=by, **values)
        invitation.token = token  # type: ignore[attr-defined]  # for the answer to this request
        return invitation

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        request.made = [(obj, obj.token)]  # type: ignore[attr-defined]  # for the answer to this request
        return HttpResponse(status=201)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().changeform_view(request, *args, **kwargs)
        # Only now does the invitation stand in the database, and may be mailed.
        made = getattr(request, "made", None)
        return self._show_links(request, made) if made else response

    @admin.action(description=gettext_lazy("Make a new link"), permissions=["change"], location=EVERYWHERE)
    def make_link(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> HttpResponse | None:
        made: list[tuple[Invitation, str]] = []

        def renew(invitation: Invitation, *, by: User, version: int) -> None:
            made.append((invitation, inviting.renew(invitation, by=by, version=version)))

        asked = Asked(
            ngettext_lazy(
                "Make a new link for %(count)d invitation?", "Make new links for %(count)d invitations?", "count"
            ),
            gettext_lazy(
                "The links they have open nothing any more; the new ones are shown to you and mailed to them."
            ),
            gettext_lazy("Make it"),
            ngettext_lazy("%(count)d new link was made.", "%(count)d new links were made.", "count"),
            renew,
            lambda invitation: gettext_lazy("it was taken up or revoked.") if closed(invitation) else "",
        )
        return self.carry_out(request, invitations, asked) or (self._show_links(request, made) if made else None)

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"], location=EVERYWHERE)
    def revoke(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> HttpResponse | None:
        return self.carry_out(request, invitations, REVOKE)

    def _show_links(self, request: HttpRequest, made: list[tuple[Invitation, str]]) -> HttpResponse:
        """The page with the links, made for this answer alone: nothing keeps them."""
        rows = []
        for invitation, token in made:
            try:
                inviting.mail_link(invitation, token)
                failure = ""
            except OSError as error:
                failure = str(error)
            rows.append({"invitation": invitation, "link": inviting.link(token), "failure": failure})
        context = {
            **self.admin_site.each_context(request),
            "title": ngettext("The link", "The links", len(rows)),
            "rows": rows,
            "goes_out": settings.MAIL_GOES_OUT,
            "days": inviting.WORKS_FOR.days,
            "nouns": capfirst(self.list_title()),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/invitation_links.html", context, status=201)
