"""Lists page by page, counted no further than anybody turns."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

# Nobody turns fifty pages: whoever looks for something older narrows the list or turns its order round.
MOST_COUNTED = 2_000


class Pages(_Paginator):
    """Pages of the first MOST_COUNTED records; `more` says that there are others. Counting them all takes longer than listing some."""

    @cached_property
    def _counted(self) -> int:
        found: Any = self.object_list
        return int(found.order_by().values("pk")[: MOST_COUNTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @property
    def more(self) -> bool:
        return self._counted > MOST_COUNTED
