"""What all officers share: their home, colleagues, the audit."""

from apoa.web.officers import (  # noqa: F401 - each registers its pages
    audit,
    cross_check,
    finding,
    findings,
    home,
    people,
    permit,
    permit_acts,
    permit_search,
    rules,
)
