"""What needs an administrator, each with the list that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.accounts.models import User
from factcheck.accounts.roles import ROLE_NAMES, Role
from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.newsroom.models import Settings
from factcheck.publication.models import Publication
from factcheck.verdicts.models import RatingScale, ScaleVersion


@dataclass(frozen=True)
class Need:
    """What is to be done, in words with its count; why; and where the counted are listed or the thing is done."""

    words: str
    why: str
    path: str


def needs() -> list[Need]:
    """What needs an administrator now, the most pressing first; at most a dozen queries."""
    return [*_of_people(), *_of_what_one_did_alone(), *_of_settings(), *_of_scales(), *_of_registers()]


def listing(model: str, **filters: object) -> str:
    """The address of a list of the administration, narrowed: listing("accounts_user", role="none")."""
    address = reverse(f"admin:{model}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address


def _of_people() -> Iterator[Need]:
    held = dict(User.objects.filter(is_active=True).values_list("groups__name").annotate(Count("pk")))
    for role in Role:
        if not held.get(role.value):
            yield Need(
                _("Nobody is a %(role)s") % {"role": ROLE_NAMES[role]},
                _("Without one, the work stops there. Give somebody the role."),
                listing("accounts_user", is_active__exact=1),
            )
    if held.get(Role.ADMINISTRATOR.value) == 1:
        yield Need(
            _("There is one Administrator only"),
            _("If they lose their login, nobody can let them in again. Give a second person the role."),
            listing("accounts_user", role=Role.ADMINISTRATOR.value, is_active__exact=1),
        )
    if idle := held.get(None):
        yield Need(
            ngettext("%(n)d person without a role", "%(n)d people without a role", idle) % {"n": idle},
            _("They can log in and do nothing. Give them a role or disable them."),
            listing("accounts_user", role="none", is_active__exact=1),
        )
    left = Claim.objects.on_desk().filter(assignee__is_active=False).count()
    if left:
        yield Need(
            ngettext(
                "%(n)d claim in the hands of somebody who left", "%(n)d claims in the hands of people who left", left
            )
            % {"n": left},
            _("Somebody else can take them over on the desk."),
            listing("claims_claim", hands="left", **{"in": "desk"}),
        )


def _of_what_one_did_alone() -> Iterator[Need]:
    if alone := Publication.objects.unsigned().count():
        yield Need(
            ngettext("%(n)d check awaits a second person", "%(n)d checks await a second person", alone) % {"n": alone},
            _(
                "Retracted or published before review by one person. A reviewer approves, a reviewer or publisher countersigns."
            ),
            listing("publication_publication", awaits="yes"),
        )


def _of_settings() -> Iterator[Need]:
    current = Settings.objects.current()
    if missing := current.missing():
        yield Need(
            ngettext(
                "%(n)d thing readers should know is not written",
                "%(n)d things readers should know are not written",
                len(missing),
            )
            % {"n": len(missing)},
            _("The codes of the trade and readers of ClaimReview ask for: %(names)s.") % {"names": ", ".join(missing)},
            reverse("admin:newsroom_settings_add"),
        )
    if not RatingScale.objects.filter(slug=current.scale).exists():
        yield Need(
            _("The rating scale in use is not there"),
            _("No verdict can be begun. Choose another scale in the settings."),
            reverse("admin:newsroom_settings_add"),
        )


def _of_scales() -> Iterator[Need]:
    silent = ScaleVersion.objects.newest().filter(description="").select_related("scale")
    for version in silent:
        yield Need(
            _("The scale “%(name)s” has no public explanation") % {"name": version.name},
            _("Readers of ClaimReview ask that a scale be documented. Make its next version with a description."),
            f"{reverse('admin:verdicts_scaleversion_add')}?{urlencode({'scale': version.scale.slug})}",
        )


def _of_registers() -> Iterator[Need]:
    alike = Claimant.objects.look_alike().count()
    if alike:
        yield Need(
            ngettext("%(n)d claimant looks like another", "%(n)d claimants look like another", alike) % {"n": alike},
            _("The same name, and no description that tells them apart. Merge them or describe them."),
            listing("claims_claimant", alike="yes"),
        )
    unused = Topic.objects.unused().count()
    if unused:
        yield Need(
            ngettext("%(n)d topic that no claim has", "%(n)d topics that no claim has", unused) % {"n": unused},
            _("Remove them, or merge them with others."),
            listing("claims_topic", used="no"),
        )
