"""Shapes of factual sentences, by what the number does. Data only; llm.offline.phrases fills them.

Slots: {N} {n} the column (capital, running), {is} {avg} {matters} its verb forms, {v} own value, {all} the
population's, {next} {next_v} the neighbour in rank, {top} {top_v} and {end} {end_v} the two ends of the
ranking, {ratio} own over all, {verb} the pack's verb, {accounts} {account} the pack's nouns.
A shape with {verb} serves counts with a plural label only; one with {ratio} needs a ratio of 1.2 or more.
"""

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
    "For {share} of them {n} {is} {value}; across all {accounts} the figure is {all}.",
    "By {n}, {share} stand at {value}, compared with {all} across all {accounts}.",
)

VALUE = (
    "They are {size_share} of all {accounts} and account for {total} of all {n}.",
    "This {size_share} of {accounts} makes up {total} of all {n}.",
    "From {size_share} of {accounts} {come} {total} of all {n}.",
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
    "What holds this segment back is {n}, at {v} against {all} for all {accounts}.",
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
    "Averages flatter this segment: mean {n} {is} {v}, the median {median}, so some {accounts} pull it up.",
    "Some {accounts} carry the average: mean {n} {is} {v}, the median {median}.",
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
    "{N} {is} low here ({v}, against {all} for all {accounts}) and {gives} little to build an offer on.",
    "Do not start with {n}: {v} here, below the average of {all}.",
    "They have little use for an offer on {n}, at {v} against {all} for all {accounts}.",
    "An offer on {n} would miss this segment: {v} here, below the average of {all}.",
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
TAGLINE_MIX = ("Where {value} is over-represented by {n}",)
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
