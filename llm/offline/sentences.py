"""Shapes of factual sentences, by what the number does. Data only; llm.offline.phrases fills them.

Slots: {N} {n} the column (capital, running), {is} {avg} {matters} its verb forms, {v} own value, {all} the
population's, {next} {next_v} the neighbour in rank, {top} {top_v} and {end} {end_v} the two ends of the
ranking, {ratio} own over all, {verb} the pack's verb, {accounts} {account} the pack's nouns.
A shape with {verb} serves counts with a plural label only; one with {ratio} needs a ratio of 1.2 or more.
"""

from engine.model import Theme

TOP = (
    "They {verb} {v} {n} on average, more than any other segment; the average for all {accounts} is {all}.",
    "{N} {avg} {v}, the highest of any segment, ahead of {next} at {next_v}; the average for all {accounts} is {all}.",
    "At {v}, {n} {is} higher than in any other segment; the average for all {accounts} is {all}.",
    "No other segment reaches their {n} of {v}: {next} comes closest at {next_v}, and all {accounts} "
    "together average {all}.",
    "They lead on {n}, with {v} against {all} for all {accounts}; the other end of the range is {end} at {end_v}.",
    "{N} {is} the highest anywhere, at {v}; {next} comes next at {next_v}.",
)

BOTTOM = (
    "They {verb} {v} {n} on average, fewer than any other segment; the average for all {accounts} is {all}.",
    "{N} {avg} {v}, the lowest of any segment; {next} comes next at {next_v}, and the average for all "
    "{accounts} is {all}.",
    "At {v}, {n} {is} lower than in any other segment; the average for all {accounts} is {all}.",
    "Nowhere {is} {n} lower: {v} here, {next_v} in {next}, {all} for all {accounts}.",
    "They come last on {n}, with {v} against {all} for all {accounts}; the other end of the range is "
    "{top} at {top_v}.",
)

ABOVE = (
    "They {verb} {v} {n} on average, more than the average of {all}; {top} has more, at {top_v}.",
    "{N} {avg} {v}, above the average of {all}; {top} has the highest, at {top_v}.",
    "With {n} at {v}, they stand above the average of {all}; {top} has the highest, at {top_v}.",
    "{N} {is} above average: {v}, where all {accounts} together stand at {all}.",
    "{N} {is} {ratio} times the average: {v} here, {all} for all {accounts}.",
)

BELOW = (
    "They {verb} {v} {n} on average, fewer than the average of {all}; {end} has the fewest, at {end_v}.",
    "{N} {avg} {v}, below the average of {all}; {top} has the highest, at {top_v}.",
    "With {n} at {v}, they stay below the average of {all}.",
    "{N} {is} below average: {v}, where all {accounts} together stand at {all}.",
    "At {v}, {n} {is} lower than the average of {all}; compare {top} at {top_v}.",
)

NEAR = (
    "{N} {is} close to average, at {v} against {all} for all {accounts}.",
    "On {n} they look like everyone else: {v} here, {all} for all {accounts}.",
    "{N} {avg} {v}, next to {all} for all {accounts}.",
)

YES_ABOVE = (
    "{N}: yes for {v} of them, against {all} across all {accounts}.",
    "For {v} of them {n} {applies}, above the average of {all}.",
    "{N} {applies} to {v} here and to {all} of all {accounts}.",
)

YES_TOP = (
    "{N} {applies} to {v} of them, the highest share of any segment; across all {accounts} it is {all}.",
    "For {v} of them {n} {applies}, more than in any other segment ({next} comes next at {next_v}).",
)

YES_BELOW = (
    "{N} {applies} to {v} of them, below the average of {all}.",
    "For {v} of them {n} {applies}; across all {accounts} it is {all}.",
)

YES_BOTTOM = (
    "{N} {applies} to {v} of them, the lowest share of any segment; across all {accounts} it is {all}.",
    "For {v} of them {n} {applies}, less than in any other segment ({next} comes next at {next_v}).",
)

MIX_MOST = (
    "{share} have {value} as their {n}, against {all} across all {accounts}.",
    "{Value} is the {n} of {share} here, and of {all} across all {accounts}.",
    "{value} makes up {share} of them by {n}; across all {accounts} the figure is {all}.",
    "By {n}, {share} are listed as {value}, compared with {all} across all {accounts}.",
)

MIX_QUOTED = (
    "{N} {is} {value} for {share} of them, against {all} across all {accounts}.",
    "{N} {is} {value} for {share} here, against {all} across all {accounts}.",
)

