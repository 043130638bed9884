"""Where in a list the address says one is, and the addresses of the pages around it."""

from typing import Any
from uuid import UUID

from flask import request, url_for

from apoa.properties.listing import Paging, PropertyPage


def read_paging() -> Paging:
    """From `after` or `before` in the address; what is no id is the beginning."""
    return Paging(after=_id("after"), before=_id("before"))


def page_urls(endpoint: str, page: PropertyPage, **filters: Any) -> dict[str, str | None]:
    """`previous_url` and `next_url` for the pager, with the filters kept."""
    kept = {name: value for name, value in filters.items() if value}
    previous = url_for(endpoint, before=page.before, **kept) if page.before else None
    following = url_for(endpoint, after=page.after, **kept) if page.after else None
    return {"previous_url": previous, "next_url": following}


def _id(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
