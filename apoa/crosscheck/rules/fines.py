"""What days over cost: each day at the rate in force on it, up to a limit."""

from datetime import date

from apoa.crosscheck.rules.facts import DAY, FineRate

# PP 28/2019 (in force since 3 May 2019; the day is a setting); before it PP 45/2014.
SHIPPED_RATES = (
    FineRate(date(2000, 1, 1), 300_000, 60),
    FineRate(date(2019, 5, 3), 1_000_000, 60),
)


def rate_on(rates: tuple[FineRate, ...], day: date) -> FineRate | None:
    """The rate in force on a day."""
    begun = [one for one in rates if one.effective_from <= day]
    return max(begun, key=lambda one: one.effective_from, default=None)


def fine_for(rates: tuple[FineRate, ...], first_on: date, last_on: date) -> int | None:
    """The fine in rupiah for the days from first to last.

    None where a day has no rate, and where they are more than the limit in force on the last day:
    then there is no fine but deportation and refusal (UU 6/2011 art. 78).
    """
    days = (last_on - first_on).days + 1
    last = rate_on(rates, last_on)
    if last is None or days > last.most_days:
        return None
    total = 0
    for number in range(days):
        rate = rate_on(rates, first_on + number * DAY)
        if rate is None:
            return None
        total += rate.per_day
    return total
