//! Faults of a project file: all of them at once, each with its place, what was expected, and what to do.

use std::fmt;

use thiserror::Error;

use super::path::KeyPath;
use super::tree::{Node, position};

/// Everything that is wrong with a project file.
///
/// Its text has a line per fault: file, line and column (JSON: the key path), what was expected, what was found, and
/// what to do. A project file holds no personal data, so its words may be quoted.
///
/// ```
/// use utfall::Project;
///
/// let error = Project::from_toml("schema = 1\nname = \"Likes\"\nownr = \"RAR\"\n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "project file, line 3, column 1: unknown key `ownr`; did you mean `owner`?"
/// );
/// assert_eq!(error.code(), "unknown_key");
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
pub struct ProjectError {
    file: String,
    faults: Vec<Fault>,
}

/// One fault of a project file.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Where it stands in the tree of keys.
    pub path: KeyPath,
    /// Line and column in the file, from 1; `None` for JSON, where the path says it.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a project file; [`Problem::code`] is stable.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The text is not TOML.
    #[error("not TOML: {message}")]
    NotToml {
        /// What the parser expected.
        message: String,
    },
    /// The text is not JSON.
    #[error("not JSON: {message}")]
    NotJson {
        /// What the parser expected.
        message: String,
    },
    /// A key that the format does not have.
    #[error("unknown key `{key}`{}", hint(suggestion.as_ref(), expected))]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that may stand there.
        expected: Vec<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A key that must be there is not.
    #[error("`{key}` is missing; {expected}")]
    MissingKey {
        /// The key.
        key: String,
        /// What to write there.
        expected: String,
    },
    /// A value of another type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What belongs there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A word that is not one of a closed list.
    #[error("`{word}` is none of the words that may stand here{}", hint(suggestion.as_ref(), expected))]
    UnknownWord {
        /// The word.
        word: String,
        /// The words that may stand there.
        expected: Vec<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A name that nothing in the file has.
    #[error("there is no {what} `{name}`{}", hint(suggestion.as_ref(), expected))]
    UnknownName {
        /// What was looked for: a register, a column, a level, an indicator, a goal.
        what: &'static str,
        /// The name.
        name: String,
        /// The names there are.
        expected: Vec<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A name that is a word of the format.
    #[error("`{name}` is {meaning}")]
    ReservedName {
        /// The name.
        name: String,
        /// What the word is taken for, and what to do.
        meaning: &'static str,
    },
    /// A name with characters that names do not have.
    #[error("`{name}` cannot be a name; use letters, digits, `_` and `-`, with a letter first")]
    InvalidName {
        /// The name.
        name: String,
    },
    /// One text that stands for two levels of a column.
    #[error(
        "`{text}` stands for both `{first}` and `{second}`; a text may stand for one level only"
    )]
    AmbiguousSpelling {
        /// The text, as it is compared.
        text: String,
        /// The level that has it first.
        first: String,
        /// The level that has it too.
        second: String,
    },
    /// Names that lead back to where they began.
    #[error("`{}` leads back to itself; break the circle", names.join("` → `"))]
    Cycle {
        /// The names, from the first back to the first.
        names: Vec<String>,
    },
    /// A number outside what it can be.
    #[error("{number} is not {expected}{}", suggestion.as_ref().map_or_else(String::new, |meant| format!("; did you mean {meant}?")))]
    OutOfRange {
        /// The number.
        number: String,
        /// What it can be.
        expected: &'static str,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A target that no figure of its indicator can be judged by.
    #[error("{number} is not {expected}{}", suggestion.as_ref().map_or_else(String::new, |meant| format!("; did you mean {meant}?")))]
    TargetOutOfRange {
        /// The number.
        number: String,
        /// What it can be.
        expected: &'static str,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// Versions of a target that are not in the order of their days.
    #[error(
        "the version from {later} stands after the one from {earlier} or on the same day; put versions in order, one a day"
    )]
    RevisionsOutOfOrder {
        /// The day of the version before.
        earlier: String,
        /// The day of this version.
        later: String,
    },
    /// Two parts that cannot stand together, or one that needs another.
    #[error("{conflict}")]
    Conflict {
        /// What does not go together, and what to do.
        conflict: String,
    },
    /// Columns of one name that are declared differently in two registers.
    #[error(
        "column `{column}` is declared otherwise in register `{other}`; one name has one declaration, write `like = \"{other}.{column}\"`"
    )]
    UnlikeColumns {
        /// The column.
        column: String,
        /// The register that declares it first.
        other: String,
    },
}

