"""Chains that people said hold two entities: parted before anything else, so that each part is resolved by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.naming import fold
from kg.records import ArticleRecord, Mention, Statement
from kg.resolve.decisions import Decision


def parted_articles(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """By article, the decisions that keep two of its mentions apart and that no later one takes back."""
    latest: dict[tuple[str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda it: it.when):
        latest[min(decision.left, decision.right), max(decision.left, decision.right)] = decision
    apart: dict[str, list[Decision]] = defaultdict(list)
    for decision in latest.values():
        article = decision.left.rpartition("#")[0]
        if decision.judgement == "not-same" and article == decision.right.rpartition("#")[0]:
            apart[article].append(decision)
    return dict(apart)


def part(record: ArticleRecord, decisions: Sequence[Decision]) -> ArticleRecord:
    """A record, where a decision keeps two mentions of one chain apart: the second leaves it, with all of its words."""
    chains = {mention: mention.chain for mention in record.mentions}
    by_id = {mention.id: mention for mention in record.mentions}
    for decision in decisions:
        left, right = by_id.get(decision.left), by_id.get(decision.right)
        if left is None or right is None or chains[left] != chains[right]:
            continue
        chain = chains[right]
        for mention in record.mentions:
            alike = fold(mention.text) == fold(right.text) and mention.kind == right.kind == "name"
            if chains[mention] == chain and mention != left and (mention == right or alike):
                chains[mention] = f"{chain}*{right.start}"

    def moved(mention: Mention) -> Mention:
        chain = chains.get(mention, mention.chain)
        return mention if chain == mention.chain else replace(mention, chain=chain)

    def restated(statement: Statement) -> Statement:
        source = statement.attribution
        if source and source.mention:
            source = replace(source, mention=moved(source.mention))
        return replace(statement, subject=moved(statement.subject), object=moved(statement.object), attribution=source)

    return replace(
        record,
        mentions=tuple(moved(mention) for mention in record.mentions),
        statements=tuple(restated(statement) for statement in record.statements),
    )
