"""Machine-readable zones of travel documents: read, checked, repaired where provable, and made.

Written from the facts of ICAO Doc 9303 (eighth edition, 2021, with its amendments up to 2026):

- part 3: characters, names (4.6), dates (4.8), check digits (4.9), states (5), letters (6);
- part 4: TD3, passports of 2 lines of 44 characters; document codes (4.4);
- part 5: TD1, cards of 3 lines of 30; part 6: TD2, documents of 2 lines of 36; in both, document
  numbers of more than nine characters continue in the optional data (4.2.2 note j);
- part 7: visas MRV-A (2 x 44) and MRV-B (2 x 36), which have no composite check digit.

Reading: `parse_mrz(text, today=...)` gives an `MrzReading` or raises `MrzUnreadable`. A reading
never hides a doubt: `checks` are the check digits, `faults` what the standard does not allow,
`proposals` the likely misread characters, with why and whether the reading already uses them.
Filling in: `to_report_parts(reading)`. Making: `make_mrz(MrzFields(...))`.

Which rule stands where: `layout` positions; `zone` accepted text; `check_digits`; `dates` centuries
and unknown parts; `name_field` names and their truncation; `repairs` look-alikes.

What a zone cannot tell, and this module therefore does not: names have no check digit, so their
repairs are never proven; check digits miss characters whose values differ by ten (0, A, K, U and
the filler) and many pairs of errors; a guest of a hundred years or more reads as a child. National
layouts outside Doc 9303 (the French identity card before 2021) give failing check digits.
"""

from apoa.base.mrz.layout import MrzFormat
from apoa.base.mrz.make import MrzFields, make_mrz
from apoa.base.mrz.parse import parse_mrz
from apoa.base.mrz.problems import FAULTS
from apoa.base.mrz.reading import MrzCheck, MrzFault, MrzProposal, MrzReading, MrzUnreadable
from apoa.base.mrz.report_parts import to_report_parts

__all__ = [
    "FAULTS",
    "MrzCheck",
    "MrzFault",
    "MrzFields",
    "MrzFormat",
    "MrzProposal",
    "MrzReading",
    "MrzUnreadable",
    "make_mrz",
    "parse_mrz",
    "to_report_parts",
]
