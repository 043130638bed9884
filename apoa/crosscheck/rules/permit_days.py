"""Rules that hold the days of a stay against the days of the holder's permits.

A day is over when the guest was seen in the lodging after the last day on which a permit covers
it. The night that begins on the last day ends on a day without a permit, so whoever checks out on
that next day has one day over; whoever checks out on the last day has none.
"""

from datetime import date

from apoa.crosscheck.rules.cause import Cause, RuleInForce, iso
from apoa.crosscheck.rules.facts import DAY, Facts, MatchFacts, PermitFacts
from apoa.crosscheck.rules.fines import fine_for, rate_on
from apoa.crosscheck.rules.stay_cause import permit_evidence, presence_evidence, stay_cause

# A converted permit is followed by another, and one that was extended goes on.
ENDED_EARLY = frozenset({"cancelled", "revoked", "departed"})


def last_day_of(permit: PermitFacts, *, inclusive: bool) -> date:
    """The last day on which the holder may be in the country by the permit's own term."""
    return permit.valid_until if inclusive else permit.valid_until - DAY


def ended_on(permit: PermitFacts) -> date | None:
    """The day on which it was cancelled, revoked, or ended by departure, within its term."""
    if permit.status not in ENDED_EARLY or permit.status_on is None:
        return None
    return permit.status_on if permit.status_on <= permit.valid_until else None


def permits_of(match: MatchFacts) -> tuple[PermitFacts, ...]:
    """Every permit of the holder: any of them may cover a day."""
    return (match.permit, *match.more_permits) if match.permit else ()


def _covers_until(permit: PermitFacts, inclusive: bool) -> date:
    last, ended = last_day_of(permit, inclusive=inclusive), ended_on(permit)
    return last if ended is None else min(last, ended)


def _last_before(
    permits: tuple[PermitFacts, ...], day: date, inclusive: bool
) -> PermitFacts | None:
    """The permit that covered the holder last before a day that none covers; None if one does."""
    begun = [one for one in permits if one.valid_from is None or one.valid_from <= day]
    if any(_covers_until(one, inclusive) >= day for one in begun):
        return None
    return max(begun, key=lambda one: (_covers_until(one, inclusive), one.permit_id), default=None)


def _last_day_over(facts: Facts, inclusive: bool) -> tuple[date, PermitFacts] | None:
    """The last day on which the guest was seen without a permit, and the permit that had ended."""
    permits = permits_of(facts.linked) if facts.linked else ()
    day = facts.stay.last_present_on(facts.at)
    while permits and day >= facts.stay.checked_in_on:
        permit = _last_before(permits, day, inclusive)
        if permit is not None:
            return day, permit
        day -= DAY
    return None


def permit_expired(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The guest was seen after the last day of their permit (UU 6/2011 art. 78)."""
    inclusive = bool(rule.parameters["last_day_inclusive"])
    over = _last_day_over(facts, inclusive)
    if over is None or ended_on(over[1]) is not None:
        return []
    last_on, permit = over
    first_on = last_day_of(permit, inclusive=inclusive) + DAY
    rate = rate_on(facts.fine_rates, last_on)
    days = (last_on - first_on).days + 1
    evidence = permit_evidence(permit) | presence_evidence(facts.stay)
    evidence |= {
        "first_day_over": iso(first_on),
        "last_day_over": iso(last_on),
        "days_over": days,
        "fine": fine_for(facts.fine_rates, first_on, last_on),
        "rate": rate.per_day if rate else None,
        "beyond_fine": rate is not None and days > rate.most_days,
        "is_in_house": facts.stay.is_in_house,
    }
    marked = ("permit_id", "valid_until")
    return [stay_cause(rule, facts.stay, evidence, marked=marked, permit_id=permit.permit_id)]


def permit_expires_during_stay(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """A guest in house means to leave only after the last day that their permits cover."""
    match, stay = facts.linked, facts.stay
    if match is None or not stay.is_in_house or stay.expected_departure_on <= facts.today:
        return []
    inclusive = bool(rule.parameters["last_day_inclusive"])
    if _last_before(permits_of(match), facts.today, inclusive) is not None:
        return []  # over already: permit-expired and permit-cancelled say so
    permit = _last_before(permits_of(match), stay.expected_departure_on, inclusive)
    if permit is None:
        return []
    evidence = permit_evidence(permit) | presence_evidence(stay)
    last_on = _covers_until(permit, inclusive)
    evidence["days_over"] = (stay.expected_departure_on - last_on).days
    marked = ("permit_id", "valid_until", "expected_departure_on")
    return [stay_cause(rule, stay, evidence, marked=marked, permit_id=permit.permit_id)]


def permit_cancelled(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The guest was seen after the permit was revoked, cancelled, or ended by departure."""
    over = _last_day_over(facts, inclusive=True)
    if over is None:
        return []
    last_on, permit = over
    ended = ended_on(permit)
    if ended is None or last_on <= ended + int(rule.parameters["days_to_leave"]) * DAY:
        return []
    evidence = permit_evidence(permit) | presence_evidence(facts.stay)
    evidence |= {"ended_on": iso(ended), "days_after": (last_on - ended).days}
    marked = ("permit_id", "status", "status_on")
    return [stay_cause(rule, facts.stay, evidence, marked=marked, permit_id=permit.permit_id)]