UNIQUE_ONLY_UP = (
    "The only segment with {n} above average: {v} here, {near_v} in {near}, {all} for all {accounts}.",
    "In no other segment {is} {n} above average: {v} here, {near_v} in {near}, its nearest neighbour.",
)

UNIQUE_ONLY_DOWN = (
    "The only segment with {n} below average: {v} here, {near_v} in {near}, {all} for all {accounts}.",
    "In no other segment {is} {n} below average: {v} here, {near_v} in {near}, its nearest neighbour.",
)

UNIQUE_BETWEEN = (
    "{near} is its nearest neighbour; look at {n} to tell the two: {v} here, {near_v} in {near}.",
    "Beside {near}, its nearest neighbour, {n} {is} what to look at: {v} here, {near_v} in {near}.",
    "Compared with {near}, the closest segment, the difference is {n}: {v} against {near_v} in {near}.",
    "To tell it from {near}, the segment closest to it, look at {n}: {v} here, {near_v} in {near}.",
)

LIMIT_LOW = (
    "{N} {is} a weak spot: {v}, below the average of {all}.",
    "A point to plan around is {n}, at {v} against {all} for all {accounts}.",
    "Little can be built on {n}: {v} here, below the average of {all}.",
    "Plan with care where {n} {matters}: {v} here, {all} for all {accounts}.",
    "Do not count on {n}: at {v}, below the average of {all}.",
    "Any plan has to make up for {n}, at {v} here and {all} for all {accounts}.",
)

LIMIT_HIGH = (
    "{N} {is} on the high side: {v}, against {all} for all {accounts}.",
    "Leave room in the plan for {n}: {v} here, above the average of {all}.",
    "The cost of serving them shows in {n}: {v} here, above the average of {all}.",
)

LIMIT_PART = (
    "They are {size_share} of all {accounts} and hold only {total} of all {n}.",
    "This {size_share} of {accounts} brings only {total} of all {n}.",
)

LIMIT_SHARE = (
    "{N} already {stands} at {v}, against {all} for all {accounts}: a base to keep, not one to build on.",
    "{N} {is} at {v}, against {all} for all {accounts}: a base to hold, so gains have to come from elsewhere.",
    "{N} {is} above average already, at {v} against {all} for all {accounts}: keep it, and look elsewhere for gains.",
    "At {v}, {n} {is} above the average of {all} already, so each further point will be hard to win.",
)

LIMIT_SKEW = (
    "A few {accounts} lift the average: {n} {avg} {v}, but the median is {median}.",
    "The average is not the typical {account}: {n} {avg} {v}, but the median is {median}.",
    "Read the average with care: {n} {avg} {v}, but the median is {median}, so a few {accounts} carry it.",
)

LIMIT_MEDIAN = (
    "Single {accounts} may look quite different: mean {n} {is} {v}, the median {median}.",
    "The average promises nothing for a single one: mean {n} {is} {v}, the median {median}.",
)

LIMIT_ORDINARY = (
    "Elsewhere the segment is ordinary: {n} {is} close to average, at {v} against {all}.",
    "There is little else to build on: {n} {is} close to average, at {v} against {all}.",
)

LIMIT_NEUTRAL = (
    "Not a segment for {n}: {v} here, {all} across all {accounts}.",
    "{N} {is} low here, at {v} against {all}, so there is little to win on that side.",
    "An offer on {n} would miss them: {v} here, below the average of {all}.",
)

LIMIT_SIZE = (
    "It is a small segment: {size} {accounts}, {size_share} of the total.",
    "With {size} {accounts}, {size_share} of the total, whatever is done here moves the whole only a little.",
)

LIMIT_FLAT = (
    "No measure falls clearly below average here; the one closest to it is {n}, at {v} against {all}.",
    "Nothing falls clearly below average, so nothing points to an easy gain; {n} comes closest, at {v} against {all}.",
)

TAGLINE_BOTH = (
    "High {up}, low {down}",
    "Above average on {up}, below it on {down}",
    "High {up} next to low {down}",
    "Low {down} beside high {up}",
    "{Up} above average, {down} below",
)

TAGLINE_UP = (
    "High {up}, and high {up2} beside it",
    "Above average on {up} and on {up2}",
    "High {up2} on top of high {up}",
)

TAGLINE_DOWN = (
    "Low {down}, and low {down2} with it",
    "Below average on {down} and on {down2}",
)

