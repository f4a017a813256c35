//! Cells of a file: texts of CSV, typed values of a workbook.

/// One cell, borrowed from where it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing, or spaces alone.
    Empty,
    /// A text that is not blank.
    Text(&'a str),
    /// A number of a workbook.
    Number(f64),
    /// A day of a workbook.
    Day(Moment),
    /// True or false in a workbook.
    Flag(bool),
    /// What a formula that failed leaves: `#N/A`.
    Failed,
}

/// A day, and whether a time of day other than midnight stands with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Moment {
    pub(super) day: i32,
    pub(super) timed: bool,
}

/// A cell that is kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stored {
    Empty,
    Text(Box<str>),
    Number(f64),
    Day(Moment),
    Flag(bool),
    Failed,
}

/// What Excel writes where a formula failed, in English and in Swedish.
const FAILED: [&str; 18] = [
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#SAKNAS!",
    "#REFERENS!",
    "#DIVISION/0!",
    "#VÄRDEFEL!",
    "#NAMN?",
    "#SKÄRNING!",
    "#OGILTIGT!",
    "#SPILL",
    "#BERÄKNA!",
];

impl<'a> Cell<'a> {
    /// A field of CSV.
    pub(super) fn of_text(text: &'a str) -> Self {
        // Most fields begin with what is no space.
        let is_blank = text.as_bytes().first().is_none_or(|first| {
            (first.is_ascii_whitespace() || !first.is_ascii()) && text.trim().is_empty()
        });
        if is_blank {
            Self::Empty
        } else if is_failed(text) {
            Self::Failed
        } else {
            Self::Text(text)
        }
    }

    pub(super) const fn is_empty(self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(super) fn stored(self) -> Stored {
        match self {
            Self::Empty => Stored::Empty,
            Self::Text(text) => Stored::Text(text.into()),
            Self::Number(number) => Stored::Number(number),
            Self::Day(moment) => Stored::Day(moment),
            Self::Flag(flag) => Stored::Flag(flag),
            Self::Failed => Stored::Failed,
        }
    }

    /// The cell as a text that reads back as the same; nothing where it is empty or failed.
    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Empty | Self::Failed => None,
            Self::Text(text) => Some(text.to_owned()),
            Self::Number(number) => Some((number + 0.0).to_string()),
            Self::Day(moment) => utfall::day::from_number(moment.day).map(|day| day.to_string()),
            Self::Flag(flag) => Some(flag.to_string()),
        }
    }
}

impl Stored {
    pub(super) const fn cell(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Day(moment) => Cell::Day(*moment),
            Self::Flag(flag) => Cell::Flag(*flag),
            Self::Failed => Cell::Failed,
        }
    }
}

/// Whether a text is what a failed formula leaves.
pub(super) fn is_failed(text: &str) -> bool {
    text.starts_with('#') && FAILED.contains(&text.trim_end())
}

/// Whether a text is a label of a totals row: `Summa`, `Totalt antal:`.
pub(super) fn is_totals_label(text: &str) -> bool {
    const WORDS: [&str; 7] =
        ["summa", "totalt", "total", "totalsumma", "s:a", "sum", "grand total"];
    // A look at the first letter spares the rest for nearly every row.
    let first = text.trim_start().as_bytes().first().copied().unwrap_or(0);
    if !matches!(first, b's' | b'S' | b't' | b'T' | b'g' | b'G') || text.len() > 60 {
        return false;
    }
    let label = text.trim().trim_end_matches([':', '.']).to_lowercase();
    WORDS.contains(&label.as_str())
        || ["summa ", "totalt "].iter().any(|word| label.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_formulas_are_known_in_both_languages() {
        assert_eq!(Cell::of_text("#SAKNAS!"), Cell::Failed);
        assert_eq!(Cell::of_text("#N/A "), Cell::Failed);
        assert_eq!(Cell::of_text("#1"), Cell::Text("#1"));
        assert_eq!(Cell::of_text(" \u{a0}"), Cell::Empty);
        assert_eq!(Cell::of_text("ö"), Cell::Text("ö"));
    }

    #[test]
    fn labels_of_totals() {
        for label in ["Summa", "SUMMA:", "Totalt", "Total", "S:a", "Totalt antal deltagare"] {
            assert!(is_totals_label(label), "{label}");
        }
        for text in ["Summarum", "Totaltext", "Sven", "Trosa", ""] {
            assert!(!is_totals_label(text), "{text}");
        }
    }
}
