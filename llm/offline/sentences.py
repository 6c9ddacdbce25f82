"""Shapes of factual sentences, by what the number does, without their full stops: a remark on what it means may
follow. Data only; llm.offline.phrases fills them.

Slots: {N} {n} the column (capital, running), {is} {avg} its verb forms, {v} own value, {all} the population's,
{near} {near_v} the nearest neighbour, {ratio} own over all, {verb} the pack's verb, {accounts} {account} the pack's
nouns. A shape with {verb} serves counts with a plural label only; one with {ratio} needs a ratio of 1.2 or more.
"""

from engine.model import Theme

TOP = (
    "They {verb} {v} {n} each, against {all} across all {accounts}, more than any other segment",
    "{N} {avg} {v}, the highest of any segment, against {all} for all {accounts}",
    "At {v} against {all}, {n} {is} higher than in any other segment",
    "{N} {is} the highest anywhere, at {v} against {all} for all {accounts}",
)

BOTTOM = (
    "{N} {avg} {v}, the lowest of any segment, against {all} for all {accounts}",
    "At {v} against {all}, {n} {is} lower than in any other segment",
    "Nowhere {is} {n} lower: {v} here, {all} for all {accounts}",
    "They {verb} {v} {n} each, against {all} across all {accounts}, fewer than any other segment",
)

ABOVE = (
    "They {verb} {v} {n} each, against an average of {all}",
    "{N} {is} {ratio} times the average: {v} here, {all} for all {accounts}",
    "{N} {avg} {v}, against {all} for all {accounts}",
    "{N} {is} above average, at {v} against {all}",
)

BELOW = (
    "{N} {avg} {v}, against {all} for all {accounts}",
    "They {verb} {v} {n} each, against an average of {all}",
    "{N} {is} below average, at {v} against {all}",
    "With {n} at {v}, they stay below the average of {all}",
)

NEAR = (
    "{N} {is} close to average, at {v} against {all} for all {accounts}",
    "On {n} they look like everyone else: {v} here, {all} for all {accounts}",
    "{N} {avg} {v}, next to {all} for all {accounts}",
)

TYPICAL = (
    "A typical {account} here has {median} {n} (median), against {typical} for all {accounts}",
    "Half of them have {n} of {median} or less; for all {accounts} the median is {typical}",
    "The median of {n} is {median} here and {typical} for all {accounts}",
)
"""For columns in which a few accounts carry the mean."""

NEXT_TO_NONE = ("{N} {is} next to nothing here: {v} against {all} for all {accounts}",)

YES_ABOVE = (
    "{N}: yes for {v} of them, against {all} across all {accounts}",
    "For {v} of them {n} {applies}, above the average of {all}",
    "{N} {applies} to {v} here and to {all} of all {accounts}",
)

YES_TOP = (
    "{N} {applies} to {v} of them, the highest share of any segment; across all {accounts} it is {all}",
)

YES_BELOW = (
    "{N} {applies} to {v} of them, below the average of {all}",
    "For {v} of them {n} {applies}; across all {accounts} it is {all}",
)

YES_BOTTOM = (
    "{N} {applies} to {v} of them, the lowest share of any segment; across all {accounts} it is {all}",
)

PLAIN = ("{N} {is} {v}, against {all} for all {accounts}",)
"""What is said where nothing else holds."""

# --- Categories -----------------------------------------------------------------------------------

MIX_MOST = (
    "By {n}, {share} {are} {value}, against {all} across all {accounts}",
    "{share} {are} {value} ({n}), against {all} across all {accounts}",
)

MIX_LIFT = (
    "By {n}, {share} {are} {value}, {lift} times the average of {all}",
    "{share} {are} {value} ({n}), {lift} times the average of {all}",
)

MIX_HAVE = ("{share} have {owned}, against {all} across all {accounts}",)
MIX_HAVE_LIFT = ("{share} have {owned}, {lift} times the average of {all}",)
MIX_HAVE_MOST = ("{share} have {owned}, more than in any other segment; across all {accounts} it is {all}",)

MIX_QUOTED = (
    "{N} {is} {value} for {share} of them, against {all} across all {accounts}",
    "{N} {is} {value} for {share} here, against {all} across all {accounts}",
)
MIX_QUOTED_LIFT = ("{N} {is} {value} for {share} of them, {lift} times the average of {all}",)

