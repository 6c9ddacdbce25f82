"""Text columns become numbers, dates and booleans, where the whole column agrees.

A column is tried in a few forms (integer, decimal point, decimal comma, per cent, money, dates ...).
A sample proposes, the whole column decides: one value that does not fit leaves it text. Every change
is told in a note. Identifiers with leading zeros and numbers too long to hold exactly stay text.
"""

import re
from dataclasses import dataclass

import duckdb

from engine.numbers import count
from engine.sql import quoted

MISSING_WORDS = ("NULL", "null", "Null", "NaN", "nan", "NAN", "N/A", "n/a", "NA", "#N/A", "None", "none", "-",
                 "--", ".", "?", "")  # fmt: skip
"""Words that stand for nothing, but only in a column that is otherwise numbers or dates."""

GROUPS_POINT = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"
GROUPS_COMMA = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
GROUPS_SPACE = r"[1-9][0-9]{0,2}(?:[ '\x{00a0}\x{202f}’][0-9]{3})+"
WHOLE = r"(?:0|[1-9][0-9]{0,14})"
SMALL = r"(?:0|[1-9][0-9]{0,2})"
EXPONENT = r"(?:[eE][-+]?[0-9]{1,2})?"

CORES = {
    "integer": r"(?:0|[1-9][0-9]{0,17})",
    "point": rf"(?:{WHOLE}(?:\.[0-9]*)?|\.[0-9]+){EXPONENT}",
    "comma": rf"(?:{WHOLE}|{GROUPS_COMMA})(?:,[0-9]*)?",
    "grouped": rf"(?:{SMALL}|{GROUPS_POINT})(?:\.[0-9]+)?",
    "spaced": rf"(?:{SMALL}|{GROUPS_SPACE})(?:[.,][0-9]+)?",
}
"""The unsigned numbers of each form. "point" also fits 1.234 as a number just above one; "comma"
1,234 likewise; which it is, the other columns of the file decide."""

MONEY = r"(?:[$€£¥]|USD|EUR|GBP|CHF)"
WRAPPERS = {
    "plain": "[-+]?{core}",
    "percent": "[-+]?{core} ?%",
    "money": rf"(?:[-+]? ?{MONEY} ?[-+]?{{core}}|[-+]?{{core}} ?{MONEY}|\({MONEY} ?{{core}}\))",
}

DATES = {
    "iso": (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", ("%Y-%m-%d",), "year-month-day"),
    "slashed": (r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}", ("%Y/%m/%d",), "year/month/day"),
    "dmy": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", ("%d/%m/%Y",), "day/month/year"),
    "mdy": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", ("%m/%d/%Y",), "month/day/year"),
    "dmy dotted": (r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", ("%d.%m.%Y",), "day.month.year"),
    "dmy dashed": (r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", ("%d-%m-%Y",), "day-month-year"),
    "mdy dashed": (r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", ("%m-%d-%Y",), "month-day-year"),
    "dmy short": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}", ("%d/%m/%y",), "day/month/two-digit year"),
    "mdy short": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}", ("%m/%d/%y",), "month/day/two-digit year"),
    "named": (
        r"[0-9]{1,2}[- ][A-Za-z]{3,9}[- ][0-9]{4}",
        ("%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%d-%B-%Y"),
        "day month year",
    ),
    "named first": (r"[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4}", ("%b %d, %Y", "%B %d, %Y"), "month day, year"),
}
RIVALS = {"dmy": "mdy", "dmy dashed": "mdy dashed", "dmy short": "mdy short"}
CLOCK = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?[AaPp][Mm])?)?"
CLOCKS = ("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M", " %H:%M:%S.%f", "T%H:%M:%S.%f", " %I:%M:%S %p",
          " %I:%M %p")  # fmt: skip
ZONED = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[-+][0-9]{2}:?[0-9]{2})"
)

SAMPLE_ROWS = 2_000


@dataclass(frozen=True)
class Coercion:
    """What a column of text becomes: an SQL expression over it, and what to tell the user."""

    field: str
    expression: str
    notes: tuple[str, ...] = ()
    decimal: str | None = None


