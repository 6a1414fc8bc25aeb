"""The administration: who gets in, and how its front page is laid out."""

from collections.abc import Iterable
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as doors
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.needs import needs
from factcheck.desk.admin.pages import ReadablePage
from factcheck.newsroom.models import Settings

SECTIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "newsroom": (gettext_lazy("The newsroom"), ("User", "Invitation", "Group", "Settings", "ScaleVersion")),
    "checked": (gettext_lazy("What is checked"), ("Article", "Claim", "Claimant", "Topic", "Source")),
    "record": (
        gettext_lazy("The record, to read"),
        (
            "Entry",
            "RowChange",
            "Submission",
            "Decision",
            "Publication",
            "ArticlePublication",
            "Snapshot",
            "Placement",
        ),
    ),
}


class DeskAdminSite(AdminSite):
    """Django's admin behind the newsroom's own door: roles say who enters, and every change goes through a verb."""

    index_title = gettext_lazy("Administration")
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Rows removed in bulk go around the verbs.
        self.disable_action("delete_selected")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Only pages of ours: those that packages bring along would write without the verbs."""
        if admin_class and issubclass(admin_class, ReadablePage):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.is_active and request.user.may("administer")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Somebody logged in without the right is told so; logging in once more would not help."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(_("Only administrators of the newsroom come in here."))
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door, with its limits on attempts."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return doors.logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = Settings.objects.current().name
        return {
            **super().each_context(request),
            "site_title": name,
            "site_header": name,
            "site_url": reverse("desk:queue"),
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {"needs": needs(), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """By what an administrator comes for, not by package."""
        if app_label:
            return super().get_app_list(request, app_label)
        found = {model["object_name"]: model for app in super().get_app_list(request) for model in app["models"]}
        for model in found.values():
            page = self.get_model_admin(model["model"])
            if isinstance(page, ReadablePage):
                model["name"] = capfirst(page.list_title())
                model["add_label"] = getattr(page, "add_label", "")
        return [
            {
                "name": heading,
                "app_label": label,
                "app_url": f"{reverse('admin:index')}#{label}",
                "has_module_perms": True,
                "models": [found[name] for name in names if name in found],
            }
            for label, (heading, names) in SECTIONS.items()
        ]