TAGLINE_ONE_UP = (
    "Stands out for high {up}",
    "High {up} is what to know first",
    "One thing above all: high {up}",
)
TAGLINE_ONE_DOWN = ("Stands out for low {down}", "Low {down} is what to know first")
TAGLINE_MIX = ("More {value} by {n} than in the average segment", "{N}: above all {value}")
TAGLINE_FLAT = ("Close to the average on every measure", "No measure far from the average")

PRIORITY_FIRST = {
    "High": (
        "Among those to start with: {main}.",
        "The case rests on this: {main}.",
        "Worth the effort: {main}.",
    ),
    "Medium": (
        "A mixed case: {main}.",
        "To be weighed: {main}.",
        "Neither to start with nor to leave out: {main}.",
    ),
    "Low": (
        "It comes late in the order: {main}.",
        "Not where to start: {main}.",
        "Others go before it: {main}.",
    ),
}

PRIORITY_EVEN = ("Nothing in the score stands out: {main}.", "Every part of the score is ordinary: {main}.")
PRIORITY_AGAINST = ("Against it, {other}.", "On the other side, {other}.", "Even so, {other}.")
PRIORITY_FOR = ("Still, {other}.", "In its favour, {other}.", "On the other side, {other}.")

PRIORITY_PLACE = "{N} {is} {place}, and {size_share} of {accounts} hold {total} of all {n}."
PRIORITY_PLACE_ONLY = "{N} {is} {place}."
PRIORITY_THAT = "That is {place}: {size_share} of {accounts} hold {total} of all {n}."
PRIORITY_THAT_ONLY = "That is {place}."
PRIORITY_PART = "With {size_share} of {accounts}, the segment holds {total} of all {n}."
PRIORITY_MISSING = "No column speaks of {parts}, so {neither} counts."

PLACES = ("highest", "second highest", "third highest", "fourth highest", "fifth highest")

PRIORITY_VALUE = (
    "It holds {total} of all {n} with {size_share} of all {accounts}, and priority follows that ratio.",
    "Priority here follows value: {size_share} of all {accounts}, {total} of all {n}.",
    "Measured by value, {size_share} of {accounts} account for {total} of all {n}.",
)

PRIORITY_SIZE = (
    "With no column on volume or value, priority follows size: {size} {accounts}, {size_share} of the total.",
    "Size alone decides here ({size} {accounts}, {size_share}), for want of a column on value.",
    "Only size could be weighed: {size} {accounts}, or {size_share} of the total.",
)

PARTS_APART = (
    "They are {size_share} of all {accounts} and account for {t1} of {whole1}, but only {t2} of {whole2}.",
    "This {size_share} of {accounts} holds {t1} of {whole1} and only {t2} of {whole2}.",
    "From {size_share} of {accounts} come {t1} of {whole1}, but only {t2} of {whole2}.",
)

PARTS_MILD = (
    "They are {size_share} of all {accounts} and account for {t1} of {whole1}, against {t2} of {whole2}.",
    "This {size_share} of {accounts} holds {t1} of {whole1}, set against {t2} of {whole2}.",
)

PARTS_MORE = (
    "They are {size_share} of all {accounts}, but account for {t1} of {whole1} and {t2} of {whole2}.",
    "From {size_share} of {accounts} come {t1} of {whole1} and {t2} of {whole2}.",
    "This {size_share} of {accounts} holds {t1} of {whole1} and {t2} of {whole2}.",
)

PARTS_LESS = (
    "They are {size_share} of all {accounts}, but account for only {t1} of {whole1} and {t2} of {whole2}.",
    "This {size_share} of {accounts} brings only {t1} of {whole1} and {t2} of {whole2}.",
)

PART_MORE = (
    "They are {size_share} of all {accounts} and account for {t1} of {whole1}.",
    "This {size_share} of {accounts} makes up {t1} of {whole1}.",
)

PART_LESS = (
    "They are {size_share} of all {accounts} and account for only {t1} of {whole1}.",
    "This {size_share} of {accounts} brings only {t1} of {whole1}.",
)

APART = (
    "{N} {is} above average, at {v} against {all}, but {n2} {is2} below it, at {v2} against {all2}.",
    "High {n} ({v} against {all}) {comes} with low {n2} ({v2} against {all2}).",
    "Where {n} {is} high, at {v} against {all}, {n2} {is2} low, at {v2} against {all2}.",
)

BOTH_TOP = (
    "{N} {is} the highest of any segment, at {v} against {all}, and so {is2} {n2}, at {v2} against {all2}.",
    "It leads on two counts: {n}, at {v} against {all} for all {accounts}, and {n2}, at {v2} against {all2}.",
)

