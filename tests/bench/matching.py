"""What matching costs and is worth; each size is measured in a process of its own.

`python -m tests.bench.matching 280 1000` prints the section of docs/benchmarks.md alone.
"""

import json
import resource
import subprocess
import sys
import time
from statistics import median

import numpy as np

from affinity import match, relevance
from affinity.pairs import Pairs
from affinity.scoring import Affinities
from affinity.shortlists import shortlist
from tests.affinity.judging import SCORERS, interval, losses, questions
from tests.bench.people import people
from tests.bench.rivals import RIVALS

SIZES = (280, 1_000, 5_000, 20_000)
OFTEN = 1_000  # people, up to which the median of five runs is told
FAIR = 1_000  # ... and the fair mode is shown
COMPARED = 5_000  # ... and the rivals


def timed(do, times):
    """(median seconds, the last answer)."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        answer = do()
        seconds.append(time.perf_counter() - start)
    return median(seconds), answer


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def candidates(some, count=20):
    """The two-sided best pairs, nobody of one's own organization."""
    scores = Affinities(some.needs, some.offers)

    def allowed():
        for start, rows in scores.blocks():
            rows[some.organizations[start : start + len(rows), None] == some.organizations] = 0
            yield start, rows

    return shortlist(scores.shape, allowed(), count).tocoo()


def figures(count):
    """Everything of one size. What needs most memory comes last, so that each peak is its own."""
    some, times = people(count, seed=1), 5 if count <= OFTEN else 1
    found = {"people": count, "rivals": {}}
    if count == min(SIZES):
        needs = [one[0] for one in some.needs]
        found["relevance_seconds"] = timed(lambda: relevance(needs, some.offers), times)[0]
    found["shortlist_seconds"], best = timed(lambda: candidates(some), times)
    found["shortlist_mib"] = peak()
    found["seconds"], plan = timed(lambda: match(some.needs, some.offers, organizations=some.organizations), times)
    found |= {"mib": peak(), "gap": plan.gap, "optimal": plan.optimal, "total": plan.objective}
    found |= {"unmet": len(plan.unmet), "worst": float(plan.satisfaction.min())}
    if count <= COMPARED:
        pairs = Pairs(best.row.astype(np.int64), best.col.astype(np.int64), best.data.astype(float))
        for name, rival in RIVALS.items():
            chosen = rival(pairs, count)
            learn, teach = (np.bincount(side, minlength=count) for side in (chosen.learners, chosen.teachers))
            worth = np.bincount(chosen.learners, chosen.scores, count) + np.bincount(
                chosen.teachers, chosen.scores, count
            )
            left = int(((learn < 1) | (teach < 1)).sum())
            found["rivals"][name] = {"total": float(chosen.scores.sum()), "left": left, "worst": float(worth.min())}
    if count <= FAIR:
        fair = match(some.needs, some.offers, organizations=some.organizations, fairness=0.97)
        found["fair"] = {"worst": float(fair.satisfaction.min()), "best": fair.fairest, "price": fair.price}
    return found


def measure(count):
    command = [sys.executable, "-m", "tests.bench.matching", "--figures", str(count)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def section(sizes=SIZES):
    """The figures as Markdown."""
    return told([measure(count) for count in sizes])


def told(found):
    lines = [
        "## Who could help whom",
        "",
        "`affinity.match` over invented people (`tests/bench/people.py`): from sentences to a plan, and its gap to a",
        "bound over all pairs that are allowed. Medians of five up to 1,000 people.",
        "",
    ]
    lines += ["| People | plan, s | gap | best proven | without floors | worst-off | peak MiB |", "|---:" * 7 + "|"]
    for one in found:
        proven = "yes" if one["optimal"] else "no"
        numbers = f"{one['seconds']:.1f} | {one['gap']:.5%} | {proven} | {one['unmet']} | {one['worst']:.3f}"
        lines.append(f"| {one['people']:,} | {numbers} | {one['mib']:.0f} |")
    lines += ["", "Beside it, as a share of the plan's total, over the two-sided 20 best:", ""]
    lines += ["| People | way | total | without floors | worst-off |", "|---:|---|---:|---:|---:|"]
    for one in found:
        for name, rival in one["rivals"].items():
            share = rival["total"] / one["total"]
            lines.append(f"| {one['people']:,} | {name} | {share:.3f} | {rival['left']} | {rival['worst']:.3f} |")
    lines.append("")
    for one in found:
        listed = f"{one['people']:,} people to the two-sided 20 best: {one['shortlist_seconds']:.1f} s"
        lines.append(f"- {listed}, peak {one['shortlist_mib']:.0f} MiB")
        if "relevance_seconds" in one:
            lines.append(f"- `relevance` of {one['people']} needs and people: {one['relevance_seconds']:.2f} s")
        if fair := one.get("fair"):
            share, price = fair["worst"] / fair["best"], fair["price"] / one["total"]
            lines.append(f"- Fair mode (0.97) at {one['people']:,}: worst-off {share:.3f} of the best, for {price:.2%}")
    lines += ["", "Loss on the judged sets (lower is better, 0.5 is chance; 95 % over needs):", ""]
    lines += ["| Scorer | survey.txt | puns.txt |", "|---|---:|---:|"]
    for name, scorer in SCORERS.items():
        cells = [interval(losses(questions(file), scorer)) for file in ("survey.txt", "puns.txt")]
        lines.append(f"| {name} | " + " | ".join(f"{a:.3f} [{b:.2f}; {c:.2f}]" for a, b, c in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1] == "--figures":
        json.dump(figures(int(sys.argv[2])), sys.stdout)
    else:
        sys.stdout.write(section(map(int, sys.argv[1:])))
