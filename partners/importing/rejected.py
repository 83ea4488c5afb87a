"""The rows that were set aside as a CSV file: their columns as they came, and why. Mended, it can be sent in again."""

import csv
import io

from partners.importing import formulas
from partners.importing.columns import IGNORED


def as_csv(columns, rows):
    """UTF-8 with the mark that Excel needs to see, and no cell that it would run."""
    kept = [place for place, column in enumerate(columns) if column.casefold() != IGNORED]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*(formulas.defuse(columns[place]) for place in kept), "Reason"])
    for row in rows:
        writer.writerow([*(formulas.defuse(row.cells[place]) for place in kept), formulas.defuse(row.reason)])
    return out.getvalue().encode("utf-8-sig")