MIX_TWO = (
    "By {n}, {share} {are} {value} (against {all} of all {accounts}) and {share2} {value2} (against {all2})",
    "By {n}, {share} {are} {value}, against {all} across all {accounts}, and {share2} {value2}, against {all2}",
)

MIX_MOST_OF_ALL = (
    "By {n}, {share} {are} {value}, more than in any other segment, against {all} across all {accounts}",
    "The share of {value} by {n} is the highest of any segment: {share}, against {all} across all {accounts}",
)
MIX_QUOTED_MOST = (
    "{N} {is} {value} for {share} here, more than in any other segment; across all {accounts} it is {all}",
)

MIX_MEANS = (
    "speak to them by name before you speak to everyone",
    "what is made for them reaches a good part of the segment",
    "start with what they need, then widen",
)

OUTCOME = (
    "{N} {is} {value} for {share} of them, against {all} across all {accounts}",
    "{N} {is} {value} for {share} here and for {all} of all {accounts}",
)

# --- Parts of totals --------------------------------------------------------------------------------

EFFORT_BEHIND = (
    "They are {size_share} of all {accounts} and {verb} {t1} of {whole1}, yet they {verb2} only {t2} of {whole2}: "
    "the attention has not followed",
    "They {verb} {t1} of {whole1} and {verb2} {t2} of {whole2}: the calls are going elsewhere",
)

EFFORT_AHEAD = (
    "They {verb2} {t2} of {whole2} and {verb} {t1} of {whole1}: contact is not what is missing",
    "They are {size_share} of all {accounts}, {verb} {t1} of {whole1} and {verb2} {t2} of {whole2}: a good deal of "
    "effort for what comes back",
    "They {verb} {t1} of {whole1} but {verb2} {t2} of {whole2}: more attention than volume",
)

PARTS_APART = (
    "They are {size_share} of all {accounts} and {verb} {t1} of {whole1}, but only {t2} of {whole2}",
    "They {verb} {t1} of {whole1} and only {t2} of {whole2}, with {size_share} of all {accounts}",
)

PARTS_MILD = (
    "They are {size_share} of all {accounts} and {verb} {t1} of {whole1}, against {t2} of {whole2}",
    "They {verb} {t1} of {whole1}, set against {t2} of {whole2}, with {size_share} of all {accounts}",
)

PARTS_MORE = (
    "They are {size_share} of all {accounts}, but {verb} {t1} of {whole1} and {t2} of {whole2}: what happens here "
    "moves the whole",
    "From {size_share} of {accounts} come {t1} of {whole1} and {t2} of {whole2}: this is where results are made",
)

PARTS_LESS = (
    "They are {size_share} of all {accounts}, but {verb} only {t1} of {whole1} and {t2} of {whole2}",
    "This {size_share} of {accounts} brings only {t1} of {whole1} and {t2} of {whole2}: many names to keep up for "
    "what they bring",
    "From {size_share} of {accounts} come only {t1} of {whole1} and {t2} of {whole2}: a long list for a short return",
)

PARTS_LESS_FEW = (
    "They are {size_share} of all {accounts} and {verb} {t1} of {whole1} and {t2} of {whole2}: a small part of the "
    "whole, whatever is done",
    "From {size_share} of {accounts} come {t1} of {whole1} and {t2} of {whole2}: the return will be modest",
)

PART_MORE = (
    "They are {size_share} of all {accounts} and {verb} {t1} of {whole1}: not many doors for what lies behind",
    "This {size_share} of {accounts} makes up {t1} of {whole1}: a good place to put time",
)

PART_LESS = (
    "They are {size_share} of all {accounts} and {verb} only {t1} of {whole1}",
    "This {size_share} of {accounts} brings only {t1} of {whole1}: a long list for a short return",
)

PART_LESS_FEW = (
    "They are {size_share} of all {accounts} and {verb} {t1} of {whole1}: the return will be modest",
)

HEADROOM = (
    "Of {v} {n} each, {v2} are {n2}: what is left goes elsewhere",
    "They {verb} {v} {n} each, {v2} of them {n2}: what is left is the prize",
    "Each {account} stands for {v} {n}, and {v2} of them are {n2}: the rest is still to be gained",
)

