from factcheck.newsroom.zones import IN_FORCE
from factcheck.notices.backends import NoticingBackend


class DeskBackend(NoticingBackend):
    """The person of a session comes with the newsroom's time zone too, in the same query."""

    further = NoticingBackend.further + IN_FORCE
