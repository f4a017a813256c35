//! Receipts held against what is at hand: a line for each part, and one for all.

use super::{count, say};
use crate::project::Language;

/// A part of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReceiptPart<'a> {
    /// What the project file declares.
    Project,
    /// The project file, byte for byte.
    ProjectFile,
    /// The number of units of a register.
    Units(&'a str),
    /// The counts of a register.
    Tally(&'a str),
    /// The files of a register, byte for byte.
    Files(&'a str),
    /// A register that the receipt does not have.
    Register(&'a str),
    /// A table of results.
    Table(&'a str),
}

/// What came of holding a part of a receipt against what is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReceiptState {
    /// It is the same.
    Agrees,
    /// It is not.
    Differs,
    /// It was not looked at.
    NotChecked(NotChecked),
}

/// Why a part of a receipt was not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotChecked {
    /// The register was not handed over.
    RegisterNotGiven,
    /// Nothing was handed over that is a file.
    NoFile,
    /// The receipt does not hold it.
    NotRecorded,
    /// The receipt was made with a salt that is not at hand.
    NoSalt,
    /// Another version of utfall writes counts in another form.
    OtherForm,
    /// It is not made of an evaluation.
    NotRecomputed,
}

impl<'a> ReceiptPart<'a> {
    /// The part that a word and the name of a register or table stand for.
    pub fn of_word(word: &str, name: &'a str) -> Option<Self> {
        match word {
            "project" => Some(Self::Project),
            "project_file" => Some(Self::ProjectFile),
            "units" => Some(Self::Units(name)),
            "tally" => Some(Self::Tally(name)),
            "files" => Some(Self::Files(name)),
            "register" => Some(Self::Register(name)),
            "table" => Some(Self::Table(name)),
            _ => None,
        }
    }
}

impl ReceiptState {
    /// The state that a word stands for: `agrees`, `differs`, or why a part was not checked.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "agrees" => Some(Self::Agrees),
            "differs" => Some(Self::Differs),
            "register_not_given" => Some(Self::NotChecked(NotChecked::RegisterNotGiven)),
            "no_file" => Some(Self::NotChecked(NotChecked::NoFile)),
            "not_recorded" => Some(Self::NotChecked(NotChecked::NotRecorded)),
            "no_salt" => Some(Self::NotChecked(NotChecked::NoSalt)),
            "other_form" => Some(Self::NotChecked(NotChecked::OtherForm)),
            "not_recomputed" => Some(Self::NotChecked(NotChecked::NotRecomputed)),
            _ => None,
        }
    }
}

/// The words that a receipt is laid out with: its title, the headings of part, name and units, and the parts project,
/// project file, register, file and table.
///
/// ```
/// use utfall::project::Language;
///
/// assert_eq!(utfall::wording::receipt_words(Language::Swedish)[0], "Kvitto");
/// ```
pub fn receipt_words(language: Language) -> [&'static str; 9] {
    say!(
        language,
        ["Kvitto", "Del", "Namn", "Enheter", "projekt", "projektfil", "register", "fil", "tabell"],
        [
            "Receipt",
            "Part",
            "Name",
            "Units",
            "project",
            "project file",
            "register",
            "file",
            "table"
        ]
    )
}

/// A line on one part of a receipt.
///
/// ```
/// use utfall::project::Language;
/// use utfall::wording::{ReceiptPart, ReceiptState, receipt_line};
///
/// let part = ReceiptPart::Tally("staff");
/// let line = receipt_line(part, ReceiptState::Differs, Language::English);
/// assert_eq!(line, "the counts of register `staff`: differ");
/// ```
pub fn receipt_line(part: ReceiptPart<'_>, state: ReceiptState, language: Language) -> String {
    let (noun, is_many) = noun(part, language);
    let state = match (state, is_many) {
        (ReceiptState::Agrees, _) => {
            say!(language, "stämmer", if is_many { "agree" } else { "agrees" })
        }
        (ReceiptState::Differs, _) => {
            say!(language, "stämmer inte", if is_many { "differ" } else { "differs" })
        }
        (ReceiptState::NotChecked(why), _) => {
            let why = not_checked(why, language);
            return say!(
                language,
                format!("{noun}: inte prövat, {why}"),
                format!("{noun}: not checked, {why}")
            );
        }
    };
    format!("{noun}: {state}")
}

