"""Registers as CSV files: what is read, and what each file that cannot be read is told."""

from __future__ import annotations

import io
import zipfile

import polars as pl
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest
from conftest import AS_OF, ROWS

import utfall as uf

CANARY = "KANARIE"

HEADER = "Deltagare;Kön;Steg;Fullföljd;Månader;Aktiv"
LINES = [
    "D1;K;1;2022-03-30;0;ja",
    "D2;M;3;2022-04-01;12;nej",
    "D3;K;5;1969-12-31;11;",
    "D4;;2;;36;Ja",
    "D5;M;;2022-06-30;;0",
    "D6;K;4;2020-02-29;13;1",
    "D7;K;1;2022-01-31;12;false",
]
TEXT = "\n".join([HEADER, *LINES, ""])


@pytest.fixture
def write(tmp_path):
    """Give a function that writes a file and gives its path."""

    def written(content, name="deltagare.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.fixture
def evaluate(project, write):
    """Give a function that evaluates the content of a file."""

    def evaluated(content, name="deltagare.csv"):
        return project.evaluate({"participants": write(content, name)}, AS_OF)

    return evaluated


@pytest.fixture
def refused(project, write):
    """Give a function that gives the code and the text of the error about a file."""

    def refusal(content, name="deltagare.csv"):
        path = write(content, name) if isinstance(content, str | bytes) else content
        with pytest.raises(uf.RegisterError) as caught:
            project.evaluate({"participants": path}, AS_OF)
        assert CANARY not in f"{caught.value!r} {caught.value.__cause__!r}"
        return caught.value.code, str(caught.value)

    return refusal


def same(evaluation):
    found = (evaluation.figures, evaluation.verdicts, evaluation.findings)
    return [list(table) for table in found]


@pytest.fixture
def expected(evaluation):
    return same(evaluation)


# ── What is read ──


def quoted(text):
    return "\n".join('"' + line.replace(";", '";"') + '"' for line in text.splitlines()) + "\n"


FORMS = {
    "semicolons": TEXT,
    "commas": TEXT.replace(";", ","),
    "tabs": TEXT.replace(";", "\t"),
    "a byte order mark": "\ufeff" + TEXT,
    "a byte order mark before a quote": "\ufeff" + quoted(TEXT),
    "CRLF": TEXT.replace("\n", "\r\n"),
    "CR": TEXT.replace("\n", "\r"),
    "no newline at the end": TEXT.rstrip("\n"),
    "empty lines at the end": TEXT + "\n\n",
    "quotes": quoted(TEXT),
    "quotes and CRLF": quoted(TEXT).replace("\n", "\r\n"),
    "spaces around": TEXT.replace(";", " ; "),
    "a column with delimiters in it": TEXT.replace("\n", ';"a;b;c"\n'),
    "a column with commas in it": "\n".join(
        [f"{HEADER};Not", *(f"{line};,,,,,,,," for line in LINES)]
    ),
    "a column with quotes in it": TEXT.replace("\n", ';"säger ""ja"""\n'),
    "a column with newlines in it": TEXT.replace("\n", ';"rad 1\nrad 2"\n'),
    "a column without a header": TEXT.replace("\n", ";\n"),
    "Windows-1252": TEXT.encode("cp1252"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "a line that names the separator": f"sep=;\r\n{TEXT}",
    "a line that names another separator": "sep=|\n" + TEXT.replace(";", "|"),
    "empty columns at the end": TEXT.replace("\n", ";;;\n"),
    "empty columns in the header alone": TEXT.replace("\n", ";;\n", 1),
    "more titles than rows": "Deltagare\n" * 18 + TEXT,
    "empty rows at the end": TEXT + ";;;;;\n;;;;;\n",
    "title rows": f"Deltagare i projektet;;;;;\n;;;;;\n{TEXT}",
    "title rows of one field": f"Deltagare i projektet\n\n{TEXT}",
    "a title with a value beside it": f"Utskriven;2022-07-01;;;;\n{TEXT}",
    "dates in digits": TEXT.replace("2022-03-30", "20220330"),
    "dates with a time": TEXT.replace("2022-03-30", "2022-03-30 00:00:00"),
    "dates in words": TEXT.replace("2022-03-30", "30 mars 2022"),
    "flags of a Swedish spreadsheet": TEXT.replace("false", "FALSKT").replace("Ja", "SANT"),
    "decimal commas": TEXT.replace(";12;", ";12,0;"),
    "separate diaereses": TEXT.replace("ö", "o\u0308").replace("å", "a\u030a"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_csv_reads_like_the_table(form, evaluate, expected):
    assert same(evaluate(FORMS[form])) == expected


def test_a_path_may_be_a_text(project, write, expected):
    path = str(write(TEXT))
    assert same(project.evaluate({"participants": path}, AS_OF)) == expected


def test_a_file_may_have_any_name(evaluate, expected):
    assert same(evaluate(TEXT, "Deltagare åäö 2022.txt")) == expected


def test_what_polars_writes_is_read(project, tmp_path, expected):
    path = tmp_path / "deltagare.csv"
    pl.DataFrame(ROWS).write_csv(path)
    assert same(project.evaluate({"participants": path}, AS_OF)) == expected


def test_what_pandas_writes_is_read(project, table, tmp_path, expected):
    path = tmp_path / "deltagare.csv"
    frame = table.to_pandas().convert_dtypes()  # whole numbers with a null among them stay whole
    frame.to_csv(path, sep=";", index=False)
    assert same(project.evaluate({"participants": path}, AS_OF)) == expected


def test_an_empty_cell_is_a_null(evaluate):
    evaluation = evaluate(TEXT)
    assert {name: evaluation[name].missing for name in ("men", "far", "followed_up", "long")} == {
        "men": 1,
        "far": 1,
        "followed_up": 1,
        "long": 1,
    }


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_header_alone_is_an_empty_register(end, evaluate):
    figure = evaluate(HEADER + end)["men"]
    assert (figure.units, figure.state, figure.reason) == (0, "not_computable", "empty_population")


def test_a_level_may_hold_a_delimiter_a_quote_and_a_newline(tmp_path):
    project = uf.Project.from_toml(r"""
        schema = 1
        name = "Case"
        [registers.r]
        unit = "row"
        by = ["part"]
        columns.part = { header = "Del", type = "level", levels.a = { spellings = ["x;y"] }, levels.b = { spellings = ["p\nq"] }, levels.c = { spellings = ['"z"'] } }
        [indicators.rows]
        kind = "count"
        register = "r"
    """)
    path = tmp_path / "rows.csv"
    path.write_text('Nr;Del\n1;"x;y"\n2;"p\nq"\n3;"""z"""\n4;"x;y"\n', encoding="utf-8")
    rows = project.evaluate({"r": path}, AS_OF)["rows"].by("part")
    assert {code: figure.value for code, figure in rows.items()} == {"a": 2, "b": 1, "c": 1}


def test_rows_are_counted_after_the_header_and_not_by_lines(evaluate):
    text = f'{HEADER};Not\nD1;K;1;;;;"en\nnot"\nD2;?;1;;;;\n\nD3;?;1;;;;\n'
    findings = list(evaluate(text).findings)
    assert [(row["code"], row["count"], row["rows"]) for row in findings] == [
        ("undeclared_spelling", 2, [2, 3])
    ]


def test_rows_are_counted_over_all_pieces_of_a_long_file(evaluate):
    odd = {1, 65_535, 65_536, 65_537, 131_072, 131_073, 140_000}
    rows = (f"D{row};{'?' if row in odd else 'K'};1;;;" for row in range(1, 140_001))
    evaluation = evaluate("\n".join([HEADER, *rows]))
    assert (evaluation["men"].units, evaluation["men"].missing) == (140_000, len(odd))
    (finding,) = evaluation.findings
    assert (finding["count"], finding["rows"]) == (len(odd), sorted(odd))
    assert finding["sentence"] == (
        "Column `gender` has a text that is not declared in 7 rows "
        "(1, 65535, 65536, 65537, 131072, 131073, 140000); the value is read as unknown. "
        "Add the spelling to its level or correct the source."
    )


# ── Several files, and Parquet ──


def test_files_that_follow_each_other_are_one_register(project, write, expected):
    paths = [
        write("\n".join([HEADER, *part]), f"{number}.csv")
        for number, part in enumerate([LINES[:3], [], LINES[3:]])
    ]
    assert same(project.evaluate({"participants": paths}, AS_OF)) == expected


def test_rows_are_counted_over_all_files(project, write):
    first = write(f"{HEADER}\nD1;K;1;;;\nD2;?;1;;;\n", "1.csv")
    second = write(f"{HEADER}\nD3;?;1;;;\n", "2.csv")
    (finding,) = project.evaluate({"participants": [first, second]}, AS_OF).findings
    assert (finding["count"], finding["rows"]) == (2, [2, 3])


def test_a_person_in_two_files_is_told(project, write):
    paths = [write(f"{HEADER}\n{LINES[0]}\n", name) for name in ("1.csv", "2.csv")]
    with pytest.raises(uf.RegisterError) as caught:
        project.evaluate({"participants": paths}, AS_OF)
    assert caught.value.code == "repeated_person"
    assert "row 1 and row 2 hold the same `Deltagare`" in str(caught.value)


def test_a_parquet_file_reads_like_the_table(project, table, tmp_path, expected):
    path = tmp_path / "deltagare.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=2)
    assert same(project.evaluate({"participants": path}, AS_OF)) == expected


def test_a_folder_of_parquet_files_reads_like_the_table(project, table, tmp_path, expected):
    for number, part in enumerate([table.slice(0, 3), table.slice(3)]):
        pyarrow.parquet.write_table(part, tmp_path / f"{number}.parquet")
    assert same(project.evaluate({"participants": tmp_path}, AS_OF)) == expected


def test_a_broken_parquet_file_is_told_by_its_name(refused):
    code, text = refused(b"PAR1" + CANARY.encode() + b"PAR1", "deltagare.parquet")
    assert code == "unreadable_file"
    assert text.startswith("register `participants`: the file `deltagare.parquet` ")


# ── What is refused ──


def archive():
    """Give a zip archive that is no workbook."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        written.writestr("brev.xml", f"<brev>{CANARY}</brev>")
    return content.getvalue()


def archive_of(*parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        for part in parts:
            written.writestr(part, CANARY)
    return content.getvalue()


def arrow_file():
    content = io.BytesIO()
    table = pa.table({"Kön": [CANARY]})
    with pyarrow.ipc.new_file(content, table.schema) as writer:
        writer.write_table(table)
    return content.getvalue()


OTHER_KINDS = {
    "deltagare.zip": (archive(), "a zip archive and no Excel workbook"),
    "deltagare.ods": (archive_of("mimetype", "content.xml"), "an OpenDocument file"),
    "deltagare.xlsb": (
        archive_of("xl/workbook.bin"),
        "an Excel workbook of the binary kind (.xlsb)",
    ),
    "deltagare.xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8),
        "an old Excel workbook, or one with a password",
    ),
    "deltagare.arrow": (arrow_file(), "an Arrow file"),
    "deltagare.pdf": (b"%PDF-1.7\n", "a PDF"),
    "deltagare.dat": (TEXT.encode().replace(b"K", b"\x00"), "a binary file"),
}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_file_of_another_kind_is_told_by_its_kind(name, refused):
    content, kind = OTHER_KINDS[name]
    assert refused(content, name) == (
        "other_kind_of_file",
        (
            f"register `participants`: the file `{name}` is {kind}, "
            "expected CSV, Excel (.xlsx) or Parquet; save it as CSV (UTF-8)"
        ),
    )


@pytest.mark.parametrize("content", ["", "\n", " \r\n\t\n ", "\ufeff", "\ufeff\n"])
def test_a_file_with_nothing_in_it_is_empty(content, refused):
    assert refused(content) == (
        "empty_file",
        "register `participants`: the file `deltagare.csv` is empty, expected a header and rows",
    )


def test_a_missing_file_is_told_by_its_name(tmp_path, refused):
    assert refused(tmp_path / "saknas.csv") == (
        "unreadable_file",
        "register `participants`: the file `saknas.csv` cannot be opened: no such file",
    )


def test_a_folder_without_parquet_files_is_told(tmp_path, refused):
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "deltagare.csv").write_text(TEXT, encoding="utf-8")
    assert refused(folder) == (
        "empty_folder",
        (
            "register `participants`: the folder `register` has no Parquet file (`.parquet`); "
            "hand over the files themselves"
        ),
    )


def test_a_file_in_two_encodings_is_told_by_the_row(refused):
    text = f"Nr;{HEADER}\n1;D1;K;1;;;\n".encode() + f"2;{CANARY}ö;M;1;;;\n".encode("cp1252")
    assert refused(text) == (
        "mixed_encodings",
        (
            "register `participants`: row 2 of `deltagare.csv` is not in the encoding of what stands "
            "before it, or not in the one that is declared; save the file as CSV (UTF-8)"
        ),
    )


def test_utf8_behind_windows_1252_is_told_by_the_row(refused):
    text = f"{HEADER}\nD1;K;1;;;\n".encode("cp1252") + f"{CANARY}ö;M;1;;;\n".encode()
    assert refused(text)[0] == "mixed_encodings"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_the_encodings_of_old_systems_are_not_taken_for_windows(encoding, refused):
    assert refused(TEXT.encode(encoding)) == (
        "unknown_encoding",
        (
            "register `participants`: the header of `deltagare.csv` is neither UTF-8 nor "
            "Windows-1252; say the encoding with `encoding`, such as `macintosh`, or save the file "
            "as CSV (UTF-8)"
        ),
    )


@pytest.mark.parametrize(
    ("row", "fields"), [(f"{CANARY};K;1;;", "5 fields"), (f"{CANARY};K;1;;;;;x", "8 fields")]
)
def test_a_row_of_another_length_is_told_by_its_number(row, fields, refused):
    assert refused(f"{HEADER}\n{LINES[0]}\n{row}\n") == (
        "uneven_rows",
        (
            f"register `participants`: row 2 of `deltagare.csv` has {fields}, expected 6 as in the "
            "header; look for a missing quote or a stray delimiter"
        ),
    )


def test_a_row_of_one_field_is_told_in_the_singular(refused):
    assert refused(f"{HEADER}\n{CANARY}\n") == (
        "uneven_rows",
        (
            "register `participants`: row 1 of `deltagare.csv` has 1 field, expected 6 as in the "
            "header; look for a missing quote or a stray delimiter"
        ),
    )


def test_a_row_of_another_length_is_found_in_every_piece(refused):
    rows = (f"D{row};K;1;;;" for row in range(1, 70_000))
    code, text = refused("\n".join([HEADER, *rows, CANARY]))
    assert code == "uneven_rows"
    assert text.startswith("register `participants`: row 70000 of `deltagare.csv` has ")


WRONG_CELLS = {
    "a text in a date column": (
        f"{HEADER}\nD1;K;1;;;\nD2;K;1;{CANARY};;\n",
        "column `Fullföljd`: expected a date like 2022-06-30, found something else in row 2",
    ),
    "a day that no month has": (
        f"{HEADER}\nD1;K;1;2022-02-29;;\n",
        "column `Fullföljd`: expected a date like 2022-06-30, found something else in row 1",
    ),
    "a text in a number column": (
        HEADER + "".join(f"\nD{row};K;1;;{CANARY};" for row in range(1, 7)),
        "column `Månader`: expected a number like 12.5, found something else in rows 1, 2, 3 and 3 more",
    ),
}


@pytest.mark.parametrize("name", WRONG_CELLS)
def test_cells_of_another_type_are_told_by_row(name, refused):
    content, told = WRONG_CELLS[name]
    mend = "correct them" if "in rows" in told else "correct it"
    assert refused(content) == ("wrong_type", f"register `participants`: {told}; {mend}")


def test_cells_of_another_type_are_told_by_row_in_every_piece(refused):
    rows = (f"D{row};K;1;;1;" for row in range(1, 70_000))
    assert refused("\n".join([HEADER, *rows, "D70000;K;1;;1 5;"])) == (
        "wrong_type",
        (
            "register `participants`: column `Månader`: expected a number like 12.5, found something else in "
            "row 70000; correct it"
        ),
    )


def test_a_missing_header_is_told_with_the_one_near_it(refused):
    assert refused(TEXT.replace("Steg", "Stege").replace("Aktiv", "aktiv")) == (
        "missing_header",
        (
            "register `participants`: no column has the header `Steg`, `Aktiv` "
            "(`Stege` is near it); the table has 6 columns; "
            'declare a column that the source lacks with `absent = "why"`'
        ),
    )


def test_a_file_without_a_header_does_not_print_its_first_person(refused):
    code, text = refused(f"{CANARY}1;K;1;1979-11-30;3;ja\n{CANARY}2;M;1;2022-02-01;4;nej\n")
    assert code == "missing_header"
    assert "1979" not in text


def test_two_headers_alike_are_told(refused):
    assert refused(f"{HEADER};Kön \nD1;K;1;;;;M\n") == (
        "repeated_header",
        "register `participants`: two columns have the header `Kön`; rename one",
    )


def test_two_headers_alike_do_no_harm_where_nobody_declares_them(evaluate, expected):
    text = TEXT.replace("\n", ";1;2\n").replace(";1;2", ";Not;Not", 1)
    assert same(evaluate(text)) == expected


def test_an_open_quote_does_not_print_what_it_swallows(refused):
    code, text = refused(f'{HEADER}\n"D1;{CANARY};1;;;\nD2;K;1;;;\n')
    assert code == "uneven_rows"
    assert text.endswith("look for a missing quote or a stray delimiter")
