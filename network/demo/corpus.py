"""The words of the demo network, as text files beside this module: subjects, talk and places.

A subject is a topic with its synonyms, and lines that begin with what they are: `+` a strength, `-` a challenge,
`*` a resource. `who:` names the kinds of organization that say them; a line may name others in brackets.
"""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
NOT_SUBJECTS = {"names", "talk"}
SLOT = re.compile(r"\{([^{}]+)\}")
RANGE = re.compile(r"(\d+)-(\d+)")


@dataclass(eq=False)
class Pattern:
    """A sentence with slots: {a|b} is one of these, {12-30} a number, {city} and {state} the speaker's place."""

    text: str
    kinds: frozenset
    subject: str

    def said(self, rng, **place):
        return fill(self.text, rng, **place)


@dataclass
class Subject:
    name: str
    shelf: str
    synonyms: list = field(default_factory=list)
    kinds: frozenset = frozenset()
    strengths: list = field(default_factory=list)
    challenges: list = field(default_factory=list)
    resources: list = field(default_factory=list)
    """(kind, title, summary)"""


def fill(text, rng, **place):
    def one(match):
        slot = match[1]
        if "|" in slot:
            return rng.choice(slot.split("|"))
        if numbers := RANGE.fullmatch(slot):
            return str(rng.randint(int(numbers[1]), int(numbers[2])))
        return place[slot]

    text = SLOT.sub(one, text)
    return text[:1].upper() + text[1:]


@cache
def subjects():
    """All subjects in the order of their files, which is the order of the topics' numbers."""
    found = []
    for path in sorted(WORDS.glob("*.txt")):
        if path.stem not in NOT_SUBJECTS:
            found += read_shelf(path)
    return found


def read_shelf(path):
    subject = None
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
        mark, _, rest = line.partition(" ")
        if mark == "#":
            subject = Subject(rest, path.stem)
            yield subject
        elif mark == "also:":
            subject.synonyms = rest.split(", ")
        elif mark == "who:":
            subject.kinds = frozenset(rest.split())
        elif mark == "*":
            subject.resources.append(tuple(rest.split(" | ")))
        else:
            {"+": subject.strengths, "-": subject.challenges}[mark].append(pattern(rest, subject))


def pattern(text, subject):
    kinds = subject.kinds
    if text.startswith("["):
        bracket, _, text = text[1:].partition("] ")
        kinds = frozenset(bracket.split())
    return Pattern(text, kinds, subject.name)


@cache
def talk(section):
    """The lines of one section of talk.txt."""
    return [line[2:] for line in part("talk", section).splitlines() if line.startswith("- ")]


@cache
def names(section):
    return " ".join(part("names", section).split()).split(", ")


def part(file, section):
    text = (WORDS / f"{file}.txt").read_text(encoding="utf-8")
    return text.split(f"\n# {section}\n")[1].partition("\n# ")[0]


@cache
def places():
    with (WORDS / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
