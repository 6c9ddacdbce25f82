"""Frames around one number of one column."""

MEAN = (
    "{L} [averages|average] {v} {here}.",
    "On average, {l} {here} [comes|come] to {v}.",
    "{S} <average|averages> {v} on {l}.",
    "{S} <post|posts> a mean of {v} for {l}.",
    "The mean for {l} {here} is {v}.",
    "{P} {l} [averages|average] {v}.",
    "Average {l}: {v}.",
    "{L}: {v} on average.",
    "{L} [averages|average] {v} {here}, compared with {pop} across all {accounts}.",
    "Mean {l} {here} [sits|sit] at {v}, while the overall mean is {pop}.",
    "For {l}, {q} records an average of {v}.",
    "We see {l} averaging {v} {here}.",
    "{P} {l} [works|work] out at {v} on average.",
    "Averaged over {q}, {l} [comes|come] out at {v}.",
    "With {l} at {v} on average, {q} compares with {pop} overall.",
    "A mean {l} figure of {v} is what {s} <show|shows>.",
)
MEAN_COUNTED = (
    "{S} <record|records> {v} {l} on average.",
    "The average account in {q} has {v} {l}.",
    "{S} <average|averages> {v} {l}, against {pop} overall.",
    "On average, {s} <account|accounts> for {v} {l} each.",
    "Each account {here} has {v} {l} on average.",
    "There are {v} {l} per account {here}, where the overall average is {pop}.",
)
MEDIAN = (
    "The median for {l} {here} is {v}.",
    "Median {l}: {v}.",
    "{P} median {l} stands at {v}.",
    "The typical account in {q} shows {v} for {l}.",
    "At the median, {l} {here} [stands|stand] at {v}.",
    "Half of them lie below {v} on {l}.",
    "Typical {l} {here} [is|are] {v}.",
    "For a typical account in {q}, {l} [comes|come] to {v}.",
    "The median of {l} in {q} works out at {v}.",
    "{S} <have|has> a median of {v} on {l}.",
    "Taking the median, {s} <show|shows> {v} for {l}.",
    "{L} {here} [has|have] a median of {v}.",
    "Measured by the median, {l} [is|are] {v} {here}.",
    "The median account in {q} sits at {v} for {l}.",
)
CENTRE = (
    "{L} [is|are] {v} {here}.",
    "{L} [stands|stand] at {v} {here}.",
    "At {v}, {l} {here} can be set against {pop} overall.",
    "{S} <show|shows> {l} of {v}.",
    "{L} {here} [comes|come] in at {v} versus {pop} for all {accounts}.",
    "{L}: {v}.",
    "Across all {accounts} the average for {l} is {pop}; {s} <come|comes> in at {v}.",
    "{P} {l} [is|are] {v} (overall: {pop}).",
    "{S} <have|has> {v} on {l}, next to {pop} overall.",
    "{S} <reach|reaches> {v} for {l}.",
    "For {l} the figure is {v} {here}, and {pop} for everyone.",
    "Note {l} of {v} {here}.",
    "When it comes to {l}, {s} <stand|stands> at {v}.",
    "On {l}, {q} is at {v}.",
)
CENTRE_COUNTED = (
    "{S} <have|has> {v} {l} against {pop} overall.",
    "{S} <show|shows> {v} {l} per account.",
    "With {v} {l} per account, {q} can be compared with {pop} for all {accounts}.",
    "Count on {v} {l} from the average account in {q}.",
)
TOTAL_SHARE = (
    "{S} <account|accounts> for {v} of all {l}.",
    "{S} <contribute|contributes> {v} of total {l}.",
    "{v} of all {l} [comes|come] from {q}.",
    "Of all {l}, {v} [sits|sit] in {q}.",
    "{S} <hold|holds> {v} of the total {l}.",
    "{S} <generate|generates> {v} of the overall {l}.",
    "Of total {l}, {q} delivers {v}.",
    "Together {s} <make|makes> up {v} of total {l}.",
    "{S} <bring|brings> in {v} of all {l}.",
    "A full {v} of all {l} belongs to {q}.",
    "{S} <represent|represents> {v} of total {l}.",
    "All {l} taken together, {v} [is|are] found {here}.",
)
ABOUT = (
    "{L} [averages|average] about {v} {here}.",
    "{L} [is|are] around {v} {here}.",
    "Roughly {v}: that is the mean for {l} in {q}.",
    "{S} <average|averages> roughly {v} on {l}.",
    "The mean for {l} {here} is approximately {v}.",
    "{L} {here} [sits|sit] at about {v}.",
    "{P} {l} [comes|come] to some {v} on average.",
    "On average {l} {here} [is|are] close to {v}.",
    "{S} <show|shows> {l} of around {v}.",
    "Average {l} of approximately {v} can be expected {here}.",
    "{L}: about {v} on average.",
    "In round terms, {l} {here} [averages|average] about {v}.",
)
OVER = (
    "{L} [averages|average] over {v} {here}.",
    "{L} [averages|average] more than {v} {here}.",
    "{S} <average|averages> just over {v} on {l}.",
    "On average {l} {here} [comes|come] to more than {v}.",
    "The mean for {l} in {q} is above {v}.",
    "Mean {l} {here} [exceeds|exceed] {v}.",
    "{P} {l} [averages|average] slightly more than {v}.",
)
NEARLY = (
    "{L} [averages|average] nearly {v} {here}.",
    "{L} [averages|average] just under {v} {here}.",
    "{S} <average|averages> almost {v} on {l}.",
    "On average {l} {here} [comes|come] to a little under {v}.",
    "The mean for {l} in {q} is just below {v}.",
    "{P} {l} [averages|average] nearly {v}.",
    "Average {l} of almost {v} can be seen {here}.",
)
TIMES = (
    "{L} {here} [is|are] {v} the overall average.",
    "{P} {l} [runs|run] at {v} the average.",
    "{S} <show|shows> {v} the average {l}.",
    "On {l}, {q} comes to {v} the average of all {accounts}.",
    "{L} {here} [amounts|amount] to {v} what is usual overall.",
    "At {v} the overall mean, {l} [tells|tell] {q} apart.",
    "Average {l} {here} [equals|equal] {v} the population average.",
    "{S} <have|has> {v} the overall average on {l}.",
    "Compared with all {accounts}, {l} {here} [is|are] {v} the average.",
    "{L} in {q}: {v} the average.",
    "Set against the average, {l} {here} [is|are] {v} as high.",
    "{S} <stand|stands> at {v} the population mean for {l}.",
)
TIMES_OTHER = (
    "{L} {here} [is|are] {v} that of {o}.",
    "{S} <show|shows> {v} the {l} of {o}.",
    "{L} {here} [runs|run] at {v} the level of {o}.",
    "On {l}, {q} comes to {v} the figure of {o}.",
    "Against {o}, {l} {here} [is|are] {v} as high.",
    "{P} {l} [is|are] {v} what {o} shows.",
)
TWICE = {
    "twice": (
        "{L} {here} [is|are] twice that of {o}.",
        "{L} {here} [is|are] double the level in {o}.",
        "{S} <have|has> about twice the {l} of {o}.",
        "On {l}, {q} doubles the figure of {o}.",
        "{P} {l} [is|are] twice as high as in {o}.",
    ),
    "half": (
        "{L} {here} [is|are] half that of {o}.",
        "{L} {here} [is|are] half as high as in {o}.",
        "{S} <have|has> about half the {l} of {o}.",
        "On {l}, {q} comes to half the figure of {o}.",
        "{P} {l} [is|are] half of what {o} shows.",
    ),
    "three times": (
        "{L} {here} [is|are] three times that of {o}.",
        "{S} <have|has> about three times the {l} of {o}.",
        "On {l}, {q} triples the figure of {o}.",
        "{P} {l} [is|are] three times as high as in {o}.",
    ),
}
PERCENT_MORE = (
    "{L} {here} [is|are] {v} higher than the overall average.",
    "{L} {here} [runs|run] {v} above the average.",
    "{S} <exceed|exceeds> the average on {l} by {v}.",
    "{P} {l} [is|are] {v} above the population mean.",
    "On {l}, {q} is {v} ahead of the average.",
    "{S} <average|averages> {v} more {l} than all {accounts} together.",
)
PERCENT_LESS = (
    "{L} {here} [is|are] {v} lower than the overall average.",
    "{L} {here} [runs|run] {v} below the average.",
    "{S} <fall|falls> {v} short of the average on {l}.",
    "{P} {l} [is|are] {v} below the population mean.",
    "On {l}, {q} is {v} behind the average.",
    "{L} {here} [stays|stay] {v} under the overall mean.",
)
POINTS_MORE = (
    "{L} {here} [is|are] {v} above the average.",
    "{P} {l} [is|are] {v} higher than overall.",
    "{S} <sit|sits> {v} above the overall {l}.",
    "On {l}, {q} is {v} ahead of the average.",
    "{L}: {v} above the population mean {here}.",
    "{S} <top|tops> the average {l} by {v}.",
)
POINTS_LESS = (
    "{L} {here} [is|are] {v} below the average.",
    "{P} {l} [is|are] {v} lower than overall.",
    "{S} <sit|sits> {v} below the overall {l}.",
    "On {l}, {q} is {v} behind the average.",
    "{L}: {v} below the population mean {here}.",
    "{S} <trail|trails> the average {l} by {v}.",
)
