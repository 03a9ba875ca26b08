"""Our own sentences say what ``sentences/*.txt`` lists, as often as ``sentences/floors.json`` pins for each category.

A language model takes some of them wrongly, whichever it is, and another model others: so shares are pinned, not
sentences. A line that begins with ``!`` tells why a sentence fails for another reason than extraction; how many there
are has a ceiling. ``PYTHONPATH=tests python tests/extract/test_sentences.py`` shows what fails and pins what is right
now, with leave for one more sentence of a category to be wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict

import pytest
from sentence_cases import FOLDER, Case, Wanted, faults, read_cases

from kg.reading import load_reader
from kg.vocabulary import load_vocabulary

CASES = read_cases()
FLOORS: dict[str, float] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
#: The share of sentences that may be excused.
CEILING = 0.1

pytestmark = pytest.mark.model
Results = list[tuple[Case, list[Wanted]]]


def read_all() -> Results:
    """Each case with what is wrong with its reading."""
    vocabulary = load_vocabulary()
    properties = vocabulary.ontology.properties
    articles = [case.article(number) for number, case in enumerate(CASES)]
    records = load_reader(vocabulary).read(articles)
    return [
        (case, faults(case, record, lambda relation: properties[relation].symmetric))
        for case, record in zip(CASES, records, strict=True)
    ]


@pytest.fixture(scope="module")
def results() -> Results:
    return read_all()


def shares(results: Results) -> dict[str, float]:
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for case, wrong in results:
        found[case.category].append(not wrong)
        found["all"].append(not wrong)
    return {category: sum(right) / len(right) for category, right in found.items()}


def failing(results: Results) -> str:
    return "\n".join(
        f"[{case.category}] {case.text}\n" + "\n".join([*(f"    {one}" for one in wrong), *case.excuses])
        for case, wrong in results
        if wrong
    )


def test_there_are_enough_sentences_of_all_relations() -> None:
    relations = set(load_vocabulary().ontology.properties)
    assert len(CASES) >= 500 and len({case.text for case in CASES}) == len(CASES)
    assert {one.relation for case in CASES for one in case.wanted if one.there} == relations
    assert sum(bool(case.excuses) for case in CASES) <= CEILING * len(CASES)


@pytest.mark.parametrize("category", FLOORS)
def test_share_of_sentences_read_right(category: str, results: Results) -> None:
    chosen = [result for result in results if category in {"all", result[0].category}]
    share = shares(results)[category]
    assert share >= FLOORS[category], f"{share:.3f} of {len(chosen)} are right\n{failing(chosen)}"


def test_every_category_has_a_floor() -> None:
    assert {case.category for case in CASES} | {"all"} == set(FLOORS)


if __name__ == "__main__":
    read = read_all()
    sys.stdout.write(failing(read) + "\n")
    sizes = Counter(case.category for case in CASES)
    floors = {
        category: max(0, int(share * 100 - (100 / sizes[category] if category in sizes else 1)) / 100)
        for category, share in sorted(shares(read).items())
    }
    (FOLDER / "floors.json").write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
