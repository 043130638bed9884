"""What a shipped rule says of itself, and the parameters and legal bases that several share."""

from dataclasses import dataclass
from datetime import date

from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.crosscheck.rules.parameters import Parameter, Words

# Older than any stay that can be reported.
SHIPPED_FROM = date(2000, 1, 1)
PERMIT_KINDS = ("bvk", "voa", "itk", "itas", "itap", "diplomatic", "service")
VISIT_KINDS = ("bvk", "voa", "itk")
OVERSTAY_LAW = Words("UU 6/2011 pasal 78 dan 119", "Law 6/2011 articles 78 and 119")
REPORT_LAW = Words(
    "UU 6/2011 pasal 72 ayat (2) dan 117", "Law 6/2011 articles 72 paragraph 2 and 117"
)
WATCH_LAW = Words("UU 6/2011 pasal 66-69", "Law 6/2011 articles 66 to 69")
DATA_LAW = Words("PP 31/2013 pasal 187-188", "Government Regulation 31/2013 articles 187 to 188")
FALSE_LAW = Words("UU 6/2011 pasal 119 dan 123", "Law 6/2011 articles 119 and 123")
ADDRESS_LAW = Words("UU 6/2011 pasal 71", "Law 6/2011 article 71")
VISA_LAW = Words("UU 6/2011 pasal 43; Perpres 21/2016", "Law 6/2011 article 43; PR 21/2016")


@dataclass(frozen=True)
class ShippedRule:
    """A rule: what it is called and says, who handles it, its legal basis and its parameters."""

    rule: RuleId
    severity: Severity
    handled_by: Section
    name: Words
    says: Words
    legal_basis: Words
    parameters: tuple[Parameter, ...] = ()


def days_parameter(
    name: str, default: int, indonesian: str, english: str, least: int = 0
) -> Parameter:
    """A number of days, at most a year."""
    return Parameter(name, default, Words(indonesian, english), least=least, most=366)
