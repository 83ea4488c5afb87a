"""The forms on a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "textarea", "email", "url", "tel", "search"}
NUMBERS = {"date", "datetime-local", "number"}
CHOSEN = {"select", "radio", "checkbox", "hidden"}


@dataclass
class Field:
    name: str
    type: str
    values: list = field(default_factory=list)  # what would be sent if nobody touched it

    @property
    def value(self):
        return self.values[0] if self.values else ""


@dataclass
class Form:
    """`buttons` are what pressing one would add: (name, value, another action or none)."""

    action: str
    method: str
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)

    def pairs(self, typed):
        """(name, text) of everything, with some fields filled in."""
        untouched = [(name, text) for name, each in self.fields.items() for text in each.values if name not in typed]
        return untouched + list(typed.items())

    def names(self, *types):
        return [each.name for each in self.fields.values() if each.type in types]


class FormsParser(HTMLParser):
    """Collects forms. Knows of HTML what our pages use; `form=` attributes and nested forms are not among it."""

    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.textarea = [], None, None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "__prefix__" in given.get("name", ""):  # what Django's scripts copy, not a field
            return
        if tag == "form":
            self.form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input":
            self.input(given)
        elif tag == "select" and given.get("name"):
            found_by_script = "admin-autocomplete" in (given.get("class") or "")
            self.select = self.add(given["name"], "autocomplete" if found_by_script else "select")
        elif tag == "option" and self.select and "selected" in given:
            self.select.values.append(given.get("value", ""))
        elif tag == "textarea" and given.get("name"):
            self.textarea = self.add(given["name"], "textarea")
            self.textarea.values = [""]
        elif tag == "button" and given.get("type", "submit") == "submit" and "formmethod" not in given:
            self.form.buttons.append((given.get("name", ""), given.get("value", ""), given.get("formaction", "")))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            self.textarea.values = [self.textarea.value.removeprefix("\n")]
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.textarea.values = [self.textarea.value + data]

    def input(self, given):
        name, type_ = given.get("name", ""), given.get("type", "text").lower()
        if type_ == "submit":
            self.form.buttons.append((name, given.get("value", ""), given.get("formaction", "")))
        if not name or type_ in ("submit", "image", "reset"):
            return
        each = self.add(name, "count" if name.endswith("_FORMS") else type_)
        if type_ not in ("checkbox", "radio", "file") or "checked" in given:
            each.values.append(given.get("value", "on" if type_ == "checkbox" else ""))

    def add(self, name, type_):
        return self.form.fields.setdefault(name, Field(name, type_))


def forms_in(html):
    parser = FormsParser()
    parser.feed(html)
    parser.close()
    return parser.forms
