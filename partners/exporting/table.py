"""Partners as a CSV file. Text that a spreadsheet would run is disarmed, and armed again by our import."""

import csv

from partners.exporting.fields import BATCH, disarmed, plain

BOM = "\ufeff"  # Excel takes a file without it for the code page of the machine


class Line:
    """A file of one line, for Python's CSV writer to write into."""

    def write(self, line):
        return line


def as_csv(records):
    """The bytes of a CSV file, in pieces that need not wait for each other."""
    writer, piece = csv.writer(Line()), [BOM]
    for count, record in enumerate(records, start=1):
        piece.append(writer.writerow([cell(value) for value in record]))
        if count % BATCH == 0:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode()


def cell(value):
    return disarmed(value) if isinstance(value, str) else plain(value)
