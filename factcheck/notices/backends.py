from factcheck.accounts.backends import RoleBackend

# Counted up to 100, so that many cost no more than some: the desk says "99+" then.
_UNSEEN = """, (
    SELECT count(*) FROM (
        SELECT FROM notices_notice WHERE person_id = person.id AND on_page AND seen_at IS NULL LIMIT 100
    ) AS unseen
) AS unseen_notices"""


class NoticingBackend(RoleBackend):
    """The person of a session comes with how many notices they have not seen: every page of the desk says so, without asking."""

    further = _UNSEEN
