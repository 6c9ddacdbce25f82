"""Shapes of factual sentences, by what the number does. Data only; llm.offline.phrases fills them.

Slots: {N} {n} the column (capital, running), {is} {avg} {matters} its verb forms, {v} own value, {all} the
population's, {next} {next_v} the neighbour in rank, {top} {top_v} and {end} {end_v} the two ends of the
ranking, {ratio} own over all, {verb} the pack's verb, {accounts} {account} the pack's nouns.
A shape with {verb} serves counts with a plural label only; one with {ratio} needs a ratio of 1.2 or more.
"""

TOP = (
    "They {verb} {v} {n} on average, the most of any segment; the average for all {accounts} is {all}.",
    "{N} {avg} {v}, the highest of any segment, ahead of {next} at {next_v}; the average for all {accounts} is {all}.",
    "At {v}, {n} {is} higher than in any other segment, and {ratio} times the average of {all}.",
    "No other segment reaches their {n} of {v}: {next} comes closest at {next_v}, and all {accounts} "
    "together average {all}.",
    "They lead on {n}, with {v} against {all} for all {accounts}; the other end of the range is {end} at {end_v}.",
    "{N} {is} the highest anywhere, at {v}; {next} comes next at {next_v}.",
)

BOTTOM = (
    "They {verb} {v} {n} on average, the fewest of any segment; the average for all {accounts} is {all}.",
    "{N} {avg} {v}, the lowest of any segment; {next} comes next at {next_v}, and the average for all "
    "{accounts} is {all}.",
    "At {v}, {n} {is} lower than in any other segment; the average for all {accounts} is {all}.",
    "Nowhere {is} {n} lower: {v} here, {next_v} in {next} and {all} for all {accounts}.",
    "They come last on {n}, with {v} against {all} for all {accounts}; the other end of the range is "
    "{top} at {top_v}.",
)

ABOVE = (
    "They {verb} {v} {n} on average, more than the {all} of all {accounts} but not as many as {top} at {top_v}.",
    "{N} {avg} {v}, above the {all} of all {accounts}; {top} goes furthest, at {top_v}.",
    "With {n} at {v}, they stand above the average of {all}; {top} has the highest, at {top_v}.",
    "{N} {is} above average: {v}, where all {accounts} together stand at {all}.",
    "At {v}, {n} {is} {ratio} times the average of {all}.",
)

BELOW = (
    "They {verb} {v} {n} on average, fewer than the {all} of all {accounts}; {end} has the fewest, at {end_v}.",
    "{N} {avg} {v}, below the {all} of all {accounts}; {top} has the highest, at {top_v}.",
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
    "{N}: yes for {v} of them, against {all} of all {accounts}.",
    "For {v} of them {n} {applies}, above the {all} of all {accounts}.",
    "{N} {applies} to {v} here and to {all} of all {accounts}.",
)

YES_TOP = (
    "{N} {applies} to {v} of them, the highest share of any segment; across all {accounts} it is {all}.",
    "For {v} of them {n} {applies}, more than in any other segment ({next} comes next at {next_v}).",
)

YES_BELOW = (
    "{N} {applies} to {v} of them, below the {all} of all {accounts}.",
    "For {v} of them {n} {applies}; across all {accounts} it is {all}.",
)

YES_BOTTOM = (
    "{N} {applies} to {v} of them, the lowest share of any segment; across all {accounts} it is {all}.",
    "For {v} of them {n} {applies}, less than in any other segment ({next} comes next at {next_v}).",
)

MIX_MOST = (
    "{share} have {value} as their {n}, against {all} of all {accounts}.",
    "{Value} is the {n} of {share} here, and of {all} across all {accounts}.",
    "{value} makes up {share} of them by {n}; across all {accounts} the figure is {all}.",
    "By {n}, {share} are listed as {value}, compared with {all} of all {accounts}.",
)

MIX_QUOTED = (
    "{N} {is} {value} for {share} of them, against {all} of all {accounts}.",
    "For {share} of them {n} {is} {value}; across all {accounts} the figure is {all}.",
    "By {n}, {share} stand at {value}, compared with {all} of all {accounts}.",
)

VALUE = (
    "They are {size_share} of all {accounts} and account for {total} of all {n}.",
    "This {size_share} of {accounts} makes up {total} of all {n}.",
    "From {size_share} of {accounts} {come} {total} of all {n}.",
)

UNIQUE_ONLY_UP = (
    "The only segment with {n} above average: {v}, against {all} for all {accounts}; {near}, the segment most "
    "like it, stands at {near_v}.",
    "In no other segment {is} {n} above average: {v} here, {near_v} in {near}, its nearest neighbour.",
)

