"""Offline drafts of the demo table: how long they take, how alike they read, how much a model would write.

Prints seconds for five and eight segments (best and median, facts and checking apart), the largest number
of sentences that two segments share once their figures are taken out, and the tokens of one persona's claims
and texts. Usage: python -m bench.drafts
"""

import itertools
import json
import re
import statistics
import tempfile
import time
from pathlib import Path

from bench.machine import describe
from engine.intake import proposed_spec
from engine.model import Brief, Persona, Profile
from engine.segment import build, profile_of
from engine.sources import bring_demo
from engine.workspace import Workspace
from llm.drafts import OutlineDraft, ProseDraft
from llm.facts import facts
from llm.priority import priorities
from llm.prompts import estimate, payload
from llm.template import draft, write

RUNS = 9
BRIEF = Brief("pharma")


def main() -> None:
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "workspace.duckdb")
        spec = proposed_spec(bring_demo(workspace, "demo_q1"))
        for k in (5, 8):
            _measure(profile_of(workspace, build(workspace, spec, k=k)))
        workspace.close()


def _measure(profile: Profile) -> None:
    known, seconds = facts(profile), []
    for _ in range(RUNS):
        began = time.perf_counter()
        personas = write(profile, known, BRIEF)
        seconds.append(time.perf_counter() - began)
    print(
        f"{len(personas)} segments, {len(known)} facts: {min(seconds):.3f} s at best, "
        f"{statistics.median(seconds):.3f} s in the middle of {RUNS}, {seconds[0]:.3f} s the first time"
    )
    print(f"  sentences that two segments share: {shared(personas)} at most")
    whole = draft(profile, known, BRIEF).personas
    claims, texts = (
        statistics.mean(len(json.dumps(p.model_dump(include=set(shape.model_fields)))) / 3 for p in whole)
        for shape in (OutlineDraft, ProseDraft)
    )
    print(f"  a persona as a model writes it: {claims:,.0f} tokens of claims, {texts:,.0f} of texts")
    levels = {item.segment: item.level for item in priorities(profile)}
    guess = estimate(payload(profile, known, BRIEF, levels), len(personas))
    print(
        f"  a draft by a model: {guess.calls} calls, {guess.prompt_tokens:,} tokens in, {guess.output_tokens:,} out"
    )


def shared(personas: tuple[Persona, ...]) -> int:
    """The largest number of sentences that any two personas share, figures and segments aside."""
    told = [frames(persona) for persona in personas]
    return max(len(a & b) for a, b in itertools.combinations(told, 2))


def frames(persona: Persona) -> set[str]:
    """The sentences of a persona, and its steps by channel and topic, without figures and segments."""
    lanes = (*persona.rep, *persona.digital, *persona.access)
    statements = (
        persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why, *lanes,
        persona.interpretation,
    )  # fmt: skip
    texts = [sentence for one in statements for sentence in re.split(r"(?<=[.?!]) ", one.text)]
    texts += [f"{step.channel}: {step.topic}" for step in persona.plan]
    return {re.sub(r"\bS\d+\b|\$?\d[\d.,]*[%kMB]?", "#", text) for text in texts}


if __name__ == "__main__":
    main()
