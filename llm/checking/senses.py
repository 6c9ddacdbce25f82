"""What a word may mean to the checker."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning. `kind` is what it does in a sentence; `sign` +1 more, -1 less.

    relation   above, high, most: `grade` plain, comparative or superlative; `polar`: better and worse;
               `verb`: exceeds, trails, followed by what is exceeded; `about`: the subject it implies (older: age)
    share      a part of the whole between `low` and `high`; `times` a multiple
    place      a rank from the top (`low` 2 is second) or, with sign -1, from the bottom
    hedge      about (0), over (+1), nearly (-1)
    tied       a relation where a column is named right beside it, and else a word like any other
    """

    kind: str
    sign: int = 0
    grade: str = ""
    low: float = 0.0
    high: float = 0.0
    polar: bool = False
    verb: bool = False
    about: str = ""


_DOUBLED = frozenset(
    ["top", "lag", "cap", "skip", "drop", "stop", "shun", "snub", "hug", "tap", "snap", "lap"]
)


def inflected(words: str) -> str:
    """Every finite and -ing form of regular verbs."""
    out: list[str] = []
    for verb in words.split():
        head, _, rest = verb.partition("_")
        tail = f"_{rest}" if rest else ""
        stem = head[:-1] if head.endswith("e") else head
        y = head.endswith("y") and head[-2] not in "aeiou"
        double = (head in _DOUBLED and head + head[-1]) or stem
        third = head[:-1] + "ies" if y else head + ("es" if head.endswith(("s", "sh", "ch", "x")) else "s")
        past = head[:-1] + "ied" if y else double + "ed"
        out += [f"{form}{tail}" for form in (head, third, past, double + "ing")]
    return " ".join(out)


HIGH = Sense("relation", 1, "plain")


LOW = Sense("relation", -1, "plain")


MORE = Sense("relation", 1, "comparative")


LESS = Sense("relation", -1, "comparative")


MOST = Sense("relation", 1, "superlative")


LEAST = Sense("relation", -1, "superlative")


def implying(sense: Sense, subject: str) -> Sense:
    return Sense(sense.kind, sense.sign, sense.grade, about=subject)


def transitive(sense: Sense) -> Sense:
    return Sense(sense.kind, sense.sign, sense.grade, verb=True)


def tied(sense: Sense) -> Sense:
    return replace(sense, kind="tied")
