"""What is held about a person as a file to take away: everything the page shows, as JSON and as CSV."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.text import slugify

from partners.importing.formulas import defuse


def as_zip(sections):
    """One JSON file with all of it, and a CSV for each section."""
    everything = {section.title: [row.cells for row in section.rows] for section in sections}
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", json.dumps(everything, ensure_ascii=False, indent=2))
        for number, section in enumerate(sections, 1):
            archive.writestr(f"{number:02}-{slugify(section.title)}.csv", as_csv(section))
    return content.getvalue()


def as_csv(section):
    """With the mark by which Excel knows UTF-8; nothing in it can be run."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(section.columns)
    rows.writerows([defuse(cell) for cell in row.cells.values()] for row in section.rows)
    return text.getvalue().encode("utf-8-sig")
