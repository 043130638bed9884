"""Rules about where a person sleeps: in two places, in many, or far from the registered address.

Only nights that are over count, each by the evening's local day of its lodging. The day of
check-out is no night, so a guest who moves on is in one place only.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from apoa.crosscheck.rules.cause import Cause, RuleInForce, iso
from apoa.crosscheck.rules.facts import DAY, Facts, StayFacts
from apoa.crosscheck.rules.names import RuleId, Section
from apoa.crosscheck.rules.stay_cause import stay_cause

# Their causes are made of several of a person's stays and belong to one of them, often another.
OF_SEVERAL_STAYS = frozenset({RuleId.TWO_PLACES, RuleId.FREQUENT_MOVER, RuleId.AWAY_FROM_ADDRESS})
ADDRESS_KINDS = ("itas", "itap")
_PROVINCE, _REGENCY = len("17"), len("17.71")


def two_places(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """The person was in house in another lodging on the same nights: one cause for each pair."""
    found = []
    for other in facts.own_stays:
        if other.property_id == facts.stay.property_id:
            continue
        nights = _nights_in_common(facts.stay, other, facts.at)
        if nights is None or _count(nights) < int(rule.parameters["least_nights"]):
            continue
        found.append(_pair(rule, facts.stay, other, nights))
    return found


def _nights_in_common(one: StayFacts, other: StayFacts, at: datetime) -> tuple[date, date] | None:
    ends = one.last_night_on(at), other.last_night_on(at)
    if ends[0] is None or ends[1] is None:
        return None
    first, last = max(one.checked_in_on, other.checked_in_on), min(ends[0], ends[1])
    return (first, last) if first <= last else None


def _count(nights: tuple[date, date]) -> int:
    return (nights[1] - nights[0]).days + 1


def _pair(rule: RuleInForce, one: StayFacts, other: StayFacts, nights: tuple[date, date]) -> Cause:
    """It belongs to the lodging of the later arrival: there the person went last."""
    earlier, later = sorted((one, other), key=lambda stay: (stay.checked_in_at, stay.stay_id))
    # Left as planned, only nobody said so: the earlier lodging's report is to be completed.
    is_forgotten = earlier.is_in_house and earlier.expected_departure_on <= later.checked_in_on
    evidence = {
        "other_property_id": str(earlier.property_id),
        "other_stay_id": str(earlier.stay_id),
        "first_night": iso(nights[0]),
        "last_night": iso(nights[1]),
        "nights": _count(nights),
        "check_out_missing": is_forgotten,
    }
    names = sorted(f"{stay.property_id}:{stay.stay_id}" for stay in (earlier, later))
    return stay_cause(
        rule,
        later,
        evidence,
        marked=("other_stay_id", "check_out_missing"),
        subject="stays:" + ":".join(names),
        stays=(earlier,),
        handled_by=Section.INSARKOM if is_forgotten else None,
    )


def frequent_mover(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """In more than so many lodgings within so many days, counted by arrivals."""
    stays = facts.own_stays
    within = int(rule.parameters["within_days"]) * DAY
    most = int(rule.parameters["most_properties"])
    windows = []
    for stay in stays:
        after = stay.checked_in_on - within
        inside = [one for one in stays if after < one.checked_in_on <= stay.checked_in_on]
        windows.append(inside if len({one.property_id for one in inside}) > most else None)
    found = []
    for run in _runs(windows):
        inside = _distinct(one for window in run for one in window)
        if facts.stay.key not in {one.key for one in inside}:
            continue
        # The stay that first crossed the limit names the cause, the last arrival where to look.
        crossing, last = run[0][-1], run[-1][-1]
        evidence = {
            "properties": len({one.property_id for one in inside}),
            "from": iso(inside[0].checked_in_on),
            "until": iso(last.checked_in_on),
            "stays": [[str(part) for part in one.key] for one in inside],
        }
        found.append(
            stay_cause(
                rule,
                last,
                evidence,
                marked=("from",),
                subject=f"mover:{crossing.property_id}:{crossing.stay_id}",
                stays=tuple(inside),
            )
        )
    return found


def away_from_address(rule: RuleInForce, facts: Facts) -> list[Cause]:
    """An ITAS or ITAP holder, more than so many nights within so many days outside their region.

    Nights before the permit began are not the permit's: nobody had to sleep at its address yet.
    """
    permit = facts.linked.permit if facts.linked else None
    if permit is None or permit.kind not in ADDRESS_KINDS or not permit.region_code:
        return []
    home = permit.region_code[: _REGENCY if rule.parameters["same_regency"] else _PROVINCE]
    outside = [one for one in facts.own_stays if not one.region_code.startswith(home)]
    nights = _nights_of(outside, facts.at, permit.valid_from or date.min)
    most, within = int(rule.parameters["most_nights"]), int(rule.parameters["within_days"]) * DAY
    days = sorted(nights)
    windows: list[list[StayFacts] | None] = []
    start = 0
    for end, day in enumerate(days):
        while days[start] <= day - within:
            start += 1
        inside = [nights[one] for one in days[start : end + 1]]
        windows.append(inside if len(inside) > most else None)
    found = []
    for run in _runs(windows):
        inside = _distinct(one for window in run for one in window)
        if facts.stay.key not in {one.key for one in inside}:
            continue
        crossing, last = run[0][-1], run[-1][-1]
        evidence = {
            "permit_id": str(permit.permit_id),
            "kind": permit.kind,
            "registered_region": home,
            "nights": max(len(window) for window in run),
            "within_days": within.days,
            "regions": sorted({one.region_code[:_REGENCY] for one in inside}),
            "stays": [[str(part) for part in one.key] for one in inside],
        }
        found.append(
            stay_cause(
                rule,
                last,
                evidence,
                marked=("permit_id", "registered_region"),
                subject=f"away:{crossing.property_id}:{crossing.stay_id}",
                permit_id=permit.permit_id,
                stays=tuple(inside),
            )
        )
    return found


def _nights_of(stays: Sequence[StayFacts], at: datetime, since: date) -> dict[date, StayFacts]:
    """Each night from that day on that is over, once, with the stay in which it was spent."""
    nights: dict[date, StayFacts] = {}
    for stay in stays:
        last = stay.last_night_on(at)
        day = max(stay.checked_in_on, since)
        while last is not None and day <= last:
            nights.setdefault(day, stay)
            day += DAY
    return nights


def _runs(windows: Iterable[list[StayFacts] | None]) -> list[list[list[StayFacts]]]:
    """The windows above the limit, put together where one follows the other."""
    runs: list[list[list[StayFacts]]] = [[]]
    for window in windows:
        if window is not None:
            runs[-1].append(window)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _distinct(stays: Iterable[StayFacts]) -> list[StayFacts]:
    by_key = {one.key: one for one in stays}
    return sorted(by_key.values(), key=lambda one: (one.checked_in_at, one.stay_id))
