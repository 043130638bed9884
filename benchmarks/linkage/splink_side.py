"""Links one folder's guests.csv and permits.csv with Splink; run by the Python that has it.

The last line printed is JSON: for each guest the likeliest permit, the surest first. Fields that
are empty throughout are left out; frequencies of names, nationality and numbers are adjusted for.
"""

import contextlib
import json
import sys
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

BLOCKING = (
    ("document_number",),
    ("birth_date", "nationality"),
    ("birth_date", "substr(surname,1,2)"),
    ("birth_date", "substr(given_names,1,2)"),
    ("surname", "given_names"),
    ("surname", "substr(birth_date,1,7)"),
    ("given_names", "substr(birth_date,1,7)"),
    ("surname", "substr(birth_date,6,5)"),
    ("given_names", "substr(birth_date,6,5)"),
)

# Splink orders the two tables by their names, so a pair has the guest on the left.
_BEST = """
SELECT unique_id_l AS guest, unique_id_r AS permit FROM {pairs}
QUALIFY row_number() OVER (PARTITION BY unique_id_l ORDER BY match_weight DESC) = 1
ORDER BY match_weight DESC
"""


def main(folder: Path) -> None:
    guests, permits = (_read(folder / name) for name in ("guests.csv", "permits.csv"))
    empty = {
        column for column in ("nationality", "sex", "birth_date") if guests[column].isna().all()
    }
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            comparison for column, comparison in _comparisons().items() if column not in empty
        ],
        blocking_rules_to_generate_predictions=[
            block_on(*rule) for rule in BLOCKING if empty.isdisjoint(rule)
        ],
    )
    api = DuckDBAPI()
    tables = [
        api.register(guests, dataset_display_name="guests"),
        api.register(permits, dataset_display_name="permits"),
    ]
    linker = Linker(tables, settings)
    training = linker.training
    sure = [block_on("document_number"), block_on("surname", "given_names", "birth_date")]
    training.estimate_probability_two_random_records_match(sure, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=2e6)
    for column in ("birth_date", "document_number"):
        training.estimate_parameters_using_expectation_maximisation(block_on(column))
    pairs = linker.inference.predict(threshold_match_probability=0.001)
    # In the database: a million guests have more pairs than the memory holds as a data frame.
    best = linker.misc.query_sql(_BEST.format(pairs=pairs.physical_name)).as_pandas_dataframe()
    print()
    print(json.dumps(best.to_numpy().tolist()), file=sys.__stdout__)


def _comparisons():
    return {
        "surname": cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        "given_names": cl.NameComparison("given_names").configure(term_frequency_adjustments=True),
        "birth_date": cl.DateOfBirthComparison("birth_date", input_is_string=True),
        "document_number": cl.DamerauLevenshteinAtThresholds("document_number", [1, 2]),
        "nationality": cl.ExactMatch("nationality").configure(term_frequency_adjustments=True),
        "sex": cl.ExactMatch("sex"),
    }


def _read(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table = table.rename(columns={"id": "unique_id"})
    for column in ("surname", "given_names"):
        table[column] = table[column].str.upper()
    return table.map(lambda value: value or None)


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        main(Path(sys.argv[1]))
