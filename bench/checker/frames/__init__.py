"""Hand-written frames. Slots:

{S} {s} a subject (first word, or within a sentence), {P} {p} its possessive, {here} a place phrase, {q} the
segment as a noun; {L} {l} the label; {v} a number, {pop} the population's, {o} another segment, {n} a
count; {avg} the average, {accounts} and {all} what accounts are called. [sing|plur] agrees with the
label, <plur|sing> with the subject.
"""