@dataclass(frozen=True)
class _Fit:
    wrapper: str
    cores: tuple[str, ...]
    filled: int
    words: int
    blanks: int


def coerce(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    columns: dict[str, str],
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    day_first: bool | None = None,
) -> list[Coercion]:
    """One Coercion for each text column of `columns` (field -> header) in the SQL name `table`.

    decimal and day_first settle what the values leave open; None takes the file's own evidence.
    """
    samples = _samples(cursor, table, list(columns))
    fits = _numeric_fits(cursor, table, samples)
    mark = decimal or _file_mark(fits)
    coercions: list[Coercion] = []
    for field, header in columns.items():
        if field in fits:
            coercions.append(_number(field, header, fits[field], mark, delimiter))
        else:
            coercions.append(_other(cursor, table, field, header, samples[field], day_first, delimiter))
    return coercions


def _trimmed(field: str) -> str:
    return f"trim({quoted(field)}, ' \t\u00a0')"


def _words() -> str:
    return ", ".join(f"'{word}'" for word in MISSING_WORDS)


def _present(field: str) -> str:
    return f"{quoted(field)} IS NOT NULL AND {_trimmed(field)} NOT IN ({_words()})"


def _matches(field: str, pattern: str) -> str:
    return f"regexp_full_match({_trimmed(field)}, '{pattern.replace(chr(39), chr(39) * 2)}')"


