"""How a person wants to be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.accounts.models import User
from factcheck.notices.models import Kind, Preference


@dataclass(frozen=True)
class Ways:
    on_page: bool = True
    by_mail: bool = True


def preferred(person: User) -> dict[Kind, Ways]:
    """For every kind, how this person is told."""
    said = {each.kind: Ways(each.on_page, each.by_mail) for each in Preference.objects.filter(person=person)}
    return {kind: said.get(kind, Ways()) for kind in Kind}


def prefer(person: User, ways: Mapping[Kind, Ways]) -> None:
    """From now on this person is told in these ways; kinds that are left out stay as they are. No part of the record."""
    Preference.objects.bulk_create(
        [
            Preference(person=person, kind=kind, on_page=each.on_page, by_mail=each.by_mail)
            for kind, each in ways.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["on_page", "by_mail"],
    )
