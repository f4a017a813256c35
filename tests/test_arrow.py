"""Registers from every data frame, in every type of column; tables of results for each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import AS_OF, PROJECT, ROWS

import utfall as uf

STOCKHOLM = ZoneInfo("Europe/Stockholm")
GENDERS, STEPS, DAYS = ROWS["Kön"], ROWS["Steg"], ROWS["Fullföljd"]
MONTHS, ACTIVE, IDS = ROWS["Månader"], ROWS["Aktiv"], ROWS["Deltagare"]


def same(evaluation):
    """Give everything that an evaluation says, to be compared."""
    found = (evaluation.figures, evaluation.verdicts, evaluation.findings)
    return [list(table) for table in found]


@pytest.fixture
def expected(evaluation):
    return same(evaluation)


def test_the_rows_give_what_is_counted_by_hand(evaluation):
    counts = {
        name: (figure.successes, figure.observed, figure.missing, figure.not_due)
        for name in evaluation.project.indicators
        for figure in [evaluation[name]]
    }
    assert counts == {
        "participants": (7, 7, 0, 0),
        "men": (2, 6, 1, 0),
        "far": (3, 6, 1, 0),
        "followed_up": (2, 3, 1, 2),
        "long": (4, 6, 1, 0),
    }
    assert [row["code"] for row in evaluation.findings] == []


# ── PyArrow: each type that a column can have ──


def moments(unit, zone, hour=0):
    """Give the days as moments: midnight in the zone, or an hour of the day without one."""
    wall = [day and dt.datetime.combine(day, dt.time(hour)) for day in DAYS]
    if zone:
        wall = [moment and moment.replace(tzinfo=ZoneInfo(zone)) for moment in wall]
    return pa.array(wall, pa.timestamp(unit, zone))


def offset_moments():
    """Give half past midnight in a zone that is only an offset: the day before in UTC."""
    ahead = dt.timezone(dt.timedelta(hours=2))
    wall = [day and dt.datetime.combine(day, dt.time(0, 30), ahead) for day in DAYS]
    return pa.array(wall, pa.timestamp("s", "+02:00"))


def keyed(cells, key, values=None):
    """Give the cells as a dictionary array, with keys of one width."""
    known = list(dict.fromkeys(cell for cell in cells if cell is not None))
    keys = pa.array([None if cell is None else known.index(cell) for cell in cells], key)
    return pa.DictionaryArray.from_arrays(keys, pa.array(known, values))


KEYS = [pa.int8(), pa.int16(), pa.int32(), pa.int64()]
UNSIGNED_KEYS = [pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]
STRINGS = [pa.string(), pa.large_string(), pa.string_view()]
INTEGERS = [*KEYS, *UNSIGNED_KEYS]
FLOATS = [pa.float32(), pa.float64()]
DECIMALS = [pa.decimal32(9, 0), pa.decimal64(18, 0), pa.decimal128(38, 0), pa.decimal128(10, 2)]
DATES = [pa.date32(), pa.date64()]
UNITS = ["s", "ms", "us", "ns"]
ZONES = [None, "UTC", "Europe/Stockholm", "America/New_York", "Pacific/Kiritimati"]

COLUMNS = {
    **{f"level as {kind}": ("Kön", pa.array(GENDERS, kind)) for kind in STRINGS},
    **{f"id as {kind}": ("Deltagare", pa.array(IDS, kind)) for kind in STRINGS},
    **{f"id as {kind}": ("Deltagare", pa.array(range(1, 8), kind)) for kind in INTEGERS},
    **{
        f"level as dictionary<{key}, {kind}>": ("Kön", keyed(GENDERS, key, kind))
        for key in INTEGERS
        for kind in STRINGS
    },
    **{
        f"ordinal as dictionary<{key}, {value}>": ("Steg", keyed(STEPS, key, value))
        for key, value in zip(INTEGERS, reversed(INTEGERS), strict=True)
    },
    **{f"ordinal as {kind}": ("Steg", pa.array(STEPS, kind)) for kind in [*INTEGERS, *FLOATS]},
    "ordinal as string": ("Steg", pa.array([step and str(step) for step in STEPS])),
    **{
        f"ordinal as {kind}": ("Steg", pa.array([step and Decimal(step) for step in STEPS], kind))
        for kind in DECIMALS
    },
    **{f"number as {kind}": ("Månader", pa.array(MONTHS, kind)) for kind in [*INTEGERS, *FLOATS]},
    **{
        f"number as {kind}": (
            "Månader",
            pa.array([None if cell is None else Decimal(cell) for cell in MONTHS], kind),
        )
        for kind in DECIMALS
    },
    **{f"date as {kind}": ("Fullföljd", pa.array(DAYS, kind)) for kind in DATES},
    **{
        f"date as timestamp[{unit}, {zone}]": ("Fullföljd", moments(unit, zone))
        for unit in UNITS
        for zone in ZONES
    },
    "date as the last hour": ("Fullföljd", moments("us", None, hour=23)),
    "date in an offset": ("Fullföljd", offset_moments()),
    "flag as bool": ("Aktiv", pa.array(ACTIVE, pa.bool_())),
    "flag as int8": ("Aktiv", pa.array(ACTIVE).cast(pa.int8())),
    "flag as float64": ("Aktiv", pa.array(ACTIVE).cast(pa.int8()).cast(pa.float64())),
    "flag as ja and nej": ("Aktiv", pa.array([{True: "ja", False: "Nej"}.get(a) for a in ACTIVE])),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_reads_alike_in_every_type(name, project, table, expected):
    header, column = COLUMNS[name]
    changed = table.set_column(table.schema.get_field_index(header), header, column)
    assert same(project.evaluate({"participants": changed}, AS_OF)) == expected


def test_midnight_in_stockholm_is_that_day(project, rows):
    midnight = dt.datetime(2022, 3, 30, tzinfo=STOCKHOLM)
    assert midnight.astimezone(dt.timezone.utc).day == 29
    rows = {header: cells[:1] for header, cells in rows.items()}
    due = {}
    for zone in ("Europe/Stockholm", "UTC"):
        rows["Fullföljd"] = pa.array([midnight], pa.timestamp("us", zone))
        evaluation = project.evaluate({"participants": pa.table(rows)}, "2022-06-29")
        due[zone] = evaluation["followed_up"].due
    assert due == {"Europe/Stockholm": 0, "UTC": 1}


def test_a_null_within_a_dictionary_is_a_null(project, table, expected):
    codes = pa.array([0, 1, 0, 2, 1, 0, 0], pa.int8())
    column = pa.DictionaryArray.from_arrays(codes, pa.array(["K", "M", None]))
    changed = table.set_column(1, "Kön", column)
    assert same(project.evaluate({"participants": changed}, AS_OF)) == expected


def test_a_dictionary_may_hold_what_no_row_has(project, table, expected):
    codes = pa.array([3, 1, 3, None, 1, 3, 3], pa.int8())
    column = pa.DictionaryArray.from_arrays(codes, pa.array(["Q", "M", None, "K"]))
    changed = table.set_column(1, "Kön", column)
    assert same(project.evaluate({"participants": changed}, AS_OF)) == expected


def test_each_batch_may_have_its_own_dictionary(project, table, expected):
    first, second = table.slice(0, 3), table.slice(3)
    batches = [
        part.set_column(1, "Kön", part["Kön"].cast(pa.dictionary(pa.int8(), pa.string())))
        for part in (first, second)
    ]
    dictionaries = {str(batch["Kön"].chunk(0).dictionary.to_pylist()) for batch in batches}
    assert dictionaries == {"['K', 'M']", "['M', 'K']"}
    whole = pa.concat_tables(batches)
    assert same(project.evaluate({"participants": whole}, AS_OF)) == expected


LEVELS = ("Kön", "Steg", "Aktiv")


@pytest.mark.parametrize("header", ["Kön", "Steg", "Fullföljd", "Månader", "Aktiv"])
def test_a_column_of_nulls_reads_alike_in_every_type(header, project, table):
    types = [pa.null(), table.schema.field(header).type]
    if header in LEVELS:
        types += [pa.dictionary(pa.int8(), pa.null()), pa.dictionary(pa.int8(), pa.string())]
    position = table.schema.get_field_index(header)
    found = []
    for kind in types:
        changed = table.set_column(position, header, pa.nulls(table.num_rows, kind))
        found.append(same(project.evaluate({"participants": changed}, AS_OF)))
    assert all(one == found[0] for one in found)


# ── Producers ──


class OnlyAStream:
    """A table of a library that nobody has heard of."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        """Hand over what the table hands over."""
        return self.table.__arrow_c_stream__(requested_schema)


class OnlyAnArray:
    """A record batch of such a library."""

    def __init__(self, batch):
        self.batch = batch

    def __arrow_c_array__(self, requested_schema=None):
        """Hand over what the batch hands over."""
        return self.batch.__arrow_c_array__(requested_schema)


def arrow(**columns):
    return pa.table({**ROWS, **columns})


def polars(**columns):
    return pl.DataFrame({**ROWS, **columns}, strict=False)


def pandas(**columns):
    return pd.DataFrame({**ROWS, **columns})


def relation(**types):
    """Give a DuckDB relation with the columns cast to other types."""
    rows = arrow()
    columns = [
        f'"{name}"::{types[name]} AS "{name}"' if name in types else f'"{name}"' for name in ROWS
    ]
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'Europe/Stockholm'")
    connection.execute("CREATE TYPE gender AS ENUM ('M', 'K')")
    connection.register("rows", rows)
    return connection.sql(f"SELECT {', '.join(columns)} FROM rows")  # noqa: S608 - of this file


def chunked():
    table = arrow()
    empty, parts = table.slice(0, 0), [table.slice(start, 2) for start in range(0, 8, 2)]
    return pa.concat_tables([empty, parts[0], empty, *parts[1:]])


def in_stockholm(kind):
    """Give the days as pandas midnights in Stockholm."""
    moments = pd.Series(pd.to_datetime(DAYS)).dt.as_unit("us").dt.tz_localize("Europe/Stockholm")
    return moments.astype(kind)


def object_rows():
    return pd.DataFrame({header: pd.Series(cells, dtype=object) for header, cells in ROWS.items()})


PRODUCERS = {
    "pyarrow.Table": arrow,
    "pyarrow.Table in chunks": chunked,
    "pyarrow.RecordBatch": lambda: arrow().to_batches()[0],
    "pyarrow.RecordBatchReader": lambda: chunked().to_reader(max_chunksize=1),
    "pyarrow.Table of slices": lambda: pa.concat_tables([arrow()] * 3).slice(7, 7),
    "anything with a stream": lambda: OnlyAStream(arrow()),
    "anything with an array": lambda: OnlyAnArray(arrow().to_batches()[0]),
    "columns in another order": lambda: arrow().select(list(reversed(ROWS))),
    "headers with spaces around": lambda: arrow().rename_columns([f" {name} " for name in ROWS]),
    "polars": polars,
    "polars in chunks": lambda: pl.concat([polars()[:3], polars()[3:]], rechunk=False),
    "polars Categorical": lambda: polars().with_columns(pl.col("Kön").cast(pl.Categorical)),
    "polars Enum": lambda: polars().with_columns(pl.col("Kön").cast(pl.Enum(["M", "K"]))),
    "polars Int8": lambda: polars().with_columns(pl.col("Steg", "Månader").cast(pl.Int8)),
    "polars UInt64": lambda: polars().with_columns(pl.col("Steg", "Månader").cast(pl.UInt64)),
    "polars Float32": lambda: polars().with_columns(pl.col("Steg", "Månader").cast(pl.Float32)),
    "polars NaN": lambda: polars().with_columns(
        pl.col("Steg", "Månader").cast(pl.Float64).fill_null(float("nan"))
    ),
    "polars Decimal": lambda: polars().with_columns(pl.col("Steg").cast(pl.Decimal(10, 1))),
    "polars Datetime": lambda: polars().with_columns(pl.col("Fullföljd").cast(pl.Datetime("ms"))),
    "polars Datetime in Stockholm": lambda: polars().with_columns(
        pl.col("Fullföljd").cast(pl.Datetime("us")).dt.replace_time_zone("Europe/Stockholm")
    ),
    "pandas": pandas,
    "pandas object": object_rows,
    "pandas str": lambda: pandas(Kön=pd.Series(GENDERS, dtype="str")),
    "pandas string[python]": lambda: pandas(Kön=pd.Series(GENDERS, dtype="string[python]")),
    "pandas string[pyarrow]": lambda: pandas(Kön=pd.Series(GENDERS, dtype="string[pyarrow]")),
    "pandas categorical": lambda: pandas(Kön=pd.Categorical(GENDERS, ["M", "K", "X"])),
    "pandas categorical of numbers": lambda: pandas(Steg=pd.Categorical(STEPS, [5, 4, 3, 2, 1])),
    "pandas Int64": lambda: pandas(Steg=pd.Series(STEPS, dtype="Int64")),
    "pandas Int8": lambda: pandas(Steg=pd.Series(STEPS, dtype="Int8")),
    "pandas float integers": lambda: pandas(Steg=pd.Series(STEPS, dtype="float64")),
    "pandas boolean": lambda: pandas(Aktiv=pd.Series(ACTIVE, dtype="boolean")),
    "pandas bool as numbers": lambda: pandas(Aktiv=pd.Series(ACTIVE, dtype="Int64")),
    "pandas datetime64": lambda: pandas(Fullföljd=pd.to_datetime(DAYS).astype("datetime64[us]")),
    "pandas datetime64[ns]": lambda: pandas(
        Fullföljd=pd.to_datetime(DAYS).astype("datetime64[ns]")
    ),
    "pandas datetime64 in Stockholm": lambda: pandas(
        Fullföljd=in_stockholm("datetime64[us, Europe/Stockholm]")
    ),
    "pandas date objects": lambda: pandas(Fullföljd=pd.Series(DAYS, dtype=object)),
    "pandas ArrowDtype": lambda: arrow().to_pandas(types_mapper=pd.ArrowDtype),
    "pandas with the id as index": lambda: pandas().set_index("Deltagare"),
    "pandas with two indexes": lambda: pandas().set_index(["Deltagare", "Kön"]),
    "pandas with an index that is a column too": lambda: pandas().set_index(
        "Deltagare", drop=False
    ),
    "pandas with a shuffled index": lambda: pandas().set_axis([9, 3, 5, 1, 2, 7, 4]),
    "duckdb": relation,
    "duckdb VARCHAR": lambda: relation(Steg="VARCHAR", Aktiv="VARCHAR"),
    "duckdb ENUM": lambda: relation(Kön="gender"),
    "duckdb DATE": lambda: relation(Fullföljd="DATE"),
    "duckdb TIMESTAMP": lambda: relation(Fullföljd="TIMESTAMP"),
    "duckdb TIMESTAMP_S": lambda: relation(Fullföljd="TIMESTAMP_S"),
    "duckdb TIMESTAMP_MS": lambda: relation(Fullföljd="TIMESTAMP_MS"),
    "duckdb TIMESTAMP_NS": lambda: relation(Fullföljd="TIMESTAMP_NS"),
    "duckdb TIMESTAMPTZ": lambda: relation(Fullföljd="TIMESTAMPTZ"),
    "duckdb HUGEINT": lambda: relation(Steg="HUGEINT", Månader="HUGEINT"),
    "duckdb UTINYINT": lambda: relation(Steg="UTINYINT", Månader="UTINYINT"),
    "duckdb DECIMAL": lambda: relation(Steg="DECIMAL(9, 2)", Månader="DECIMAL(18, 3)"),
    "duckdb DOUBLE": lambda: relation(Steg="DOUBLE", Månader="FLOAT"),
}


@pytest.mark.parametrize("name", PRODUCERS)
def test_every_producer_gives_the_same_evaluation(name, project, expected):
    assert same(project.evaluate({"participants": PRODUCERS[name]()}, AS_OF)) == expected


def test_a_table_is_left_as_it_was(project):
    frame = pandas().set_index("Deltagare")
    project.evaluate({"participants": frame}, AS_OF)
    assert frame.index.name == "Deltagare"
    assert list(frame.columns) == list(ROWS)[1:]


def test_an_index_that_holds_data_is_not_lost_silently(project):
    frame = pandas().set_axis(IDS).drop(columns="Deltagare")
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": frame}, AS_OF)
    assert caught.value.code == "missing_header"


# ── Weights ──

STAFF = """
schema = 1
name = "Staff"
[registers.staff]
unit = "person"
weight = "Antal"
columns.gender = { header = "Kön", type = "level", levels = ["K", "M"] }
[indicators.men]
kind = "share"
register = "staff"
having = { gender = "M" }
"""


def summed(kind):
    rows = pa.table({"Kön": ["K"] * 17 + ["M"] * 5, "ett": [1] * 22})
    connection = duckdb.connect()
    connection.register("rows", rows)
    return connection.sql(
        f'SELECT "Kön", sum(ett::{kind}) AS "Antal" FROM rows GROUP BY "Kön" ORDER BY "Kön"'  # noqa: S608
    )


WEIGHTS = {
    **{f"pyarrow {kind}": pa.array([17, 5], kind) for kind in [*INTEGERS, *FLOATS]},
    **{f"pyarrow {kind}": pa.array([Decimal(17), Decimal(5)], kind) for kind in DECIMALS},
}


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_weight_may_have_any_type_of_number(name):
    staff = pa.table({"Kön": ["K", "M"], "Antal": WEIGHTS[name]})
    men = uf.Project.from_toml(STAFF).evaluate({"staff": staff}, AS_OF)["men"]
    assert (men.successes, men.observed) == (5, 22)


@pytest.mark.parametrize("kind", ["INTEGER", "BIGINT", "HUGEINT", "DECIMAL(9, 2)", "DOUBLE"])
def test_a_sum_in_duckdb_is_a_weight(kind):
    men = uf.Project.from_toml(STAFF).evaluate({"staff": summed(kind)}, AS_OF)["men"]
    assert (men.successes, men.observed) == (5, 22)


def test_a_weight_beyond_64_bits_is_told():
    staff = pa.table({"Kön": ["K", "M"], "Antal": pa.array([2**64 - 1, 0], pa.uint64())})
    with pytest.raises(uf.RegisterError) as caught:
        uf.Project.from_toml(STAFF).evaluate({"staff": staff}, AS_OF)
    assert caught.value.code == "weight_overflow"
    assert str(caught.value) == (
        "register `staff`: column `Antal` of weights is larger than can be counted exactly in row 1"
    )


# ── What is refused, and what to do ──

NOT_TABLES = {
    "LazyFrame": (lambda: polars().lazy(), "a LazyFrame", "call .collect() first"),
    "polars Series": (
        lambda: polars()["Kön"],
        "a Series",
        "hand over the whole table, not one column",
    ),
    "pandas Series": (
        lambda: pandas()["Kön"],
        "a Series",
        "hand over the whole table, not one column",
    ),
    "ChunkedArray": (
        lambda: arrow()["Kön"],
        "a ChunkedArray",
        "hand over the whole table, not one column",
    ),
    "Array": (
        lambda: arrow()["Kön"].chunk(0),
        "a StringArray",
        "hand over the whole table, not one column",
    ),
    "dict": (
        lambda: dict(ROWS),
        "a dict",
        "make a table of it: pyarrow.table(...) or polars.DataFrame(...)",
    ),
    "list": (
        lambda: arrow().to_pylist(),
        "a list",
        "make a table of it: pyarrow.Table.from_pylist(...) or polars.DataFrame(...)",
    ),
    "int": (
        lambda: 7,
        "an int",
        "hand over a polars, pandas, PyArrow or DuckDB table, or the path of a file",
    ),
    "None": (
        lambda: None,
        "a NoneType",
        "hand over a polars, pandas, PyArrow or DuckDB table, or the path of a file",
    ),
    "bytes": (
        lambda: b"deltagare.csv",
        "a bytes",
        "hand over a polars, pandas, PyArrow or DuckDB table, or the path of a file",
    ),
}


@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table_is_refused_by_name(name, project):
    make, what, advice = NOT_TABLES[name]
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": make()}, AS_OF)
    assert caught.value.code == "not_a_table"
    assert str(caught.value) == (
        f"register `participants`: {what} is no table that can be read; {advice}"
    )


def test_a_struct_array_with_nulls_is_refused(project):
    """Rows that are null as a whole have no place in a register."""
    fields = [pa.array(cells) for cells in ROWS.values()]
    mask = pa.array([True] + [False] * 6)
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate(
            {"participants": pa.StructArray.from_arrays(fields, list(ROWS), mask=mask)}, AS_OF
        )
    assert caught.value.code == "not_a_table"


class WithoutPyArrow:
    """A data frame that hands itself over by a library that is not installed."""

    def __arrow_c_stream__(self, requested_schema=None):
        """Fail as pandas does."""
        message = "`Import pyarrow` failed."
        raise ImportError(message)


def test_a_missing_library_is_told_with_the_extra_that_brings_it(project):
    with pytest.raises(ImportError) as caught:
        project.evaluate({"participants": WithoutPyArrow()}, AS_OF)
    assert str(caught.value) == (
        "register `participants`: a pandas data frame is read by way of PyArrow; "
        "install `utfall[pandas]`"
    )


class FalseStream:
    """Something that only claims to be a table."""

    def __arrow_c_stream__(self, requested_schema=None):
        """Hand over what is no capsule."""
        return 7


def test_a_false_stream_is_refused(project):
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": FalseStream()}, AS_OF)
    assert caught.value.code == "not_a_table"


def of_type(header, found):
    return (
        f"register `participants`: column `{header}` holds values of the type {found}, "
        "expected text, numbers, dates or true and false; "
        "convert it before handing the table over"
    )


ODD_COLUMNS = {
    "List(Utf8)": pa.array([["K"]] * 7),
    'Struct("a": Utf8)': pa.array([{"a": "K"}] * 7),
    "Binary": pa.array([b"K"] * 7),
    "Duration(s)": pa.array([1] * 7, pa.duration("s")),
    "Time32(s)": pa.array([1] * 7, pa.time32("s")),
    "Dictionary of Boolean": pa.array([True] * 7).dictionary_encode(),
    "Dictionary of Float64": pa.array([1.0] * 7).dictionary_encode(),
    "Map": pa.array([[("a", "K")]] * 7, pa.map_(pa.string(), pa.string())),
    "RunEndEncoded": pa.RunEndEncodedArray.from_arrays([7], ["K"]),
}


@pytest.mark.parametrize(
    "found", ["List(Utf8)", 'Struct("a": Utf8)', "Binary", "Dictionary of Boolean"]
)
def test_a_declared_column_of_an_odd_type_is_refused_by_name(found, project, table):
    changed = table.set_column(1, "Kön", ODD_COLUMNS[found])
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": changed}, AS_OF)
    assert caught.value.code == "wrong_type"
    assert str(caught.value) == of_type("Kön", found)


@pytest.mark.parametrize("found", ODD_COLUMNS)
def test_no_odd_type_is_read_as_text(found, project, table):
    changed = table.set_column(1, "Kön", ODD_COLUMNS[found])
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": changed}, AS_OF)
    assert caught.value.code == "wrong_type"
    assert "column `Kön`" in str(caught.value)


@pytest.mark.parametrize("found", ODD_COLUMNS)
def test_an_undeclared_column_of_an_odd_type_is_not_looked_at(found, project, table, expected):
    more = table.append_column("Annat", ODD_COLUMNS[found])
    assert same(project.evaluate({"participants": more}, AS_OF)) == expected


WRONG_TYPES = [
    ("Fullföljd", ["2022-06-30"] * 7, "text", "dates"),
    ("Fullföljd", [20220630] * 7, "whole numbers", "dates"),
    ("Fullföljd", [0.5] * 7, "decimal numbers", "dates"),
    ("Fullföljd", [True] * 7, "true and false", "dates"),
    ("Månader", ["12"] * 7, "text", "numbers"),
    ("Månader", DAYS, "dates", "numbers"),
    ("Månader", [True] * 7, "true and false", "numbers"),
    ("Kön", DAYS, "dates", "levels"),
    ("Aktiv", DAYS, "dates", "levels"),
    ("Deltagare", DAYS, "dates", "ids as text or whole numbers"),
    ("Deltagare", ACTIVE, "true and false", "ids as text or whole numbers"),
]


@pytest.mark.parametrize("case", WRONG_TYPES, ids=lambda case: f"{case[0]}-{case[2]}")
def test_a_column_of_another_type_than_declared_is_refused(case, project, table):
    header, column, holds, wants = case
    changed = table.set_column(table.schema.get_field_index(header), header, pa.array(column))
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": changed}, AS_OF)
    assert caught.value.code == "wrong_type"
    assert str(caught.value) == (
        f"register `participants`: column `{header}` holds {holds}, expected {wants}; "
        "convert it before handing the table over"
    )


def test_an_unknown_zone_is_refused_by_name(project, table):
    column = pa.array([0] * 7, pa.timestamp("us", "Mars/Olympus"))
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": table.set_column(3, "Fullföljd", column)}, AS_OF)
    found = "Timestamp in the unknown time zone Mars/Olympus"
    assert str(caught.value) == of_type("Fullföljd", found)


# ── Results ──

COUNTS = [
    "units",
    "outside",
    "unclassified",
    "population",
    "excluded",
    "not_due",
    "due",
    "missing",
    "observed",
    "successes",
]
FIGURES = {
    "register": pa.string(),
    "indicator": pa.string(),
    "kind": pa.string(),
    "by": pa.list_(pa.string()),
    "gender": pa.string(),
    **dict.fromkeys(COUNTS, pa.int64()),
    **dict.fromkeys(["value", "low", "high", "bound_low", "bound_high"], pa.float64()),
    "state": pa.string(),
    "reason": pa.string(),
}
VERDICTS = {
    "goal": pa.string(),
    "indicator": pa.string(),
    "target_from": pa.date32(),
    "target": pa.string(),
    "current": pa.bool_(),
    "value": pa.float64(),
    "verdict": pa.string(),
    "settled": pa.bool_(),
    "units_short": pa.int64(),
    "basis": pa.string(),
    "reason": pa.string(),
    "process": pa.string(),
    "achieved_at": pa.int64(),
}
FINDINGS = {
    "code": pa.string(),
    "family": pa.string(),
    "severity": pa.string(),
    "subject": pa.string(),
    "register": pa.string(),
    "column": pa.string(),
    "indicator": pa.string(),
    "count": pa.int64(),
    "rows": pa.list_(pa.int64()),
    "facts": pa.string(),
    "sentence": pa.string(),
}
OVERLAP = {
    "register": pa.string(),
    "column": pa.string(),
    "levels": pa.list_(pa.string()),
    "persons": pa.int64(),
}
RESULTS = {"figures": FIGURES, "verdicts": VERDICTS, "findings": FINDINGS, "overlap": OVERLAP}

POLARS = {
    pa.string(): pl.String,
    pa.int64(): pl.Int64,
    pa.float64(): pl.Float64,
    pa.bool_(): pl.Boolean,
    pa.date32(): pl.Date,
    pa.list_(pa.string()): pl.List(pl.String),
    pa.list_(pa.int64()): pl.List(pl.Int64),
}


@pytest.fixture(params=["full", "empty"])
def results(request, table):
    """Give an evaluation with rows in each table, and one of a project that declares nothing."""
    if request.param == "empty":
        nothing = uf.Project.from_toml('schema = 1\nname = "Nothing"')
        return nothing.evaluate({}, AS_OF), []
    enrolments = 'unit = "enrolment"\ncount = "persons"\nstarts = "enrolled"\nends = "completed"'
    enrolled = 'columns.enrolled = { header = "Inskriven", type = "date" }\ncolumns.completed'
    persons = PROJECT.replace('unit = "person"', enrolments).replace("columns.completed", enrolled)
    spelled = table.set_column(1, "Kön", pa.array(["K", "M", "x", None, "M", "K", "K"]))
    spelled = spelled.set_column(0, "Deltagare", pa.array(["D1", "D1", *"234", "D1", "D1"]))
    spelled = spelled.append_column("Inskriven", pa.array([dt.date(2020, 1, 1)] * 7))
    evaluation = uf.Project.from_toml(persons).evaluate({"participants": spelled}, AS_OF)
    assert all(len(getattr(evaluation, name)) > 0 for name in RESULTS)
    return evaluation, ["gender"]


def declared(name, crossed):
    """Give the columns of a table; only the crossed ones have a column of codes."""
    return {column: kind for column, kind in RESULTS[name].items() if column != "gender" or crossed}


@pytest.mark.parametrize("name", RESULTS)
def test_pyarrow_takes_the_columns_of_the_design(name, results):
    evaluation, crossed = results
    columns = declared(name, crossed)
    table = pa.table(getattr(evaluation, name))
    assert table.column_names == list(columns)
    for column, kind in columns.items():
        found = table.schema.field(column).type
        assert found.equals(kind), column
    assert table.to_pylist() == list(getattr(evaluation, name))


@pytest.mark.parametrize("name", RESULTS)
def test_polars_takes_the_columns_of_the_design(name, results):
    evaluation, crossed = results
    columns = declared(name, crossed)
    frame = pl.DataFrame(getattr(evaluation, name))
    assert dict(frame.schema) == {column: POLARS[kind] for column, kind in columns.items()}
    assert frame.to_dicts() == list(getattr(evaluation, name))


@pytest.mark.parametrize("name", RESULTS)
def test_pandas_takes_the_columns_of_the_design(name, results):
    evaluation, crossed = results
    frame = pd.DataFrame.from_arrow(getattr(evaluation, name))
    assert list(frame.columns) == list(declared(name, crossed))
    assert len(frame) == len(getattr(evaluation, name))


@pytest.mark.parametrize("name", RESULTS)
def test_duckdb_takes_a_table_by_way_of_pyarrow(name, results):
    evaluation, crossed = results
    connection = duckdb.connect()
    connection.register("results", pa.table(getattr(evaluation, name)))
    found = connection.sql("SELECT * FROM results")
    assert found.columns == list(declared(name, crossed))
    assert len(found.fetchall()) == len(getattr(evaluation, name))


def test_a_table_can_be_exported_again_and_again(evaluation):
    figures = evaluation.figures
    assert pa.table(figures).equals(pa.table(figures))


def test_codes_stand_in_a_column_for_each_crossed_column(project, table):
    evaluation = project.evaluate({"participants": table}, AS_OF, by=["step", "gender"])
    assert evaluation.figures.column_names[3:6] == ["by", "gender", "step"]
    crossed = {tuple(row["by"]) for row in evaluation.figures}
    assert crossed == {(), ("gender",), ("step",), ("gender", "step")}
    for row in evaluation.figures:
        assert [column for column in ("gender", "step") if row[column] is not None] == row["by"]