UNIQUE_ONLY_DOWN = (
    "The only segment with {n} below average: {v}, against {all} for all {accounts}; {near}, the segment most "
    "like it, stands at {near_v}.",
    "In no other segment {is} {n} below average: {v} here, {near_v} in {near}, its nearest neighbour.",
)

UNIQUE_BETWEEN = (
    "{near} is the segment most like this one; {n} {tells} them apart, at {v} here and {near_v} in {near}.",
    "It differs most from {near}, its nearest neighbour, in {n}: {v} here, {near_v} in {near}.",
    "Compared with {near}, the closest segment, the difference is {n}: {v} against {near_v} in {near}.",
    "To tell it from {near}, the segment closest to it, look at {n}: {v} here, {near_v} in {near}.",
)

LIMIT_LOW = (
    "{N} {is} a weak spot: {v}, below the {all} of all {accounts}.",
    "What holds this segment back is {n}, at {v} against {all} for all {accounts}.",
    "Little can be built on {n}: {v} here, below the {all} of all {accounts}.",
    "Plan with care where {n} {matters}: {v} here, {all} for all {accounts}.",
    "Do not count on {n}: at {v}, below the average of {all}.",
    "Any plan has to make up for {n}, at {v} here and {all} for all {accounts}.",
)

LIMIT_HIGH = (
    "{N} {is} on the high side: {v}, against {all} for all {accounts}.",
    "Leave room in the plan for {n}: {v} here, above the {all} of all {accounts}.",
    "The cost of serving them shows in {n}: {v} here, above the average of {all}.",
)

LIMIT_PART = (
    "They are {size_share} of all {accounts} and hold only {total} of all {n}.",
    "For {size_share} of all {accounts}, {total} of all {n} is little to work with.",
)

LIMIT_SHARE = (
    "{N} already {stands} at {v}, against {all} for all {accounts}: growth starts from a high base.",
    "With {n} at {v} and an average of {all}, the base is already high and gains will be smaller.",
    "There is less left to win: {n} {is} at {v} already, above the average of {all}.",
    "At {v}, {n} {is} above the average of {all} already, so the next point will be harder than the last.",
)

LIMIT_SKEW = (
    "Averages flatter this segment: mean {n} {is} {v}, the median {median}, so a few {accounts} pull it up.",
    "A few {accounts} carry the average: mean {n} {is} {v}, the median {median}.",
)

LIMIT_MEDIAN = (
    "Half of these {accounts} have {n} of {median} or less, so the average of {v} promises nothing for a single one.",
    "The average of {v} hides a spread: for half of these {accounts}, {n} {is} {median} or less.",
)

LIMIT_ORDINARY = (
    "Elsewhere the segment is ordinary: {n} {is} close to average, at {v} against {all}.",
    "There is little else to build on: {n} {is} close to average, at {v} against {all}.",
)

LIMIT_NEUTRAL = (
    "{N} {is} low here ({v}, against {all} for all {accounts}) and {gives} little to build an offer on.",
    "Do not start with {n}: {v} here, below the {all} of all {accounts}.",
    "They have little use for an offer on {n}, at {v} against {all} for all {accounts}.",
    "An offer on {n} would miss most of them: {v} here, below the average of {all}.",
)

LIMIT_SIZE = (
    "It is a small segment: {size} {accounts}, {size_share} of the total.",
    "With {size} {accounts}, {size_share} of the total, even full success here moves the whole only a little.",
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
TAGLINE_MIX = ("Where {value} is over-represented by {n}",)
TAGLINE_FLAT = ("Close to the average on every measure", "No measure far from the average")

PRIORITY_FIRST = {
    "High": ("First in line: {main}.", "The case rests on this: {main}.", "It comes out ahead: {main}."),
    "Medium": ("In the middle: {main}.", "A mixed case: {main}.", "Neither first nor last: {main}."),
    "Low": (
        "It comes late in the order: {main}.",
        "Effort pays more elsewhere: {main}.",
        "Others go first: {main}.",
    ),
}

PRIORITY_EVEN = ("Nothing in the score stands out: {main}.", "Every part of the score is ordinary: {main}.")
PRIORITY_AGAINST = ("Against it, {other}.", "On the other side, {other}.", "Less in its favour, {other}.")
PRIORITY_FOR = ("Still, {other}.", "In its favour, {other}.", "On the other side, {other}.")

PRIORITY_PLACE = "{N} {is} {place}, and {size_share} of {accounts} hold {total} of the total."
PRIORITY_PLACE_ONLY = "{N} {is} {place}."
PRIORITY_THAT = "That is {place}: {size_share} of {accounts} hold {total} of the total."
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
