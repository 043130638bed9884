"""The addresses for mails about lodgings, under the address that the operator set."""

from apoa.properties.links import PropertyLinks
from apoa.web.request_actor import settings


def property_links() -> PropertyLinks:
    """Never by the Host header: a stranger could set it, and a mail would carry it."""
    return PropertyLinks(settings().base_url)
