"""The checker's rooms, in the order a sentence passes through them.

tokens      text becomes words with stems
words       what a word means to the checker: above, highest, twice, most, median, growing, effective ...
names       columns, category values and segments of one profile, in the ways people write them
numerals    figures, in digits and in words
reading     a sentence becomes items, and items become clauses that carry their subject along
frames      a clause becomes statements: who, what, relation or number, against whom
truth       the table of all that is true, computed from the profile
verify      each statement against the table
second      what else a statement may mean where its first reading rests on a guess
lint        what no table could bear out: trends, causes, invented attributes, claims of effect, strangers
advising    what advice states, and what in it goes against the facts
persona_names, claims   the two parts of a persona that are not sentences
"""
