"""Small files to import, with the quirks of real ones. Every organization here is invented."""

import csv
import io
import zipfile

import openpyxl

from partners.importing import columns, plan, reading, writing

CIVIC = [
    ["Organization", "Website", "City", "State", "Country", "Latitude", "Longitude", "Tags", "Previous names"],
    ["Robots for Akron", "http://robots-akron.example", "Akron, Ohio", "", "", "41.07", "-81.52", "Club; midwest", ""],
    ["Open Lab BTV", "", "Burlington, VT", "", "", "44.4759", "-73.2121", "Club", ""],
    ["Lab Curitiba", "http://openlabs.example/", "Curitiba, PR", "", "", "-25.4952", "-49.2874", "Club", ""],
    ["Open Labs Brazil", "http://openlabs.example/", "Florianópolis, SC - Brazil", "", "", "-27.59", "-48.51", "", ""],
    ["Makers of Madison", "makers.example.org/", "Madison,WI", "", "", "43.07", "-89.40", "Club; Midwest", ""],
    ["Labs Everywhere", "http://everywhere.example", "", "", "", "0.0000", "0.0000", "Partner", ""],
    ["Uptown Makers", "http://uptown.example", "Chicago, IL", "", "", "41.87", "-87.62", "Club", "Open Uptown; Uptown"],
]
ADVICE = [
    ["Organization", "Website", "City", "State", "Contact us for advice on"],
    ["Science Hall", "http://hall.example", "Kansas City", "Kansas", "Robotics, coding and tours"],
    ["The Council of  Teachers (CoT)", "http://cot.example", "", "Maryland", ""],
    ["Code Valley", "http://valley.example", "", "Virginia", "Everything."],
    ["Science Hall", "http://hall.example", "Kansas City", "Missouri", "Robotics, coding and tours"],
    ["Mountain STEM", "", "", "West Virgina", "Teacher preparation, all grades; Physics"],
]


def csv_of(rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(rows, **more_sheets):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, cells in more_sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_of(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def table_of(rows):
    return reading.read(csv_of(rows), "partners.csv")


def plan_of(rows, **options):
    table = table_of(rows)
    return plan.make(table, columns.guess(table.columns), **options)


def bring_in(rows, **options):
    """Plan and write in one go, as the command does."""
    found = plan_of(rows, **{key: value for key, value in options.items() if key == "today"})
    writing.write(found, source="partners.csv", **options)
    return found


def told(plan):
    """A plan in words: what happens to which name."""
    return {
        **{line.name: "new" for line in plan.new},
        **{line.name: {change.label: (change.was, change.now) for change in line.changes} for line in plan.changed},
        **{line.name: "unchanged" for line in plan.unchanged},
        **{row.number: row.reason for row in plan.set_aside},
    }