def _python(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\x\{([0-9a-f]{4})\}", r"\\u\1", pattern))


def _samples(cursor: duckdb.DuckDBPyConnection, table: str, fields: list[str]) -> dict[str, list[str]]:
    """Up to 2,000 values of each column, trimmed, without the missing ones: the first rows of the
    table and as many spread over it."""
    if not fields:
        return {}
    row = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
    step = max(1, (row[0] if row else 0) // SAMPLE_ROWS)
    names = ", ".join(quoted(field) for field in fields)
    rows = cursor.execute(
        f"SELECT {names} FROM {table} WHERE row_number <= ? OR row_number % ? = 0",
        [SAMPLE_ROWS, step],
    ).fetchall()
    absent = set(MISSING_WORDS)
    samples: dict[str, list[str]] = {}
    for position, field in enumerate(fields):
        values = (line[position].strip(" \t\u00a0") for line in rows if line[position] is not None)
        samples[field] = [value for value in values if value not in absent]
    return samples


def _pattern(wrapper: str, core: str) -> str:
    return WRAPPERS[wrapper].format(core=f"(?:{CORES[core]})")


def _numeric_fits(
    cursor: duckdb.DuckDBPyConnection, table: str, samples: dict[str, list[str]]
) -> dict[str, _Fit]:
    """For each column that is numeric throughout: its wrapper and every form that fits all values."""
    tries: list[tuple[str, str, list[str]]] = []
    for field, values in samples.items():
        for wrapper in WRAPPERS if values else ():
            cores = [
                core
                for core in CORES
                if all(map(_python(_pattern(wrapper, core)).fullmatch, values))
                and not (core == "integer" and wrapper != "plain")
            ]
            if cores:
                tries.append((field, wrapper, cores))
                break
    if not tries:
        return {}
    counts = ["count(*)"]
    for field, wrapper, cores in tries:
        counts.append(f"count(*) FILTER ({_present(field)})")
        counts.append(f"count(*) FILTER ({quoted(field)} IS NOT NULL AND {_trimmed(field)} = '')")
        counts.append(f"count({quoted(field)})")
        counts += [
            f"count(*) FILTER ({_present(field)} AND {_matches(field, _pattern(wrapper, core))})"
            for core in cores
        ]
    row = cursor.execute(f"SELECT {', '.join(counts)} FROM {table}").fetchone()
    numbers = iter(row[1:] if row else ())
    fits: dict[str, _Fit] = {}
    for field, wrapper, cores in tries:
        present, blanks, filled = next(numbers), next(numbers), next(numbers)
        fitting = tuple(core for core in cores if next(numbers) == present)
        if fitting:
            fits[field] = _Fit(wrapper, fitting, present, filled - present - blanks, blanks)
    return fits


def _file_mark(fits: dict[str, _Fit]) -> str | None:
    """The decimal mark that the unambiguous columns of the file agree on."""
    marks = set()
    for fit in fits.values():
        if "integer" in fit.cores:
            continue
        if "comma" in fit.cores and not {"point", "grouped"} & set(fit.cores):
            marks.add(",")
        elif "comma" not in fit.cores and {"point", "grouped"} & set(fit.cores):
            marks.add(".")
    return marks.pop() if len(marks) == 1 else None


def _core(fit: _Fit, mark: str | None, delimiter: str | None) -> tuple[str, bool]:
    """The form to read a column in, and whether its values leave room for another reading."""
    cores = set(fit.cores)
    if "integer" in cores:
        return "integer", False
    if {"point", "comma"} <= cores:
        return ("comma" if mark == "," else "point"), mark is None
    if {"comma", "grouped"} <= cores:
        comma = mark == "," or (mark is None and delimiter == ";")
        return ("comma" if comma else "grouped"), mark is None
    return next(core for core in CORES if core in cores), False


def _number(field: str, header: str, fit: _Fit, mark: str | None, delimiter: str | None) -> Coercion:
    core, open_question = _core(fit, mark, delimiter)
    text = _trimmed(field)
    if fit.wrapper == "money":
        text = f"regexp_replace({text}, '{MONEY}| ', '', 'g')"
        text = f"regexp_replace({text}, '^\\((.*)\\)$', '-\\1')"
    elif fit.wrapper == "percent":
        text = f"rtrim({text}, ' %')"
    if core == "comma":
        text = f"replace(replace({text}, '.', ''), ',', '.')"
    elif core == "grouped":
        text = f"replace({text}, ',', '')"
    elif core == "spaced":
        text = f"replace(regexp_replace({text}, '[ ''\\x{{00a0}}\\x{{202f}}’]', '', 'g'), ',', '.')"
    kind = "BIGINT" if core == "integer" else "DOUBLE"
    value = f"CAST({text} AS {kind})"
    if fit.wrapper == "percent":
        value = f"{value} / 100"
    notes = _number_notes(header, fit, core, open_question)
    notes += _missing_notes(header, fit.words, fit.blanks)
    expression = f"CASE WHEN {_present(field)} THEN {value} END"
    marks = {"comma": ",", "point": ".", "grouped": "."}
    return Coercion(field, expression, tuple(notes), None if open_question else marks.get(core))


def _number_notes(header: str, fit: _Fit, core: str, open_question: bool) -> list[str]:
    notes = []
    if fit.wrapper == "percent":
        notes.append(f"`{header}`: per cent read as fractions (46% is 0.46).")
    if fit.wrapper == "money":
        notes.append(f"`{header}`: currency signs left out, amounts read as numbers.")
    if open_question and core == "grouped":
        notes.append(
            f"`{header}`: commas read as thousands marks; choose the decimal mark if they are decimals."
        )
    elif open_question and core == "comma":
        notes.append(
            f"`{header}`: commas read as decimal marks; choose the decimal mark if they are thousands."
        )
    elif core == "comma":
        notes.append(f"`{header}`: read with a decimal comma.")
    elif core in ("grouped", "spaced"):
        notes.append(f"`{header}`: thousands marks left out.")
    return notes


def _missing_notes(header: str, words: int, blanks: int) -> list[str]:
    notes = []
    if blanks:
        notes.append(f"{count(blanks)} blank value{_s(blanks)} in `{header}` read as missing.")
    if words:
        notes.append(
            f"{count(words)} value{_s(words)} in `{header}` such as NULL, N/A or “-” read as missing."
        )
    return notes


def _s(number: int) -> str:
    return "" if number == 1 else "s"


def _other(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    field: str,
    header: str,
    sample: list[str],
    day_first: bool | None,
    delimiter: str | None,
) -> Coercion:
    if sample and {value.lower() for value in sample} <= {"true", "false"}:
        found = _boolean(cursor, table, field, header)
        if found:
            return found
    if sample and any(character.isdigit() for character in sample[0]):
        found = _date(cursor, table, field, header, sample, day_first, delimiter)
        if found:
            return found
    notes: tuple[str, ...] = ()
    if sample and all(re.fullmatch(r"[0-9]+", value) for value in sample):
        why = "leading zeros" if any(value[0] == "0" for value in sample) else "digits beyond 18"
        notes = (f"`{header}`: kept as text, to keep its {why}.",)
    return Coercion(field, quoted(field), notes)


def _tally(cursor: duckdb.DuckDBPyConnection, table: str, field: str, conditions: list[str]) -> list[int]:
    """Filled, blank and present values of a column, then the present ones for each condition."""
    parts = [
        f"count({quoted(field)})",
        f"count(*) FILTER ({quoted(field)} IS NOT NULL AND {_trimmed(field)} = '')",
        f"count(*) FILTER ({_present(field)})",
        *(f"count(*) FILTER ({_present(field)} AND {condition})" for condition in conditions),
    ]
    row = cursor.execute(f"SELECT {', '.join(parts)} FROM {table}").fetchone()
    return [int(number) for number in row or ()]


def _boolean(cursor: duckdb.DuckDBPyConnection, table: str, field: str, header: str) -> Coercion | None:
    lower = f"lower({_trimmed(field)})"
    filled, blanks, present, fitting = _tally(cursor, table, field, [f"{lower} IN ('true', 'false')"])
    if fitting != present:
        return None
    expression = f"CASE WHEN {_present(field)} THEN {lower} = 'true' END"
    return Coercion(field, expression, tuple(_missing_notes(header, filled - present - blanks, blanks)))


def _date(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    field: str,
    header: str,
    sample: list[str],
    day_first: bool | None,
    delimiter: str | None,
) -> Coercion | None:
    if all(map(_python(ZONED).fullmatch, sample)):
        return _zoned(cursor, table, field, header)
    names = [
        name for name, (shape, _, _) in DATES.items() if all(map(_python(shape + CLOCK).fullmatch, sample))
    ]
    if not names:
        return None
    conditions = [_matches(field, DATES[name][0] + CLOCK) for name in names]
    values = [_parsed(field, name) for name in names]
    tests = [f"{test} AND {value} IS NOT NULL" for test, value in zip(conditions, values, strict=True)]
    clock = f"regexp_matches({_trimmed(field)}, '[0-9]:[0-9]')"
    tally = _tally(cursor, table, field, [*tests, clock])
    filled, blanks, present, clocks = tally[0], tally[1], tally[2], tally[-1]
    fitting = [name for name, number in zip(names, tally[3:-1], strict=True) if number == present]
    if not fitting:
        return None
    name, notes = fitting[0], []
    rival = RIVALS.get(name)
    if rival in fitting:
        if day_first is False:
            name = rival
        if day_first is None:
            name = name if delimiter == ";" or name == "dmy dashed" else rival
            notes.append(
                f"`{header}`: every date fits both day first and month first; read as {DATES[name][2]}. "
                "Choose the other order if that is wrong."
            )
    if not notes and name not in ("iso", "slashed"):
        notes.append(f"`{header}`: dates read as {DATES[name][2]}.")
    notes += _missing_notes(header, filled - present - blanks, blanks)
    kind = "TIMESTAMP" if clocks else "DATE"
    expression = f"CASE WHEN {_present(field)} THEN CAST({_parsed(field, name)} AS {kind}) END"
    return Coercion(field, expression, tuple(notes))


def _parsed(field: str, name: str) -> str:
    formats = ", ".join(f"'{form}{clock}'" for form in DATES[name][1] for clock in CLOCKS)
    return f"try_strptime({_trimmed(field)}, [{formats}])"


def _zoned(cursor: duckdb.DuckDBPyConnection, table: str, field: str, header: str) -> Coercion | None:
    value = f"timezone('UTC', try_cast({_trimmed(field)} AS TIMESTAMPTZ))"
    test = f"{_matches(field, ZONED)} AND {value} IS NOT NULL"
    filled, blanks, present, fitting = _tally(cursor, table, field, [test])
    if fitting != present:
        return None
    notes = [f"`{header}`: times brought to UTC.", *_missing_notes(header, filled - present - blanks, blanks)]
    return Coercion(field, f"CASE WHEN {_present(field)} THEN {value} END", tuple(notes))
