"""Partners as a workbook. It says of each text that it is one, and still disarms it: somebody may save it as CSV."""

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from partners.exporting.fields import disarmed


def as_xlsx(records):
    """The file, open at its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Partners")
    sheet.freeze_panes = "A2"
    for record in records:
        sheet.append([cell(sheet, value) for value in record])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def cell(sheet, value):
    if isinstance(value, str):
        made = WriteOnlyCell(sheet, disarmed(value))
        made.data_type = "s"
        return made
    if isinstance(value, date):
        made = WriteOnlyCell(sheet, value)
        made.number_format = "yyyy-mm-dd"
        return made
    return value
