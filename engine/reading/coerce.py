"""Text columns become numbers, dates and booleans, where the whole column agrees.

A column is tried in a few forms (integer, decimal point, decimal comma, per cent, money, dates ...).
A sample proposes, the whole column decides: one value that does not fit leaves it text. Every change
is told in a note. Identifiers with leading zeros and numbers too long to hold exactly stay text.
"""

import re
from dataclasses import dataclass

import duckdb

from engine.numbers import count
from engine.reading import forms
from engine.reading.forms import MISSING_WORDS
from engine.sql import quoted

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
            coercions.append(
                _other(cursor, table, field, header, samples[field].values, day_first, delimiter)
            )
    return coercions


def _trimmed(field: str) -> str:
    return f"trim({quoted(field)}, ' \t\u00a0')"


def _present(field: str) -> str:
    words = ", ".join(f"'{word}'" for word in MISSING_WORDS)
    return f"{quoted(field)} IS NOT NULL AND {_trimmed(field)} NOT IN ({words})"


@dataclass(frozen=True)
class _Sample:
    """values: trimmed, without the missing ones. complete: whether they are all the column has."""

    values: list[str]
    words: int
    blanks: int
    complete: bool


def _samples(cursor: duckdb.DuckDBPyConnection, table: str, fields: list[str]) -> dict[str, _Sample]:
    """The first 2,000 rows of each column and as many spread over the table."""
    if not fields:
        return {}
    row = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
    total = row[0] if row else 0
    step = max(1, total // SAMPLE_ROWS)
    names = ", ".join(quoted(field) for field in fields)
    rows = cursor.execute(
        f"SELECT {names} FROM {table} WHERE row_number <= ? OR row_number % ? = 0", [SAMPLE_ROWS, step]
    ).fetchall()
    absent = set(MISSING_WORDS) - {""}
    samples: dict[str, _Sample] = {}
    for position, field in enumerate(fields):
        filled = [line[position].strip(" \t\u00a0") for line in rows if line[position] is not None]
        values = [value for value in filled if value and value not in absent]
        blanks = filled.count("")
        samples[field] = _Sample(values, len(filled) - len(values) - blanks, blanks, len(rows) == total)
    return samples


def _numeric_fits(
    cursor: duckdb.DuckDBPyConnection, table: str, samples: dict[str, _Sample]
) -> dict[str, _Fit]:
    """For each column that is numeric throughout: its wrapper and every form that fits all values."""
    sampled = {field: _sampled_forms(sample.values) for field, sample in samples.items()}
    likely = {
        field: found[1][0]
        for field, found in sampled.items()
        if found and found[0] == "plain" and not samples[field].complete and _is_plain(found[1])
    }
    fits = {
        field: _Fit("plain", (likely[field],), 0, 0) for field in _usual_throughout(cursor, table, likely)
    }
    for field, found in sampled.items():
        if not found or field in fits:
            continue
        wrapper, cores = found
        if samples[field].complete:
            fits[field] = _Fit(wrapper, tuple(cores), samples[field].words, samples[field].blanks)
            continue
        fit = _whole_fit(cursor, table, field, wrapper, cores[:1] if cores[0] == "integer" else cores)
        if not fit and cores[0] == "integer":
            fit = _whole_fit(cursor, table, field, wrapper, cores[1:])
        if fit:
            fits[field] = fit
    return fits


def _is_plain(cores: list[str]) -> bool:
    """Whether the first form stands whatever the rest of the file says."""
    return cores[0] == "integer" or (cores[0] == "point" and "comma" not in cores)


def _usual_throughout(cursor: duckdb.DuckDBPyConnection, table: str, likely: dict[str, str]) -> list[str]:
    """The fields whose every value is a usual number of the likely form: one pass for all of them."""
    if not likely:
        return []
    parts = [
        f"count({quoted(field)}), count(*) FILTER ({forms.is_usual(quoted(field), core)})"
        for field, core in likely.items()
    ]
    row = cursor.execute(f"SELECT {', '.join(parts)} FROM {table}").fetchone() or ()
    pairs = zip(row[::2], row[1::2], strict=True)
    return [field for field, (filled, usual) in zip(likely, pairs, strict=True) if filled == usual]


def _sampled_forms(values: list[str]) -> tuple[str, list[str]] | None:
    """The wrapper and the number forms that fit every value of the sample."""
    for wrapper in forms.WRAPPERS if values else ():
        cores = [
            core
            for core in forms.CORES
            if (wrapper == "plain" or core != "integer")
            and all(map(forms.compiled(forms.pattern(wrapper, core)).fullmatch, values))
        ]
        if cores:
            return wrapper, cores
    return None


def _whole_fit(
    cursor: duckdb.DuckDBPyConnection, table: str, field: str, wrapper: str, cores: list[str]
) -> _Fit | None:
    """The same over the whole column; None where no form fits every value."""
    filled, blanks, present, *fitting = _tally(
        cursor, table, field, [forms.matches("v", forms.pattern(wrapper, core)) for core in cores]
    )
    kept = tuple(core for core, number in zip(cores, fitting, strict=True) if number == present)
    return _Fit(wrapper, kept, filled - present - blanks, blanks) if kept else None


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
    return next(core for core in forms.CORES if core in cores), False


def _number(field: str, header: str, fit: _Fit, mark: str | None, delimiter: str | None) -> Coercion:
    core, open_question = _core(fit, mark, delimiter)
    text = _trimmed(field)
    if fit.wrapper == "money":
        text = f"regexp_replace({text}, '{forms.MONEY}| ', '', 'g')"
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
    value = f"TRY_CAST({text} AS {kind})"
    if fit.wrapper == "percent":
        value = f"{value} / 100"
    notes = _number_notes(header, fit, core, open_question)
    notes += _missing_notes(header, fit.words, fit.blanks)
    if fit.words:
        # NaN is a word for a missing value here, and a number to DuckDB.
        value = f"CASE WHEN {_present(field)} THEN {value} END"
    marks = {"comma": ",", "point": ".", "grouped": "."}
    return Coercion(field, value, tuple(notes), None if open_question else marks.get(core))


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
    """Filled, blank and present values of a column, then the present ones for each condition on `v`,
    the trimmed value."""
    words = ", ".join(f"'{word}'" for word in MISSING_WORDS)
    parts = ["count(*)", "count(*) FILTER (v = '')", "count(*) FILTER (here)"]
    parts += [f"count(*) FILTER (here AND {condition})" for condition in conditions]
    row = cursor.execute(
        f"SELECT {', '.join(parts)} "
        f"FROM (SELECT v, v NOT IN ({words}) AS here FROM "
        f"(SELECT {_trimmed(field)} AS v FROM {table} WHERE {quoted(field)} IS NOT NULL))"
    ).fetchone()
    return [int(number) for number in row or ()]


def _boolean(cursor: duckdb.DuckDBPyConnection, table: str, field: str, header: str) -> Coercion | None:
    filled, blanks, present, fitting = _tally(cursor, table, field, ["lower(v) IN ('true', 'false')"])
    if fitting != present:
        return None
    expression = f"CASE lower({_trimmed(field)}) WHEN 'true' THEN true WHEN 'false' THEN false END"
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
    if all(map(forms.compiled(forms.ZONED).fullmatch, sample)):
        return _zoned(cursor, table, field, header)
    names = [
        name
        for name, (shape, _, _) in forms.DATES.items()
        if all(map(forms.compiled(shape + forms.CLOCK).fullmatch, sample))
    ]
    if not names:
        return None
    conditions = [forms.matches("v", forms.DATES[name][0] + forms.CLOCK) for name in names]
    values = [_parsed("v", name) for name in names]
    tests = [f"{test} AND {value} IS NOT NULL" for test, value in zip(conditions, values, strict=True)]
    clock = "regexp_matches(v, '[0-9]:[0-9]')"
    tally = _tally(cursor, table, field, [*tests, clock])
    filled, blanks, present, clocks = tally[0], tally[1], tally[2], tally[-1]
    fitting = [name for name, number in zip(names, tally[3:-1], strict=True) if number == present]
    if not fitting:
        return None
    name, notes = fitting[0], []
    rival = forms.RIVALS.get(name)
    if rival in fitting:
        if day_first is False:
            name = rival
        if day_first is None:
            name = name if delimiter == ";" or name == "dmy dashed" else rival
            notes.append(
                f"`{header}`: every date fits both day first and month first; read as {forms.DATES[name][2]}. "
                "Choose the other order if that is wrong."
            )
    if not notes and name not in ("iso", "slashed"):
        notes.append(f"`{header}`: dates read as {forms.DATES[name][2]}.")
    notes += _missing_notes(header, filled - present - blanks, blanks)
    kind = "TIMESTAMP" if clocks else "DATE"
    expression = f"CAST({_parsed(_trimmed(field), name)} AS {kind})"
    return Coercion(field, expression, tuple(notes))


def _parsed(value: str, name: str) -> str:
    formats = ", ".join(f"'{form}{clock}'" for form in forms.DATES[name][1] for clock in forms.CLOCKS)
    return f"try_strptime({value}, [{formats}])"


def _zoned(cursor: duckdb.DuckDBPyConnection, table: str, field: str, header: str) -> Coercion | None:
    value = f"timezone('UTC', try_cast({_trimmed(field)} AS TIMESTAMPTZ))"
    test = f"{forms.matches('v', forms.ZONED)} AND try_cast(v AS TIMESTAMPTZ) IS NOT NULL"
    filled, blanks, present, fitting = _tally(cursor, table, field, [test])
    if fitting != present:
        return None
    notes = [f"`{header}`: times brought to UTC.", *_missing_notes(header, filled - present - blanks, blanks)]
    return Coercion(field, value, tuple(notes))