/// One sentence on a whole receipt: how many parts agree, differ, and were not checked.
pub fn receipt_sentence(agree: u64, differ: u64, open: u64, language: Language) -> String {
    let number = |number| count(number, language);
    let checked = number(agree + differ);
    let said = match (agree, differ) {
        (0, 0) => say!(language, "Ingenting är prövat", "Nothing is checked").to_owned(),
        (1, 0) => say!(
            language,
            "Kvittot stämmer: den enda prövade delen",
            "The receipt agrees: the one part checked"
        )
        .to_owned(),
        (_, 0) => say!(
            language,
            format!("Kvittot stämmer: alla {checked} prövade delar"),
            format!("The receipt agrees: all {checked} parts checked")
        ),
        (_, differ) => {
            let verb = if differ == 1 { "differs" } else { "differ" };
            let differ = number(differ);
            say!(
                language,
                format!("Kvittot stämmer inte: {differ} av {checked} prövade delar skiljer sig"),
                format!("The receipt does not agree: {differ} of {checked} parts checked {verb}")
            )
        }
    };
    let rest = match open {
        0 => String::new(),
        1 => say!(language, "; 1 är inte prövad", "; 1 not checked").to_owned(),
        open => say!(
            language,
            format!("; {} är inte prövade", number(open)),
            format!("; {} not checked", number(open))
        ),
    };
    format!("{said}{rest}.")
}

/// What a part is called, and whether that is a plural in English.
fn noun(part: ReceiptPart<'_>, language: Language) -> (String, bool) {
    match part {
        ReceiptPart::Project => (
            say!(
                language,
                "projektet, det som filen säger",
                "the project, as its file declares it"
            )
            .to_owned(),
            false,
        ),
        ReceiptPart::ProjectFile => (
            say!(language, "projektfilen, tecken för tecken", "the project file, byte for byte")
                .to_owned(),
            false,
        ),
        ReceiptPart::Units(name) => (
            say!(
                language,
                format!("antalet enheter i registret `{name}`"),
                format!("the number of units of register `{name}`")
            ),
            false,
        ),
        ReceiptPart::Tally(name) => (
            say!(
                language,
                format!("räkningen av registret `{name}`"),
                format!("the counts of register `{name}`")
            ),
            true,
        ),
        ReceiptPart::Files(name) => (
            say!(
                language,
                format!("registret `{name}` som fil"),
                format!("the files of register `{name}`")
            ),
            true,
        ),
        ReceiptPart::Register(name) => (
            say!(
                language,
                format!("registret `{name}`, som inte finns i kvittot"),
                format!("register `{name}`, which the receipt does not have")
            ),
            false,
        ),
        ReceiptPart::Table(name) => {
            (say!(language, format!("tabellen `{name}`"), format!("the table `{name}`")), false)
        }
    }
}

fn not_checked(why: NotChecked, language: Language) -> &'static str {
    match why {
        NotChecked::RegisterNotGiven => {
            say!(language, "registret är inte lämnat", "the register was not given")
        }
        NotChecked::NoFile => {
            say!(language, "registret är inte lämnat som fil", "it was not given as a file")
        }
        NotChecked::NotRecorded => {
            say!(language, "kvittot innehåller det inte", "the receipt does not hold it")
        }
        NotChecked::NoSalt => {
            say!(
                language,
                "kvittot är saltat och saltet är inte lämnat",
                "the receipt is salted and the salt was not given"
            )
        }
        NotChecked::OtherForm => say!(
            language,
            "kvittot är skrivet av en annan version av utfall",
            "the receipt was written by another version of utfall"
        ),
        NotChecked::NotRecomputed => {
            say!(language, "det räknas inte om", "it is not computed again")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_parts_are_told() {
        let sentence = |agree, differ, open| {
            [Language::Swedish, Language::English]
                .map(|language| receipt_sentence(agree, differ, open, language))
        };
        assert_eq!(
            sentence(7, 0, 0),
            ["Kvittot stämmer: alla 7 prövade delar.", "The receipt agrees: all 7 parts checked."]
        );
        assert_eq!(
            sentence(5, 1, 2),
            [
                "Kvittot stämmer inte: 1 av 6 prövade delar skiljer sig; 2 är inte prövade.",
                "The receipt does not agree: 1 of 6 parts checked differs; 2 not checked."
            ]
        );
        assert_eq!(
            sentence(0, 0, 3),
            ["Ingenting är prövat; 3 är inte prövade.", "Nothing is checked; 3 not checked."]
        );
    }
}