impl Problem {
    /// The stable code of this problem.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotToml { .. } => "not_toml",
            Self::NotJson { .. } => "not_json",
            Self::UnknownKey { .. } => "unknown_key",
            Self::MissingKey { .. } => "missing_key",
            Self::WrongType { .. } => "wrong_type",
            Self::UnknownWord { .. } => "unknown_word",
            Self::UnknownName { .. } => "unknown_name",
            Self::ReservedName { .. } => "reserved_name",
            Self::InvalidName { .. } => "invalid_name",
            Self::AmbiguousSpelling { .. } => "ambiguous_spelling",
            Self::Cycle { .. } => "cycle",
            Self::OutOfRange { .. } => "out_of_range",
            Self::TargetOutOfRange { .. } => "target_out_of_range",
            Self::RevisionsOutOfOrder { .. } => "revisions_out_of_order",
            Self::Conflict { .. } => "conflict",
            Self::UnlikeColumns { .. } => "unlike_columns",
        }
    }

    /// An unknown name, with the nearest of the names there are.
    pub(crate) fn unknown_name<'a>(
        what: &'static str,
        name: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let expected: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let suggestion = nearest(name, &expected);
        Self::UnknownName { what, name: name.to_owned(), expected, suggestion }
    }

    /// Parts that do not go together.
    pub(crate) fn conflict(conflict: impl Into<String>) -> Self {
        Self::Conflict { conflict: conflict.into() }
    }

    /// A value of another type than the one expected.
    pub(crate) fn wrong_type(expected: &str, found: &Node) -> Self {
        Self::WrongType { expected: expected.to_owned(), found: found.value.told() }
    }
}

impl ProjectError {
    /// The faults, in the order of the file.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The code of the first fault.
    pub fn code(&self) -> &'static str {
        self.faults.first().map_or("no_fault", |fault| fault.problem.code())
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.faults.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{}", self.file)?;
            if let Some((line, column)) = fault.position {
                write!(formatter, ", line {line}, column {column}")?;
            } else if !fault.path.segments().is_empty() {
                write!(formatter, ", at `{}`", fault.path)?;
            }
            write!(formatter, ": {}", fault.problem)?;
        }
        Ok(())
    }
}

/// Collects the faults of one file while it is read and checked.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(KeyPath, Problem)>);

impl Faults {
    /// Notes a problem, unless one is already noted at the same place or beneath it: what follows from a fault is no
    /// second fault.
    pub(crate) fn add(&mut self, path: &KeyPath, problem: Problem) {
        if !self.0.iter().any(|(noted, _)| path.holds(noted)) {
            self.0.push((path.clone(), problem));
        }
    }

    /// Notes one of several problems of the same place.
    pub(crate) fn add_beside(&mut self, path: &KeyPath, problem: Problem) {
        self.0.push((path.clone(), problem));
    }

    /// What was read, if it has no faults; else all of them, with their places in `text` where that is TOML.
    pub(crate) fn finish<T>(
        self,
        read: Option<T>,
        file: &str,
        tree: &Node,
        text: Option<&str>,
    ) -> Result<T, ProjectError> {
        if let Some(read) = read.filter(|_| self.0.is_empty()) {
            return Ok(read);
        }
        let mut faults: Vec<Fault> = self
            .0
            .into_iter()
            .map(|(path, problem)| {
                let position = text.map(|text| position(text, tree.span_of(&path).start));
                Fault { path, position, problem }
            })
            .collect();
        faults.sort_by_key(|fault| fault.position);
        Err(ProjectError { file: file.to_owned(), faults })
    }
}

/// The error for a text that is no TOML or JSON.
pub(crate) fn syntax_error(
    file: &str,
    faults: Vec<super::tree::SyntaxFault>,
    problem: fn(String) -> Problem,
) -> ProjectError {
    let mut faults: Vec<Fault> = faults
        .into_iter()
        .map(|fault| Fault {
            path: KeyPath::default(),
            position: fault.position,
            problem: problem(fault.message),
        })
        .collect();
    faults.sort_by_key(|fault| fault.position);
    ProjectError { file: file.to_owned(), faults }
}

/// The one of `candidates` that a person most likely meant by `word`, if any is near.
pub(crate) fn nearest(word: &str, candidates: &[String]) -> Option<String> {
    let folded = word.to_lowercase();
    candidates
        .iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.chars().count() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.clone())
}

fn hint(suggestion: Option<&String>, expected: &[String]) -> String {
    const SHOWN: usize = 12;
    if let Some(meant) = suggestion {
        return format!("; did you mean `{meant}`?");
    }
    if expected.is_empty() {
        return String::new();
    }
    let shown = expected.iter().take(SHOWN).map(|word| format!("`{word}`")).collect::<Vec<_>>();
    let more = expected.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("; expected one of {}{rest}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_is_near_and_nothing_else() {
        let words = ["share".to_owned(), "count".to_owned()];
        assert_eq!(nearest("shar", &words).as_deref(), Some("share"));
        assert_eq!(nearest("cuont", &words).as_deref(), Some("count"));
        assert_eq!(nearest("incidence", &words), None);
    }

    #[test]
    fn what_follows_from_a_fault_is_no_second_fault() {
        let mut faults = Faults::default();
        let inner = KeyPath::of(&["goals", "men", "level"]);
        faults.add(&inner, Problem::conflict("inner"));
        faults.add(&KeyPath::of(&["goals", "men"]), Problem::conflict("outer"));
        faults.add(&KeyPath::of(&["goals", "reach"]), Problem::conflict("other"));
        assert_eq!(faults.0.len(), 2);
    }
}
