"""The one table of who may do what, and what Django's groups make of it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied

from factcheck.accounts import roles
from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, MAY, PUBLISHER, REVIEWER, Role
from tests import newsroom

pytestmark = pytest.mark.django_db

# As the newsroom is told: a change of the table is a change of this.
TOLD = {
    CHECKER: {"read_desk", "take_in", "highlight", "assign", "discuss", "judge", "submit", "keep_registers"},
    REVIEWER: {"read_desk", "assign", "discuss", "decide", "countersign"},
    PUBLISHER: {"read_desk", "assign", "discuss", "publish", "publish_unreviewed", "retract", "countersign"},
    ADMINISTRATOR: {"read_desk", "keep_registers", "administer"},
}


def granted(role: Role, using: str = "default") -> set[str]:
    return set(Group.objects.using(using).get(name=role.value).permissions.values_list("codename", flat=True))


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_is_told_and_nothing_more(role: Role) -> None:
    assert {act for act, (_words, who) in MAY.items() if role in who} == TOLD[role]


@pytest.mark.parametrize("role", Role)
def test_each_group_has_the_permissions_of_its_role_and_nothing_more(role: Role) -> None:
    assert granted(role) == TOLD[role]


def test_there_is_no_other_group() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


# Only the owner may write what a role may do.
as_owner = pytest.mark.django_db(databases=["default", "owner"])


@as_owner
def test_writing_the_table_again_takes_away_what_stands_outside_it() -> None:
    decide = Permission.objects.using("owner").get(codename="decide")
    Group.objects.using("owner").get(name=CHECKER.value).permissions.add(decide)
    roles.write(using="owner")
    assert granted(CHECKER, "owner") == TOLD[CHECKER]


@as_owner
def test_writing_the_table_again_gives_back_what_was_taken_away() -> None:
    Group.objects.using("owner").get(name=CHECKER.value).permissions.clear()
    roles.write(using="owner")
    assert granted(CHECKER, "owner") == TOLD[CHECKER]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", MAY)
def test_a_person_may_do_what_their_role_allows(role: Role, act: str) -> None:
    assert newsroom.person("somebody", role).may(act) == (act in TOLD[role])


@pytest.mark.parametrize("act", MAY)
def test_with_two_roles_a_person_may_do_what_either_allows(act: str, bo: User) -> None:
    assert bo.may(act) == (act in TOLD[REVIEWER] | TOLD[CHECKER])


@pytest.mark.parametrize("act", MAY)
def test_without_a_role_a_person_may_do_nothing(act: str, guest: User) -> None:
    assert not guest.may(act)


@pytest.mark.parametrize("act", MAY)
def test_a_disabled_person_may_do_nothing(act: str) -> None:
    everything = newsroom.person("somebody", *Role)
    User.objects.update(is_active=False)
    with pytest.raises(PermissionDenied):
        require(User.objects.get(pk=everything.pk), act)


def test_an_act_that_is_not_in_the_table_is_a_mistake(ada: User) -> None:
    with pytest.raises(KeyError):
        ada.may("fly")


def test_what_is_allowed_passes(ada: User) -> None:
    require(ada, "judge")


def test_what_is_not_allowed_is_refused_in_words(ada: User) -> None:
    with pytest.raises(PermissionDenied, match="approve or send back"):
        require(ada, "decide")
