"""Factual sentences: what a segment's figures say, put into the shapes of llm.offline.sentences and read back."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from engine.model import Fact, Profile
from llm.drafts import ClaimDraft
from llm.facts import ALL, Key
from llm.gate import LONGEST_TEXT
from llm.lexicon import NEAR, capital, plural
from llm.names import Names
from llm.offline import sentences as shapes
from llm.offline.claims import Claims, Line, noun, noun_value, ref, where_known
from llm.offline.portrait import Mix, Portrait, Trait, words
from llm.offline.proof import Proof
from llm.pack import Pack, Remark

ORDINARY = 0.02
"""Up to this difference from all accounts an outcome is ordinary."""

NOTHING = 0.1
"""Under this part of the average a column is next to nothing."""

TELLING_RATIO = 1.2
"""From this ratio to the average on, "1.2 times" says more than two figures alone."""

MIX_VERBS = (
    ({"month"}, "fall in"),
    ({"payment", "channel", "method"}, "use"),
    ({"contract"}, "are on"),
    ({"payer", "service"}, "have"),
)
"""What accounts do with a category value, by a word of its column; anything else they are."""

COUNTED = frozenset({"loan", "card", "account"})
OWNED = frozenset(
    {"service", "support", "protection", "backup", "security", "billing", "tv", "insurance", *COUNTED}
)
"""Last words of yes/no columns that name a thing one has; `COUNTED` of them take an article."""

BARE = frozenset({"marital"})
"""Columns named by an adjective: "by marital" is no English."""


class Pen:
    """Writes lines, claims first, takes the shape of a family that was used least, over all segments of a playbook,
    and gives out none that does not hold."""

    def __init__(
        self, profile: Profile, table: dict[Key, Fact], known: Names, pack: Pack, proof: Proof
    ) -> None:
        self.profile = profile
        self.table = table
        self.by_id = {fact.id: fact for fact in table.values()}
        self.claims = Claims(known, table)
        self.pack = pack
        self.proof = proof
        self.turns: Counter[str] = Counter()
        self.openings: set[str] = set()
        self.partly: dict[str, str] = {}

    def new_page(self, portrait: Portrait) -> None:
        """Begin another persona: its sentences may open with any word again."""
        self.openings.clear()
        self.partly = portrait.partly

    # --- One column -------------------------------------------------------------------------------

    def trait(self, trait: Trait) -> Line | None:
        """What a segment's column says against all accounts, and what that means."""
        if trait.own.text == trait.all.text and trait.direction != "~":
            return None
        line = self.typical(trait) or self.say(self._family(trait), trait) or self.say(shapes.PLAIN, trait)
        return self.noted(line, trait)

    def typical(self, trait: Trait) -> Line | None:
        """The medians of a column whose means a few accounts carry, where they lie on the same side."""
        own, everyone = trait.median, trait.typical
        if not trait.lopsided or own is None or everyone is None or own.text == everyone.text:
            return None
        if (own.value > everyone.value) != (trait.direction == "+"):
            return None
        slots = self.slots(trait) | {"median": ref(own), "typical": ref(everyone)}
        claim = self.claims.level(trait, own, everyone)
        return self.line(shapes.TYPICAL, slots, trait.own.segment, lambda _: [claim], self._counts(trait))

    def _counts(self, trait: Trait) -> Callable[[str], bool]:
        """Whether a shape that counts ("has 12 orders") is fit for the column."""
        return lambda shape: "has {median}" not in shape or (trait.unit == "count" and plural(trait.label))

    def near(self, trait: Trait) -> Line | None:
        """That a column is close to average; None where it is not."""
        return self.say(shapes.NEAR, trait) if abs(trait.z) <= NEAR and not trait.yes else None

    def say(self, family: tuple[str, ...], trait: Trait, near: str | None = None) -> Line | None:
        """One column in a shape of the family. With `near`, the shape names that segment too."""
        slots = self.slots(trait)
        beside: list[Fact] = []
        if near:
            other = next(fact for fact in trait.order if fact.segment == near)
            slots |= {"near": near, "near_v": ref(other)}
            beside.append(other)
        place = family in (shapes.TOP, shapes.BOTTOM, shapes.YES_TOP, shapes.YES_BOTTOM)

        def fits(shape: str) -> bool:
            if "{verb}" in shape and (
                not (trait.unit == "count" and plural(trait.label))
                or (trait.lopsided and not _averaging(shape))
            ):
                return False
            return "{ratio}" not in shape or bool(slots["ratio"])

        def claims(shape: str) -> list[ClaimDraft]:
            found = [self.claims.level(trait, *([self._ratio(trait)] if "{ratio}" in shape else []))]
            if place:
                found.append(self.claims.rank(trait))
            return found + [self.claims.comparison(trait.own, other) for other in beside]

        return self.line(family, slots, trait.own.segment, claims, fits)

    def median(self, family: tuple[str, ...], trait: Trait) -> Line | None:
        """A column's mean beside its median."""
        if trait.median is None:
            return None
        slots = self.slots(trait) | {"median": ref(trait.median)}
        claim = self.claims.level(trait, trait.median)
        return self.line(family, slots, trait.own.segment, lambda _: [claim])

    def pair(self, family: tuple[str, ...], first: Trait, second: Trait) -> Line | None:
        """Two columns in one sentence."""
        slots = self.slots(first) | {f"{slot}2": text for slot, text in self.slots(second).items()}
        for number, trait in (("", first), ("2", second)):
            slots[f"side{number}"] = {"+": "above", "-": "below"}.get(trait.direction, "close to")
            slots[f"level{number}"] = {"+": "high", "-": "low"}.get(trait.direction, "ordinary")
        slots["Level"] = capital(slots["level"])
        claims = [self.claims.level(first), self.claims.level(second)]
        return self.line(family, slots, first.own.segment, lambda _: claims)

    # --- Category values --------------------------------------------------------------------------

    def mix(self, mix: Mix, second: Mix | None = None, means: bool = True) -> Line | None:
        """A category value that is over-represented, with how many times; or two of one column."""
        slots = self._mixed(mix)
        quoted = slots["value"].startswith("“")
        segment, claim = mix.own.segment, self.claims.share(mix)
        line = None
        if second and not quoted and second.value.lower() not in ("yes", "no"):
            slots |= {"share2": ref(second.own), "all2": ref(second.all), "value2": _value(second)}
            both = [claim, self.claims.share(second)]
            line = self.line(shapes.MIX_TWO, slots, segment, lambda _: both)
        lift = self.table.get((segment, mix.column, "lift", mix.value, ALL))
        telling = lift and lift.value < 100 and mix.own.value < 0.995
        if line is None and lift and telling and float(lift.text.replace(",", "")) >= TELLING_RATIO:
            times = (shapes.MIX_HAVE_LIFT, shapes.MIX_QUOTED_LIFT if quoted else shapes.MIX_LIFT)
            lifted = [self.claims.share(mix, lift)]
            line = self._mix(times, slots | {"lift": ref(lift)}, segment, lifted)
        if line is None:
            families = (shapes.MIX_HAVE, shapes.MIX_QUOTED if quoted else shapes.MIX_MOST)
            line = self._mix(families, slots, segment, [claim])
        own = self._about(mix.column, mix.label, True)
        if not means or quoted or (mix.own.value < 0.2 and not own):
            return line
        return self.ended(line, own or (shapes.MIX_MEANS if mix.own.value < 0.95 else ()), segment)

    def most(self, mix: Mix) -> Line | None:
        """A category value of which no other segment has as much."""
        slots = self._mixed(mix)
        quoted = slots["value"].startswith("“")
        families = (shapes.MIX_HAVE_MOST, shapes.MIX_QUOTED_MOST if quoted else shapes.MIX_MOST_OF_ALL)
        return self._mix(families, slots, mix.own.segment, [self.claims.share(mix)])

    def _mix(
        self,
        families: Sequence[tuple[str, ...]],
        slots: dict[str, str],
        segment: str,
        claims: Sequence[ClaimDraft],
    ) -> Line | None:
        """The first family with a shape that holds; last the same with the plain verb."""

        def fits(shape: str) -> bool:
            bracket = "({n})" not in shape or "(" not in slots["n"]
            named = "By {n}" not in shape or slots["n"] not in BARE
            return bracket and named and ("{owned}" not in shape or bool(slots["owned"]))

        for said in (slots, slots | {"are": "are"}):
            for family in families:
                line = self.line(family, said, segment, lambda _: claims, fits)
                if line:
                    return line
        return None

    def outcome(self, outcome: Mix) -> Line | None:
        """The share of yes in the column that matters most, in the pack's words for it."""
        slots, segment = self._mixed(outcome), outcome.own.segment
        own = words(f"{outcome.column} {outcome.label}")
        answer = next((a for a in self.pack.answer if own & set(a.words)), Remark(()))
        gap = outcome.own.value - outcome.all.value
        texts = answer.near if abs(gap) < ORDINARY else answer.high if gap > 0 else answer.low
        for text in self._by_wear(texts):
            line = self.line((text,), slots, segment, lambda _: [self.claims.share(outcome)])
            if line:
                return line
        if outcome.own.text == outcome.all.text:
            return None
        return self.line(shapes.OUTCOME, slots, segment, lambda _: [self.claims.share(outcome)])

    def _mixed(self, mix: Mix) -> dict[str, str]:
        said = {"share": ref(mix.own), "all": ref(mix.all), "value": _value(mix), "owned": _owned(mix)}
        own = words(f"{mix.column} {mix.label}")
        verbs = (*MIX_VERBS, (set(self.pack.place), "are in"))
        said["are"] = next((verb for of, verb in verbs if own & of), "are")
        return self.nouns(mix.label) | said

    # --- What it means ----------------------------------------------------------------------------

    def noted(self, line: Line | None, trait: Trait) -> Line | None:
        """The line with the pack's remark on the column behind it, where there is one that holds."""
        if line is None or trait.direction == "~":
            return line
        remarks = self._about(trait.feature, trait.label, trait.direction == "+")
        if not remarks:
            remarks = self._about("", "", trait.direction == "+", role=trait.role)
        return self.ended(line, remarks, trait.own.segment)

    def ended(self, line: Line | None, ends: Iterable[str], segment: str) -> Line | None:
        """The line with the first of the ends behind it that was used least and holds; each is used once."""
        if line is None:
            return None
        for end in self._by_wear(ends):
            if self.turns[end]:
                break
            body = line.text.rstrip(".")
            text = f"{body}. {capital(end)}." if ":" in body else f"{body}: {end}."
            if self.fits(text, segment):
                self.turns[end] += 1
                return Line(text, line.claims)
        return line

    def _about(self, feature: str, label: str, high: bool, role: str = "") -> tuple[str, ...]:
        own = words(f"{feature} {label}") | ({f"role:{role}"} if role else set())
        for remark in self.pack.remark:
            if own & set(remark.words):
                return remark.high if high else remark.low
        return ()

    # --- Words ------------------------------------------------------------------------------------

    def slots(self, trait: Trait) -> dict[str, str]:
        """What stands for the slots of a shape about one column."""
        ratio = self.table.get((trait.own.segment, trait.feature, "ratio", None, ALL))
        telling = ratio and ratio.value < 100 and float(ratio.text.replace(",", "")) >= TELLING_RATIO
        return self.nouns(trait.label) | {
            "v": ref(trait.own),
            "all": ref(trait.all),
            "ratio": ref(ratio) if ratio and telling else "",
            "verb": self.verb(trait, "have"),
            "lopsided": "yes" if trait.lopsided else "",
        }

    def _ratio(self, trait: Trait) -> Fact:
        return self.table[trait.own.segment, trait.feature, "ratio", None, ALL]

    def nouns(self, label: str) -> dict[str, str]:
        """A column's name and the verbs that agree with it."""
        name = noun(label) if label else ""
        many = plural(label) if label else False
        return {
            "n": name,
            "N": capital(name),
            "is": "are" if many else "is",
            "avg": ("are" if many else "is") if _averaged(name) else "average" if many else "averages",
            "comes": "come" if many else "comes",
            "applies": "apply" if many else "applies",
            "account": self.pack.account,
            "accounts": self.pack.accounts,
        }

    def verb(self, trait: Trait, otherwise: str) -> str:
        """The pack's verb for a column of things that are done: "write" scripts."""
        own = words(trait.label)
        return next((entry.verb for entry in self.pack.verb if own & set(entry.words)), otherwise)

    # --- Shapes -----------------------------------------------------------------------------------

    def line(
        self,
        family: Sequence[str],
        slots: dict[str, str],
        segment: str,
        claims: Callable[[str], Sequence[ClaimDraft]],
        fits: Callable[[str], bool] = lambda _: True,
    ) -> Line | None:
        """The family's next shape that fits and holds, written out; None where none does."""
        for shape in self._by_wear(shape for shape in family if fits(shape)):
            text = capital(where_known(shape.format_map(_kinds(shape, slots)), self.partly, self.by_id))
            text = text if text.endswith((".", "?", "!")) else f"{text}."
            if self.fits(text, segment):
                self.turns[shape] += 1
                self.openings.add(shape.split()[0])
                return Line(text, tuple(claims(shape)))
        return None

    def fits(self, text: str, segment: str) -> bool:
        """Whether a text of fact holds and is short enough."""
        return self.proof.length(text) <= LONGEST_TEXT and self.proof.holds(text, segment, "fact")

    def _by_wear(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The texts, first of all those whose opening word is new on this page, those used least in front."""

        def wear(shape: str) -> tuple[bool, int]:
            opening = shape.split()[0]
            return opening in self.openings and opening != "{N}", self.turns[shape]

        return tuple(sorted(texts, key=wear))

    def _family(self, trait: Trait) -> tuple[str, ...]:
        if trait.yes:
            if trait.direction == "+":
                return shapes.YES_TOP if trait.top else shapes.YES_ABOVE
            return shapes.YES_BOTTOM if trait.bottom else shapes.YES_BELOW
        if trait.direction == "+":
            return shapes.TOP if trait.top else shapes.ABOVE
        if 0 <= trait.own.value < NOTHING * trait.all.value:
            return shapes.NEXT_TO_NONE
        if trait.direction == "-":
            return shapes.BOTTOM if trait.bottom else shapes.BELOW
        return shapes.NEAR


def _averaging(shape: str) -> bool:
    """Whether a shape says that its figures are averages, or puts the median beside them."""
    return any(word in shape for word in ("average", "{avg}", "median"))


def _kinds(shape: str, slots: dict[str, str]) -> dict[str, str]:
    """The slots with "on average" behind the mean of each lopsided column, where the shape says nothing of it."""
    if _averaging(shape):
        return slots
    said = {
        f"v{number}": f"{slots[f'v{number}']} on average"
        for number in ("", "2")
        if slots.get(f"lopsided{number}")
    }
    return slots | said


def _value(mix: Mix) -> str:
    """The value as it stands in a sentence; a month with its capital."""
    value = noun_value(mix.value)
    return capital(value) if "month" in words(mix.label) else value


def _owned(mix: Mix) -> str:
    """ "a housing loan", "no phone service": a yes/no column that names a thing one has; empty for any other."""
    name, answer = noun(mix.label), mix.value.lower()
    last = name.lower().rpartition(" ")[2]
    if last not in OWNED or answer not in ("yes", "no"):
        return ""
    return f"no {name}" if answer == "no" else f"a {name}" if last in COUNTED else name


def _averaged(name: str) -> bool:
    """Whether the column is an average already: "average basket averages" is no English."""
    return name.startswith(("average ", "mean ", "median "))