HEADROOM_SMALL = (
    "They {verb} {v} {n} each, {v2} of them {n2}: not much is left to gain with any one of them",
    "Of {v} {n} each, {v2} are {n2}: a gain would be real and modest",
)

HEADROOM_HELD = (
    "They {verb} {v} {n} each, {v2} of them {n2}: there is more to keep than to gain",
    "Of {v} {n} each, {v2} are {n2}: each one kept is worth more than a new one elsewhere",
)

# --- Pairs ------------------------------------------------------------------------------------------

APART = (
    "{N} {is} high ({v} against {all}), {n2} {is2} low ({v2} against {all2})",
    "High {n} ({v} against {all}) {comes} with low {n2} ({v2} against {all2})",
    "Where {n} {is} high, at {v} against {all}, {n2} {is2} low, at {v2} against {all2}",
)

BOTH_TOP = (
    "{N} {is} the highest of any segment, at {v} against {all}, and so {is2} {n2}, at {v2} against {all2}.",
    "It leads on two counts: {n}, at {v} against {all} for all {accounts}, and {n2}, at {v2} against {all2}.",
)

BOTH_BOTTOM = (
    "{N} {is} the lowest of any segment, at {v} against {all}, and so {is2} {n2}, at {v2} against {all2}.",
    "It comes last on two counts: {n}, at {v} against {all} for all {accounts}, and {n2}, at {v2} against {all2}.",
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

_NOT = "{n} {is} above average, at {v} against {all}, {n2} {is2} below it, at {v2} against {all2}"

_AHEAD_OF_CONTACT = (
    "Contact is the lever: " + _NOT,
    "{N2} {is2} {v2} against {all2}, although {n} {is} {v} against {all}",
)
_BEHIND_ACCESS = ("The way in is the question: {n} {is} above average, at {v} against {all}, but {n2} {is2} below it, "
                  "at {v2} against {all2}",)  # fmt: skip
_VOLUME_WITHOUT_SHARE = (
    "{N2} {is2} {v2}, no more than average, although {n} {is} {v} against {all}",
    "The volume is there and the share is not: {n} {is} {v} against {all}, {n2} {v2} against {all2}",
)
_SHARE_WITHOUT_VOLUME = (
    "They choose it and have not much to choose it for: {n} {is} {v} against {all}, {n2} {v2} against {all2}",
    "{N} {is} above average, at {v} against {all}, but {n2} {is2} below it, at {v2} against {all2}",
)
_CONTACT_WITHOUT_VOLUME = (
    "{N} {is} {v} against {all}, for {n2} of {v2} against {all2}: the effort is out of proportion",
    "{N} {is} above average, at {v} against {all}, but {n2} {is2} below it, at {v2} against {all2}",
)
_OPEN_WITHOUT_SHARE = ("{N2} {is2} {v2}, no more than average, although {n} {is} {v} against {all}",)
_ACCESS_AND_SHARE = (
    "{N} {is} {v} against {all} and {n2} {v2} against {all2}: read the second in the light of the first",
)
_REACH_WITHOUT_CALLS = ("They answer online where calls are no more than average: {n} {is} {v} against {all}, {n2} {v2} "
                        "against {all2}",)  # fmt: skip

TENSIONS: tuple[tuple[Theme, str, Theme, str, tuple[str, ...]], ...] = (
    ("volume", "+", "share", "!", _VOLUME_WITHOUT_SHARE),
    ("volume", "+", "access", "-", _BEHIND_ACCESS),
    ("access", "-", "share", "-", _ACCESS_AND_SHARE),
    ("share", "+", "volume", "-", _SHARE_WITHOUT_VOLUME),
    ("rep", "+", "volume", "-", _CONTACT_WITHOUT_VOLUME),
    ("volume", "+", "rep", "!", _AHEAD_OF_CONTACT),
    ("access", "+", "share", "!", _OPEN_WITHOUT_SHARE),
    ("digital", "+", "rep", "!", _REACH_WITHOUT_CALLS),
)
"""Two roles that pull apart and what to say of it: role, side, role, side (llm.offline.joined)."""

# --- What is unique -----------------------------------------------------------------------------------

UNIQUE_ONLY_UP = (
    "The only segment with {n} above average: {v} here, {near_v} in {near}, {all} for all {accounts}.",
    "In no other segment {is} {n} above average: {v} here, {near_v} in {near}, its nearest neighbour.",
)

UNIQUE_ONLY_DOWN = (
    "The only segment with {n} below average: {v} here, {near_v} in {near}, {all} for all {accounts}.",
    "In no other segment {is} {n} below average: {v} here, {near_v} in {near}, its nearest neighbour.",
)

UNIQUE_BETWEEN_TYPICAL = (
    "Its nearest neighbour is {near}; look at {n} to tell the two: a median of {median} here, {near_median} in {near}.",
    "{near} is the segment closest to it; the median of {n} tells them apart: {median} here, {near_median} in {near}.",
)

UNIQUE_BETWEEN = (
    "Its nearest neighbour is {near}, and {n} {is} what tells them apart: {v} here, {near_v} in {near}.",
    "Its nearest neighbour is {near}; {n} {is} the plainest difference: {v} here, {near_v} in {near}.",
    "{near} is the segment closest to it: look at {n} to tell the two, {v} here and {near_v} in {near}.",
)

OTHER_TWO = (
    "Beside that, {n} {is} {v} against {all}, and {n2} {is2} {v2} against {all2}.",
    "Beside that, {n} {comes} to {v}, where all {accounts} stand at {all}, and {n2} to {v2}, not {all2}.",
)
OTHER_ONE = (
    "Beside that, {n} {is} {v} against {all}.",
    "One more difference: {n} {comes} to {v}, where all {accounts} stand at {all}.",
)

ORDINARY_TWO = (
    "On {n} and {n2} they are like everyone else.",
    "{N} and {n2} are close to average, so neither tells them apart.",
    "{N} and {n2} are ordinary.",
)

# --- What limits ----------------------------------------------------------------------------------------

LIMIT_LOW = (
    "{N} {is} the weak spot: {v} against {all}",
    "{N} {is} low, at {v} against {all} for all {accounts}: the plan has to do without it",
    "Do not count on {n}: {v} here, below the average of {all}",
    "Any plan has to make up for {n}, at {v} here and {all} for all {accounts}",
)

LIMIT_HIGH = (
    "{N} {is} on the high side: {v}, against {all} for all {accounts}",
    "Leave room in the plan for {n}: {v} here, above the average of {all}",
)

LIMIT_PART = (
    "They are {size_share} of all {accounts} and hold only {total} of {whole}: keep what is spent in that proportion",
    "This {size_share} of {accounts} brings only {total} of {whole}: the return will be modest whatever is done",
)

LIMIT_SHARE = (
    "{N} {is} above average already, at {v} against {all}: each further point will be hard to gain",
    "{N} {is} at {v}, against {all} for all {accounts}: a base to hold, so gains have to come from elsewhere",
    "At {v} against {all}, {n} {is} well supplied already: spend on keeping it",
)

LIMIT_SKEW_MILD = (
    "{N} {avg} {v}, but the median is {median}: plan for the second figure, not the first",
    "The typical {account} is nearer the median: {n} {avg} {v}, the median is {median}",
)

LIMIT_SKEW = (
    "{N} {avg} {v}, but the median is {median}: a few large {accounts} carry the figure, so look each one up first",
    "The average is not the typical {account}: {n} {avg} {v}, but the median is {median}",
    "Read the average with care: {n} {avg} {v}, but the median is {median}, so a few {accounts} carry it",
)

LIMIT_FEW = (
    "Look at the list before you visit: {n} {avg} {v}, but the median is {median}, so a few names carry the figure",
    "{N} {avg} {v} and the median is {median}: a handful of names carry the total, so look each one up first",
)

LIMIT_MEDIAN = (
    "Single {accounts} can look quite different: mean {n} {is} {v}, the median {median}",
    "The average promises nothing for a single one: mean {n} {is} {v}, the median {median}",
)

LIMIT_ORDINARY = (
    "Elsewhere the segment is ordinary: {n} {is} close to average, at {v} against {all}",
    "There is not much else to build on: {n} {is} close to average, at {v} against {all}",
)

LIMIT_NEUTRAL = (
    "Not a segment for {n}: {v} here, {all} across all {accounts}",
    "{N} {is} low here, at {v} against {all}, so there is not much to gain on that side",
)

LIMIT_SIZE = (
    "It is a small segment of {size} {accounts}, {size_share} of the total: a handful either way changes its figures",
    "With {size} {accounts}, {size_share} of the total, even a full success here moves the whole only a little",
)

LIMIT_FLAT = (
    "No measure falls clearly below average here; the one closest to it is {n}, at {v} against {all}",
    "Nothing falls clearly below average, so nothing points to an easy gain; {n} comes closest, at {v} against {all}",
)

LIMIT_TWO_LOW = (
    "{N} {is} below average, at {v} against {all}, and so {is2} {n2}, at {v2} against {all2}",
    "Two things stand in the way: {n}, at {v} against {all}, and {n2}, at {v2} against {all2}",
)

LIMIT_DEPEND = (
    "{t1} of {whole1} rests on {size_share} of all {accounts}: what goes wrong here cannot be made up for elsewhere",
    "{size_share} of all {accounts} hold {t1} of {whole1}: what is lost here is hard to replace",
)

# --- The line under the name -----------------------------------------------------------------------------

TAGLINE_BOTH = (
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

TAGLINE_ONE_UP = ("Stands out for high {up}", "Above all, high {up}", "One thing above all: high {up}")
TAGLINE_ONE_DOWN = ("Stands out for low {down}", "Above all, low {down}")
TAGLINE_OVER = ("{N} above average", "Above average on {n}")
TAGLINE_UNDER = ("{N} below average", "Below average on {n}")
TAGLINE_MIX = ("More {value} by {n} than in the average segment", "{N}: above all {value}")
TAGLINE_FLAT = ("Close to the average on every measure", "No measure far from the average")

# --- Why the priority ------------------------------------------------------------------------------------

PRIORITY_FIRST = {
    "High": ("Start here: {main}.", "What speaks for it: {main}."),
    "Medium": ("For it: {main}.", "A mixed case, with this for it: {main}."),
    "Low": ("Others come first: {main}.", "Against an early start: {main}."),
}
PRIORITY_OTHER = {
    "High": ("Against it: {other}.", "What holds it back: {other}."),
    "Medium": ("Against it: {other}.", "On the other side, {other}."),
    "Low": ("In its favour: {other}.", "Still, {other}."),
}
PRIORITY_ONLY = {
    "High": ("Only this stands out, and the others have less to show: {main}.", "What stands out: {main}."),
    "Medium": ("Against it: {main}.", "Not a case for the front: {main}."),
    "Low": ("For it: {main}.", "What stands out: {main}."),
}
PRIORITY_EVEN = (
    "What the score weighs lies close to the average, measured by how widely it varies: {main}.",
    "The score sees little difference, since the figure varies widely within each segment: {main}.",
)

PRIORITY_PART = "With {size_share} of {accounts}, the segment holds {total} of {whole}."

PRIORITY_VALUE = (
    "It holds {total} of {whole} with {size_share} of all {accounts}, and priority follows that ratio.",
    "Priority here follows value: {size_share} of all {accounts}, {total} of {whole}.",
    "Measured by value, {size_share} of {accounts} account for {total} of {whole}.",
)

PRIORITY_SIZE = (
    "With no column on volume or value, priority follows size: {size} {accounts}, {size_share} of the total.",
    "Size alone decides here ({size} {accounts}, {size_share}), for want of a column on value.",
    "Only size could be weighed: {size} {accounts}, or {size_share} of the total.",
)
SIZE_ONLY = ("It holds {size} {accounts}, {size_share} of the total.",)
PRIORITY_SAID = (
    "Ranked by the outcome: {share} said yes, against {all} across all {accounts}.",
    "Priority follows the outcome: {share} said yes, against {all} across all {accounts}.",
)
PRIORITY_OUTCOME = (
    "Priority follows the outcome: {n} is yes for {share} of them, against {all} across all {accounts}.",
    "Ranked by the outcome: {n} is yes for {share} of them, against {all} across all {accounts}.",
)
