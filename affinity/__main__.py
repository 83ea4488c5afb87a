"""`python -m affinity`: scores and plans from CSV files, without the web app. A fault is one sentence and status 2."""

import argparse
import csv
import sys

import numpy as np
from scipy import sparse

from affinity.assignment import assign
from affinity.scoring import relevance


def main(arguments=None):
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (ValueError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return 0


def score(options):
    """Every pair of people with a score above 0, the best first for each learner."""
    needs, offers = _texts(options.needs), _texts(options.offers)
    topics = {}
    for topic, synonym in _rows(options.topics, "topic", "synonym") if options.topics else []:
        topics.setdefault(topic, []).append(synonym)
    asked = [text for texts in needs.values() for text in texts]
    scores = relevance(asked, list(offers.values()), topics=topics)
    teachers, start, found = list(offers), 0, []
    for learner, texts in needs.items():
        best = scores[start : start + len(texts)].max(axis=0)
        start += len(texts)
        order = np.argsort(-best, kind="stable")
        others = [at for at in order.tolist() if best[at] > 0 and teachers[at] != learner]
        found += [(learner, teachers[at], f"{best[at]:.6f}") for at in others]
    _write(options.output, ("learner", "teacher", "score"), found)


def plan(options):
    """Who learns from whom; what the plan is worth goes to the standard error stream."""
    organizations = dict(_rows(options.people, "person", "organization"))
    number = {person: at for at, person in enumerate(organizations)}
    entries = _rows(options.scores, "learner", "teacher", "score")
    scores = {(_known(one, number), _known(two, number)): _number(value) for one, two, value in entries}
    shape = len(number), len(number)
    rows, columns = np.array(list(scores), np.int64).reshape(-1, 2).T
    found = assign(
        sparse.csr_array((list(scores.values()), (rows, columns)), shape=shape),
        organizations=list(organizations.values()),
        at_least=options.at_least,
        at_most=options.at_most,
        pinned=_pairs(options.pinned, number),
        forbidden=_pairs(options.forbidden, number),
        fairness=options.fairness,
        seed=options.seed,
    )
    people = list(number)
    chosen = [(people[one], people[two], f"{scores.get((one, two), 0):.6f}") for one, two in found.edges.tolist()]
    _write(options.output, ("learner", "teacher", "score"), chosen)
    proof = "the best there is" if found.optimal else f"at most {found.gap:.4%} below the best"
    sys.stderr.write(f"{len(chosen)} connections worth {found.objective:.6f}, {proof}.\n")
    for one in found.unmet:
        sys.stderr.write(f"{people[one.person]} lacks {one.missing}: {one.why}\n")


def _parser():
    parser = argparse.ArgumentParser(prog="python -m affinity", description="Who could help whom, from CSV files.")
    commands = parser.add_subparsers(required=True, metavar="relevance | assign")
    scoring = commands.add_parser("relevance", help="score needs against offers")
    scoring.add_argument("needs", help="CSV with the columns person, text")
    scoring.add_argument("offers", help="CSV with the columns person, text")
    scoring.add_argument("--topics", help="CSV with the columns topic, synonym")
    scoring.set_defaults(command=score)
    planning = commands.add_parser("assign", help="the best plan for all")
    planning.add_argument("scores", help="CSV with the columns learner, teacher, score: pairs that are allowed")
    planning.add_argument("people", help="CSV with the columns person, organization")
    planning.add_argument("--at-least", type=int, nargs=3, default=(1, 1, 2), metavar=("LEARN", "TEACH", "ALL"))
    planning.add_argument("--at-most", type=int, default=4)
    planning.add_argument("--pinned", help="CSV with the columns learner, teacher: pairs that are taken")
    planning.add_argument("--forbidden", help="CSV with the columns learner, teacher: pairs that are not, either way")
    planning.add_argument(
        "--fairness", type=float, default=0.0, help="share of the highest floor for everybody, 0 to 1"
    )
    planning.add_argument("--seed", type=int, default=0)
    planning.set_defaults(command=plan)
    for one in (scoring, planning):
        one.add_argument("--output", help="file to write instead of the standard output")
    return parser


def _rows(path, *columns):
    """The named columns of a CSV file, row by row."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        lacking = [column for column in columns if column not in (rows.fieldnames or [])]
        if lacking:
            raise ValueError(f"{path} has no column {lacking[0]}.")
        for row in rows:
            if any(row[column] is None for column in columns):
                raise ValueError(f"{path}, line {rows.line_num}: a value is missing.")
            yield tuple(row[column] for column in columns)


def _texts(path):
    """Person → texts; a person with an empty text is there with nothing to say."""
    texts = {}
    for person, text in _rows(path, "person", "text"):
        texts.setdefault(person, []).append(text)
    return texts


def _number(value):
    try:
        return float(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a score.") from None


def _known(person, number):
    if person not in number:
        raise ValueError(f"{person!r} is not among the people.")
    return number[person]


def _pairs(path, number):
    rows = _rows(path, "learner", "teacher") if path else []
    return [(_known(learner, number), _known(teacher, number)) for learner, teacher in rows]


def _write(path, names, rows):
    file = open(path, "w", encoding="utf-8", newline="") if path else sys.stdout  # noqa: SIM115 -- or none to close
    try:
        csv.writer(file).writerows([names, *rows])
    finally:
        if path:
            file.close()


if __name__ == "__main__":
    sys.exit(main())
