from factcheck.accounts.backends import RoleBackend

# Up to 100, so that many cost no more than some: the desk says "99+" then.
MOST = 100
_UNSEEN = f""", ARRAY(
    SELECT split_part(path, '#', 1) FROM notices_notice WHERE person_id = person.id AND on_page AND seen_at IS NULL LIMIT {MOST}
) AS unseen_at"""  # noqa: S608  # a number of ours


class NoticingBackend(RoleBackend):
    """The person of a session comes with the places of what they have not seen: every page of the desk counts it, without asking."""

    further = _UNSEEN
