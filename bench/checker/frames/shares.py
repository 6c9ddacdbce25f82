"""Frames about parts of a segment, and about its size. `{did}` is what accounts of the category do."""

SHARE = (
    "{v} of these {accounts} {did}.",
    "{v} of them {did}.",
    "{N}: {c} makes up {v} {here}.",
    "Of these {accounts}, {v} {did}.",
    "{v} {did} {here}.",
    "{S} <count|counts> {v} under {c} by {n}.",
    "By {n}, {c} stands at {v} {here}.",
    "{C} accounts for {v} of {q}.",
    "{v} of the {accounts} {here} {did}, next to {pop} overall.",
    "Within {q}, {v} {did}.",
    "The share of {c} {here} is {v}.",
    "{C} has a share of {v} {here}, against {pop} among all {accounts}.",
    "In terms of {n}, {v} of {q} is {c}.",
)
WORDED: dict[str, tuple[str, ...]] = {
    "most": (
        "Most of them {did}.",
        "Most of these {accounts} {did}.",
        "The majority {did}.",
        "More than half of them {did}.",
        "{N}: mostly {c}.",
        "A majority of the {accounts} {here} {did}.",
        "In the main, they {did}.",
        "Over half of {q} is {c} by {n}.",
    ),
    "half": (
        "About half of them {did}.",
        "Half of these {accounts} {did}.",
        "Roughly half {did}.",
        "One in two {did}.",
    ),
    "third": (
        "About a third of them {did}.",
        "A third of these {accounts} {did}.",
        "Roughly one in three {did}.",
        "One third {did}.",
    ),
    "quarter": (
        "About a quarter of them {did}.",
        "A quarter of these {accounts} {did}.",
        "Roughly one in four {did}.",
        "One quarter {did}.",
    ),
    "nearly all": (
        "Nearly all of them {did}.",
        "Almost all of these {accounts} {did}.",
        "Virtually all {did}.",
        "Almost every account {here} counts as {c} by {n}.",
    ),
    "few": (
        "Few of them {did}.",
        "Only a few of these {accounts} {did}.",
        "Hardly any {did}.",
        "Very few {did} {here}.",
    ),
}
OVER_INDEX = (
    ("{S} over-<index|indexes> on {c}.", "{S} under-<index|indexes> on {c}."),
    ("{C} is over-represented {here}.", "{C} is under-represented {here}."),
    ("{C} occurs more often {here} than overall.", "{C} occurs less often {here} than overall."),
    ("{S} <skew|skews> towards {c}.", "{S} <skew|skews> away from {c}."),
    ("The share of {c} {here} is above average.", "The share of {c} {here} is below average."),
    ("More of these {accounts} {did} than is usual.", "Fewer of these {accounts} {did} than is usual."),
    ("{S} <lean|leans> towards {c} on {n}.", "{S} <lean|leans> away from {c} on {n}."),
    ("By {n}, {c} is more common {here} than among all {accounts}.",
     "By {n}, {c} is less common {here} than among all {accounts}."),
    ("{C} has a higher share {here} than overall.", "{C} has a lower share {here} than overall."),
    ("There are more {c} {accounts} {here} than average.", "There are fewer {c} {accounts} {here} than average."),
)  # fmt: skip
EXTREME_SIZE = (
    ("{S} <are|is> the largest segment.", "{S} <are|is> the smallest segment."),
    ("No segment is larger.", "No segment is smaller."),
    ("{Q} is the largest of the {k} segments.", "{Q} is the smallest of the {k} segments."),
    ("By number of {accounts}, {q} comes first.", "By number of {accounts}, {q} comes last."),
    ("{S} <form|forms> the biggest segment.", "{S} <form|forms> the smallest segment."),
    ("The largest group of {accounts} is found {here}.", "The smallest group of {accounts} is found {here}."),
    (
        "{Q} holds more {accounts} than any other segment.",
        "{Q} holds fewer {accounts} than any other segment.",
    ),
    ("In size, {q} leads all segments.", "In size, {q} comes last of all segments."),
)
SIZE = (
    "{S} <number|numbers> {v} {accounts}.",
    "{Q} has {v} {accounts}.",
    "There are {v} {accounts} {here}.",
    "{v} {accounts} belong to {q}.",
    "{v} {accounts} make up {q}.",
    "Size: {v} {accounts}.",
    "In all, {q} counts {v} {accounts}.",
    "{Q} is made up of {v} {accounts}.",
    "The segment holds {v} {accounts}.",
)
SIZE_SHARE = (
    "{S} <make|makes> up {v} of all {accounts}.",
    "{v} of all {accounts} are in {q}.",
    "{Q} holds {v} of the {accounts}.",
    "{S} <represent|represents> {v} of all {accounts}.",
    "{v} of {accounts} belong to {q}.",
    "Of all {accounts}, {v} fall into {q}.",
    "{Q} covers {v} of all {accounts}.",
    "In size, {q} stands at {v} of all {accounts}.",
    "{S} <account|accounts> for {v} of the {accounts}.",
    "A total of {v} of all {accounts} sit {here}.",
)
