import csv

import pytest

from affinity.__main__ import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_scores_then_a_plan_from_files(folder, capsys):
    write(folder / "needs.csv", ("person", "text"), *[(name, "keeping mentors and robots") for name in "ABCD"])
    write(folder / "offers.csv", ("person", "text"), *[(name, "keeping mentors") for name in "ABCD"], ("A", "robots"))
    write(folder / "topics.csv", ("topic", "synonym"), ("Mentoring", "mentors"))
    write(folder / "people.csv", ("person", "organization"), *zip("ABCD", "WXYZ", strict=True))
    write(folder / "pinned.csv", ("learner", "teacher"), ("A", "B"))
    write(folder / "forbidden.csv", ("learner", "teacher"), ("C", "D"))

    scored = main(["relevance", "needs.csv", "offers.csv", "--topics", "topics.csv", "--output", "scores.csv"])
    planned = main(["assign", "scores.csv", "people.csv", "--pinned", "pinned.csv", "--forbidden", "forbidden.csv"])

    assert (scored, planned) == (0, 0)
    output = capsys.readouterr()
    rows = [row.split(",")[:2] for row in output.out.splitlines()]
    assert rows[0] == ["learner", "teacher"]
    assert ["A", "B"] in rows
    assert ["C", "D"] not in rows
    assert ["D", "C"] not in rows
    assert "the best there is" in output.err


def test_who_is_left_out_is_said(folder, capsys):
    write(folder / "scores.csv", ("learner", "teacher", "score"), ("A", "B", "0.5"))
    write(folder / "people.csv", ("person", "organization"), ("A", "W"), ("B", "X"))

    assert main(["assign", "scores.csv", "people.csv"]) == 0

    assert "A lacks 1: Nobody may learn from them." in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ("learner,teacher\nA,B\n", "scores.csv has no column score."),
        ("learner,teacher,score\nA,B\n", "scores.csv, line 2: a value is missing."),
        ("learner,teacher,score\nA,B,much\n", "'much' is not a score."),
        ("learner,teacher,score\nA,Z,1\n", "'Z' is not among the people."),
        ("learner,teacher,score\nA,B,nan\n", "A score is not a number."),
    ],
)
def test_a_fault_in_a_file_is_one_sentence(folder, capsys, scores, sentence):
    (folder / "scores.csv").write_text(scores)
    write(folder / "people.csv", ("person", "organization"), ("A", "W"), ("B", "X"))

    assert main(["assign", "scores.csv", "people.csv"]) == 2

    assert capsys.readouterr().err == f"{sentence}\n"


def test_a_file_that_is_not_there_is_a_sentence_too(folder, capsys):
    assert main(["relevance", "needs.csv", "offers.csv"]) == 2

    assert "needs.csv" in capsys.readouterr().err
