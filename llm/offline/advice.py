"""Choosing what to advise: one play of the pack for each segment, its texts filled from the facts.

A play holds everything that is advised, so that decision, tactics, warning and plan agree. The slots of its texts are
those of llm.offline.slots. A text may offer plainer ones behind " | ": the first that can be filled, and holds, is
taken.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from engine.model import Brief
from llm.drafts import StepDraft
from llm.lexicon import capital
from llm.offline.claims import noun, noun_value, where_known
from llm.offline.conditions import MOST, Judge
from llm.offline.portrait import Portrait, delicate
from llm.offline.proof import Proof
from llm.offline.slots import Slots
from llm.pack import Pack, Play, StepEntry

REUSE_COST = 1.2
"""What a play loses each time another segment has used it, so that segments are told apart."""

FEWEST_STEPS, MOST_STEPS = 3, 4

OR = " | "
"""Between texts of which the first that can be filled is taken."""

_SENTENCE = re.compile(r"(?<=[.?!] )[a-z]")
"""Where a sentence begins behind another one, with a label perhaps."""

_SLOT = re.compile(r"\{(\w+)\}")
_ADDRESSED, _THOSE_HERE = "these {size} {accounts}", "the {here} who are still here"
"""Whom an action is for, and whom where others have left already."""

_MARK = re.compile(r"\}\} or more\b")
_LOOK = "look at the list before the first call"
_ASSET = " (approved asset required)"


class Desk:
    """Hands out a pack's plays and remembers which were used, over all segments of one playbook."""

    def __init__(self, pack: Pack, brief: Brief, judge: Judge, proof: Proof) -> None:
        self.pack = pack
        self.brief = brief
        self.judge = judge
        self.slots = Slots(pack, brief, judge)
        self.proof = proof
        self.used: Counter[str] = Counter()
        self.topics: set[tuple[str, str]] = set()
        self.focuses: dict[str, str] = {}

    def plays(self, portraits: Sequence[Portrait]) -> tuple[Play, ...]:
        """The play of each segment: the best fit over all segments is given first, each once while another fits."""
        scored = sorted(
            (
                (score, -portrait.position, -number)
                for portrait in portraits
                for number, play in enumerate(self.pack.play)
                if (score := self._fit(play, portrait)) is not None
            ),
            reverse=True,
        )
        given: dict[int, int] = {}
        for _, position, number in scored:
            if -position not in given and -number not in given.values():
                given[-position] = -number
        times = Counter(given.values())
        for portrait in portraits:
            if portrait.position not in given:
                mine = [(s - REUSE_COST * times[-n], n) for s, p, n in scored if p == -portrait.position]
                given[portrait.position] = -max(mine)[1]
                times[given[portrait.position]] += 1
        return tuple(self.pack.play[given[portrait.position]] for portrait in portraits)

    def _fit(self, play: Play, portrait: Portrait) -> float | None:
        if not any(True for _ in self.options(play.decision, portrait)):
            return None
        return self.judge.score(play.when, play.weight, portrait)

    def tell(
        self, texts: Sequence[str], portrait: Portrait, count: int, spare: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The first `count` of the texts that can be filled and hold, those not used before in front; from `spare`
        what is missing."""
        chosen: list[str] = []
        order = sorted(range(len(texts)), key=lambda number: (self.used[texts[number]], number))
        for number in sorted(order[:count]) + order[count:]:
            if len(chosen) == count:
                break
            found = self._first(texts[number], portrait, "advice", _sentence)
            if found and found not in chosen:
                self.used[texts[number]] += 1
                chosen.append(found)
        if not chosen and spare:
            return self.tell(spare, portrait, count)
        return tuple(chosen)

    def decide(self, play: Play, portrait: Portrait) -> tuple[str, ...]:
        """The play's decision. One that begins with those who have most of something says to look at them first where
        a few accounts hold a column: some of them are of another kind."""
        decision = self.tell(play.decision, portrait, 1, self.pack.play[-1].decision)
        if decision and portrait.few and _MARK.search(decision[0]):
            looked = f"{decision[0].rstrip('.')}; {_LOOK}."
            if self.proof.holds(looked, portrait.segment.id, "advice"):
                return (looked,)
        return decision

    def interpretation(self, play: Play, portrait: Portrait) -> str:
        """The play's reading of the figures, else the plainest that any segment bears."""
        for text in (*play.interpretation, *self.pack.play[-1].interpretation):
            found = self._first(text, portrait, "interpretation", _sentence)
            if found:
                return found
        return "The figures do not say why. Ask ten of them before building on a guess."

    def _first(
        self, text: str, portrait: Portrait, zone: str, finish: Callable[[str], str] = str
    ) -> str | None:
        segment = portrait.segment.id
        for option in self.options((text,), portrait):
            told = finish(option)
            if self.proof.holds(told, segment, "advice" if zone == "advice" else "interpretation"):
                return told
        return None

    def options(self, texts: Sequence[str], portrait: Portrait) -> Iterator[str]:
        """The options of the texts that can be filled, filled, held to nothing."""
        for text in texts:
            for option in text.split(OR):
                if portrait.here:
                    option = option.replace(_ADDRESSED, _THOSE_HERE)
                slots = {slot: self.slots.slot(slot, portrait) for slot in _SLOT.findall(option)}
                if None not in slots.values() and self.slots.says_how(option, tuple(slots), portrait):
                    told = where_known(option.format_map(slots), portrait.partly, self.slots.by_id)
                    yield _SENTENCE.sub(lambda found: found.group().upper(), capital(told))

    # --- The plan ---------------------------------------------------------------------------------

    def plan(self, play: Play, portrait: Portrait, decision: str) -> tuple[StepDraft, ...]:
        """The steps of the play that can be filled and hold; where too few are left, the pack's plainest behind
        them. The first is triggered by a part of the segment only where the decision names that part."""
        steps: list[StepDraft] = []
        spare = [step for other in reversed(self.pack.play) if not other.when for step in other.step]
        for entry in (*play.step, *spare):
            if len(steps) >= (MOST_STEPS if entry in play.step else FEWEST_STEPS):
                continue
            step = self._step(entry, portrait, "" if steps else decision)
            if step and not any(
                step.channel == other.channel and step.topic == other.topic for other in steps
            ):
                steps.append(step)
                self.topics.add((step.channel, step.topic))
        return tuple(steps)

    def _step(self, entry: StepEntry, portrait: Portrait, decision: str) -> StepDraft | None:
        fields = {}
        for name, text in entry._asdict().items():
            if name == "trigger" and decision:
                text = self._of_scope(text, portrait, decision)
            found = self._first(text, portrait, "advice")
            if found is None:
                return None
            fields[name] = found
        focus = self.focus(portrait)
        if focus and (fields["channel"], fields["topic"]) in self.topics:
            turned = _turned(fields["topic"], focus)
            if self.proof.holds(turned, portrait.segment.id, "advice"):
                fields["topic"] = turned
        return StepDraft(**fields)

    def _of_scope(self, text: str, portrait: Portrait, decision: str) -> str:
        """The options of a trigger without those that speak of a part of the segment unknown to the decision."""
        kept = [
            option
            for option in text.split(OR)
            if all(
                (part := self.slots.slot(slot, portrait)) is None or part in decision
                for slot in _SLOT.findall(option)
                if slot.endswith(("_over", "_under"))
            )
        ]
        return OR.join(kept) or text

    def focus(self, portrait: Portrait) -> str:
        """What a step used elsewhere is turned to here: the largest telling category value, else the most
        telling column that no other segment has; empty where there is none."""
        segment = portrait.segment.id
        if segment not in self.focuses:
            mix = self.slots.notable(portrait)
            options = [f"{noun_value(mix.value)} first"] if mix else []
            plain = [
                t
                for t in portrait.distinct
                if t.direction != "~" and not t.yes and not delicate(t.feature, t.label, self.pack)
            ]
            plain.sort(key=lambda t: t.direction != "+")
            nouns = [noun(t.label) for t in plain]
            options += [
                f"with a {'focus' if t.direction == '+' else 'question'} on {noun(t.label)}" for t in plain
            ]
            options += [
                f"{noun_value(m.value)} first" for m in self.judge.mixes(portrait) if m.own.value <= MOST
            ]
            options += [f"with questions on {a} and {b}" for i, a in enumerate(nouns) for b in nouns[i + 1 :]]
            taken = set(self.focuses.values())
            self.focuses[segment] = next((option for option in options if option not in taken), "")
        return self.focuses[segment]


def _turned(topic: str, focus: str) -> str:
    plain = topic.removesuffix(_ASSET)
    return f"{plain}, {focus}{topic.removeprefix(plain)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
