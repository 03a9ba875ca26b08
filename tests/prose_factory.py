"""Texts of any length, made up: news prose of templates and invented names, and what is hard for a pipeline."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

_GIVEN = (
    "Ada Boris Carla Daniel Elena Farid Greta Hassan Irene Jonas Karin Lukas Maria Nadia Omar Petra Rosa Stefan".split()
)
_ONSETS = "B Br D Dr F G Gr H K Kr L M N P Pr R S St T Tr V W Z".split()
_RHYMES = (
    "adin akov aldi ander arez arlo avic elman enko eric erra eschi ilov imsa ogan olani oren orska ulin usek".split()
)
_CITIES = "Paris Kyiv Geneva Nairobi Tbilisi Warsaw Lima Hanoi Tunis Oslo Amman Baku".split()
_COUNTRIES = "France Ukraine Switzerland Kenya Georgia Poland Peru Vietnam Tunisia Norway Jordan Azerbaijan".split()
_BODIES = "Council Committee Agency Union Party Bank Institute Ministry Court Federation".split()
_FIELDS = "Transport Health Energy Labour Fisheries Trade Justice Railway Water Housing".split()
_TEMPLATES = (
    "{person}, the head of the {body}, met {other} in {city} on Tuesday.",
    'The president of {country} said that {person} "will not resign", and that {other} had asked for talks.',
    "{surname} told reporters that the {body} supports the agreement with {country}.",
    "On 3 May 2021 police in {city} arrested two members of the group, which had attacked the embassy of {country}.",
    "According to the ministry, he may travel to {city}, where the {body} is based.",
    "The company denied that it had paid {person}; its lawyers accused {other} of fraud.",
    '"We have seen no evidence," said {person}, who led the {body} until last year. "They must release the hostages."',
    "She joined the {body} in 2015 and was born in {city}, a town in the north of {country}.",
    "The talks between {country} and the {body} failed to end the strike.",
    "At least 40 people were killed when soldiers captured the village near {city}, the government of {country} said.",
)


def sentence(chance: random.Random) -> str:
    """One sentence with names drawn by ``chance``."""
    surname = chance.choice(_ONSETS) + chance.choice(_RHYMES)
    other = chance.choice(_ONSETS) + chance.choice(_RHYMES)
    return chance.choice(_TEMPLATES).format(
        person=f"{chance.choice(_GIVEN)} {surname}",
        other=f"{chance.choice(_GIVEN)} {other}",
        surname=surname,
        body=f"{chance.choice(_FIELDS)} {chance.choice(_BODIES)}",
        city=chance.choice(_CITIES),
        country=chance.choice(_COUNTRIES),
    )


def prose(words: int, *, seed: int = 0) -> str:
    """At least ``words`` words of news prose, in paragraphs of four sentences. The same seed gives the same text."""
    chance = random.Random(seed)
    sentences: list[str] = []
    while words > 0:
        sentences.append(sentence(chance))
        words -= len(sentences[-1].split())
    return "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


def bare(words: int) -> str:
    """Prose without any punctuation or line end."""
    return " ".join("".join(c for c in prose(words) if c.isalnum() or c.isspace()).split())


def one_sentence(words: int) -> str:
    """One sentence, of clauses strung together with commas and conjunctions."""
    text = prose(words).replace('"', "").replace("\n\n", " ").replace(". ", ", and ")
    return text.replace(";", ",")


def names(words: int) -> str:
    """A list of people's names, hardly one twice."""
    chance = random.Random(1)
    made = (
        f"{chance.choice(_GIVEN)} {chance.choice(_ONSETS)}{chance.choice(_RHYMES)}{chance.choice(_RHYMES)}"
        for _ in range(words // 3 + 1)
    )
    return ", ".join(made) + "."


def same_name(words: int) -> str:
    """One person and her pronouns over and over."""
    return "Ada Bolani said that she had met Bolani and her sister. " * (words // 10 + 1)


def nested(words: int) -> str:
    """Brackets and quotation marks within one another, closed in the end."""
    depth = words // 4 + 1
    return "".join('The envoy said ("' for _ in range(depth)) + "yes" + '")' * depth


def unclosed(words: int) -> str:
    """Quotation marks that nothing closes, one a sentence."""
    return 'The “envoy said that Ada Bolani met "them in Paris. ' * (words // 10 + 1)


def commas(words: int) -> str:
    """Coordination without end."""
    return "France and " * (words // 2) + "Peru signed the treaty."


def possessives(words: int) -> str:
    """A noun phrase within a noun phrase, on and on."""
    return "the leader of the party of " * (words // 6 + 1) + "Peru met the envoy's brother's wife's lawyer."


def many_articles(path: Path) -> Path:
    """Write articles (JSONL) that take minutes to read, for what is to be interrupted."""
    line = '{"id": "%d", "text": "Ada Lind met Bo Falk in Oslo on day %d."}\n'
    path.write_text("".join(line % (n, n) for n in range(20_000)))
    return path


#: Texts that are hard, by name; each function takes about how many words to make.
HARD: Mapping[str, Callable[[int], str]] = {
    "prose": prose,
    "no punctuation": bare,
    "one sentence": one_sentence,
    "capitals": lambda words: prose(words).upper(),
    "names": names,
    "one name": same_name,
    "nested quotes": nested,
    "unclosed quotes": unclosed,
    "coordination": commas,
    "nested phrases": possessives,
    "emoji": lambda words: "Talks 🙂👍🏽 in Paris 🇫🇷👨‍👩‍👧‍👦! " * (words // 5 + 1),
    "Arabic": lambda words: "قال الرئيس إن المحادثات انتهت في باريس. " * (words // 8 + 1),
    "Chinese": lambda words: "总统在巴黎会见了特使。" * (words // 5 + 1),
    "mixed scripts": lambda words: "Ada Боланi met 习近平 in القاهرة (Cairo), said Ωmega. " * (words // 10 + 1),
    "one token": lambda words: "x" * 5 * words,
    "one token, mixed": lambda words: "aB3-_/" * words,
    "address": lambda words: "https://example.org/" + "a/b?c=d&" * (words // 2),
    "full stops": lambda words: "." * 5 * words,
    "hyphens": lambda words: "-" * 5 * words,
    "quotes": lambda words: '"' * words,
    "brackets": lambda words: "(" * words + ")" * words,
    "combining marks": lambda words: "\u0301\u0302 e\u0301" * words,
    "controls": lambda words: "Ada\x00 met\x01 \x7fthem\u200b\u202e.\x00\x00 " * (words // 4 + 1),
    "spaces": lambda words: " " * 5 * words,
    "line ends": lambda words: "\n" * 5 * words,
    "words in lines": lambda words: "Ada\n\n" * words,
}