BOTH_BOTTOM = (
    "{N} {is} the lowest of any segment, at {v} against {all}, and so {is2} {n2}, at {v2} against {all2}.",
)

COMBINATION = (
    "No other segment combines the two: {n} {side} average ({v} against {all}), {n2} {side2} average "
    "({v2} against {all2}).",
    "{N} {is} {side} average ({v} against {all}) and {n2} {is2} {side2} it ({v2} against {all2}): no other "
    "segment has both.",
    "This is the one segment that has both: {n} {side} average ({v} against {all}), and {n2} {side2} average "
    "({v2} against {all2}).",
    "{Level} {n} ({v} against {all}) and {level2} {n2} ({v2} against {all2}) meet in no other segment.",
)

_NOT = "{n} {is} above average, at {v} against {all}, while {n2} {is2} not, at {v2} against {all2}."
_BUT = "{n} {is} above average, at {v} against {all}, but {n2} {is2} below it, at {v2} against {all2}."
_ORDINARY = (
    "{n} {is} close to average, at {v} against {all}, while {n2} {is2} below it, at {v2} against {all2}."
)

_AHEAD_OF_CONTACT = (
    "Contact is the lever: " + _NOT,
    "Contact is what volume asks for: " + _NOT,
)
_BEHIND_ACCESS = (
    "Access is the question: " + _BUT,
    "The way in is the question: " + _BUT,
)
_VOLUME_WITHOUT_SHARE = (
    "Share is the question: " + _NOT,
    "The question is share: " + _NOT,
)
_ACCESS_NOT_VOLUME = ("Access is the question before volume: " + _ORDINARY,)
_CONTACT_WITHOUT_SHARE = ("What the contact brings is the question: " + _NOT,)
_OPEN_WITHOUT_SHARE = ("Access is there to be used: " + _NOT,)
_SHARE_WITHOUT_VOLUME = (
    "Volume is the question: " + _BUT,
    "The question is volume: " + _BUT,
)
_CONTACT_WITHOUT_VOLUME = ("Is the contact in proportion? " + _BUT.replace("{n} ", "{N} ", 1),)
_REACH_WITHOUT_CALLS = ("Digital is the way in: " + _NOT,)

TENSIONS: tuple[tuple[Theme, str, Theme, str, tuple[str, ...]], ...] = (
    ("volume", "+", "rep", "!", _AHEAD_OF_CONTACT),
    ("volume", "+", "access", "-", _BEHIND_ACCESS),
    ("volume", "+", "share", "!", _VOLUME_WITHOUT_SHARE),
    ("volume", "~", "access", "-", _ACCESS_NOT_VOLUME),
    ("share", "+", "volume", "-", _SHARE_WITHOUT_VOLUME),
    ("rep", "+", "volume", "-", _CONTACT_WITHOUT_VOLUME),
    ("rep", "+", "share", "!", _CONTACT_WITHOUT_SHARE),
    ("access", "+", "share", "!", _OPEN_WITHOUT_SHARE),
    ("digital", "+", "rep", "!", _REACH_WITHOUT_CALLS),
)
"""Two roles that pull apart and what to say of it: role, side, role, side (llm.offline.joined)."""

MIX_LIFT = (
    "By {n}, {share} are listed as {value}, {lift} times the average of {all}.",
    "{Value} is the {n} of {share}, {lift} times the average of {all}.",
)

MIX_QUOTED_LIFT = ("{N} {is} {value} for {share} of them, {lift} times the average of {all}.",)

MIX_TWO = (
    "By {n}, {share} are {value}, against {all} across all {accounts}, and {share2} {value2}, against {all2}.",
)

MIX_MOST_OF_ALL = (
    "No other segment has as much {value} by {n}: {share}, against {all} across all {accounts}.",
)
MIX_QUOTED_MOST = (
    "{N} {is} {value} for {share} here, more than in any other segment; across all {accounts} it is {all}.",
)

LIMIT_TWO_LOW = (
    "{N} {is} below average, at {v} against {all}, and so {is2} {n2}, at {v2} against {all2}.",
    "Two things to keep in mind: {n}, at {v} against an average of {all}, and {n2}, at {v2} against {all2}.",
)


LIMIT_DEPEND = (
    "Keep the balance in mind: {t1} of {whole1} are with {size_share} of all {accounts}.",
    "Much of the whole is here: {size_share} of all {accounts} hold {t1} of {whole1}.",
)
