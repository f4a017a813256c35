//! The texts of a table, whatever they are declared as: nearly declared spellings, and what looks like persons.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::looks::{Look, is_name_header, is_shaped_as_name, look_of};
use crate::data::{LevelReader, Table, Values};
use crate::finding::Rows;
use crate::identity_number::is_bare_number;
use crate::project::{Column, Level, Named, Register, nearest};
use crate::{day, text};

/// With more undeclared texts than this in one table, they are another language and no slips.
const MOST_SLIPS: usize = 10_000;

/// With as many digits in a row as this share of numbers that would pass by chance (one in four hundred), a column of
/// numbers is not taken for one of identity numbers: one in four must pass.
const PASSING: u64 = 4;

/// What has been seen in the texts of a register.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// By column and declared spelling: the rows of the undeclared texts near it.
    pub(super) near: IndexMap<(usize, String), Rows>,
    /// By header, trimmed and composed: what its texts look like.
    looks: IndexMap<String, ColumnLooks>,
}

/// What the texts of one column look like.
#[derive(Debug, Default)]
struct ColumnLooks {
    /// The place of the column in the first table that had it, from 1.
    place: usize,
    looks: HashMap<Look, Looks>,
    /// How many texts are ten or twelve digits.
    bare: u64,
    texts: Rows,
    /// Those shaped as a name.
    named: Rows,
}

#[derive(Debug, Default)]
struct Looks {
    rows: Rows,
    sure: u64,
}

/// What a column of a table looks like.
pub(super) struct ColumnLook<'s> {
    pub(super) header: &'s str,
    pub(super) place: usize,
    /// `None`: the names of persons.
    pub(super) look: Option<Look>,
    pub(super) rows: Rows,
}

/// What one text of a column says.
#[derive(Clone, Default)]
struct Said {
    near: Option<String>,
    look: Option<(Look, bool)>,
    is_bare: bool,
    is_text: bool,
    is_named: bool,
}

/// How the texts of a register are looked at.
#[derive(Debug)]
pub(super) struct TextReader {
    /// By normal header, for each column of levels: its place, its reader, its spellings.
    levels: HashMap<String, Vec<(usize, LevelReader, Vec<String>)>>,
    /// Headers of columns that are known to identify persons.
    identifying: Vec<String>,
}

impl TextReader {
    pub(super) fn new(register: &Register, columns: &Named<Column>) -> Self {
        let mut levels: HashMap<String, Vec<_>> = HashMap::new();
        for (position, column) in columns.values().enumerate() {
            let header = column.header.as_deref().filter(|_| column.absent.is_none());
            let (Some(header), true) = (header, column.column_type().has_levels()) else {
                continue;
            };
            let spellings = column.levels.0.iter().flat_map(Level::texts);
            let entry = (position, LevelReader::of(column), spellings.map(str::to_owned).collect());
            levels.entry(text::normal(header).into_owned()).or_default().push(entry);
        }
        let headers = register.identifying.iter().map(|entry| text::normal(&entry.header));
        Self { levels, identifying: headers.map(std::borrow::Cow::into_owned).collect() }
    }

    /// Looks at every text of a table whose first row is number `before + 1`.
    pub(super) fn look(&self, table: &Table<'_>, before: u64, texts: &mut Texts) {
        for (place, (header, values)) in table.columns().iter().enumerate() {
            let header = text::normal(header).into_owned();
            let levels = self.levels.get(&header).map_or(&[][..], Vec::as_slice);
            let is_identifying = self.identifying.contains(&header);
            let looks = texts.looks.entry(header).or_default();
            if looks.place == 0 {
                looks.place = place + 1;
            }
            if let Values::Integers { .. } | Values::Numbers { .. } = values {
                if !is_identifying {
                    looks.numbers(values, before);
                }
                continue;
            }
            let reader = levels.first();
            let undeclared =
                |text: &str| reader.is_some_and(|(_, reader, _)| !reader.is_declared(text));
            let slips = values.dictionary().flatten().filter(|text| undeclared(text)).count();
            let said: Vec<Said> = values
                .dictionary()
                .map(|found| {
                    let found = found.map(text::normal).unwrap_or_default();
                    let mut said = Said::of(&found, is_identifying);
                    if let Some((_, reader, spellings)) = reader {
                        let is_slip = !reader.is_declared(&found);
                        // What is declared is nobody's name.
                        said = if is_slip { said } else { Said::default() };
                        let is_told = is_slip && slips <= MOST_SLIPS;
                        said.near = is_told.then(|| nearest(&found, spellings)).flatten();
                    }
                    said
                })
                .collect();
            for row in 0..values.len() {
                let Some(said) = values.code(row).and_then(|code| said.get(code)) else { continue };
                let number = before + row as u64 + 1;
                looks.add(said, number);
                if let Some(near) = &said.near {
                    for (column, ..) in levels {
                        texts.near.entry((*column, near.clone())).or_default().add(number);
                    }
                }
            }
        }
    }
}

impl Said {
    fn of(text: &str, is_identifying: bool) -> Self {
        if text.is_empty() || is_identifying {
            return Self::default();
        }
        Self {
            near: None,
            look: look_of(text).map(|seen| (seen.look, seen.is_sure)),
            is_bare: is_bare_number(text),
            is_text: day::parse(text).is_none(),
            is_named: is_shaped_as_name(text),
        }
    }
}

impl ColumnLooks {
    fn add(&mut self, said: &Said, number: u64) {
        self.bare += u64::from(said.is_bare);
        if said.is_text {
            self.texts.add(number);
        }
        if let Some((look, is_sure)) = said.look {
            let looks = self.looks.entry(look).or_default();
            looks.rows.add(number);
            looks.sure += u64::from(is_sure);
        }
        if said.is_named {
            self.named.add(number);
        }
    }

    /// Identity numbers that a table holds as numbers: the digits alone. A telephone number loses its zero there.
    fn numbers(&mut self, values: &Values<'_>, before: u64) {
        for row in 0..values.len() {
            let is_known = values.known().is_none_or(|known| known.at(row));
            let number = match values {
                Values::Integers { numbers, .. } => Some(numbers.at(row)).filter(|_| is_known),
                #[allow(clippy::cast_possible_truncation, reason = "whole and below 10^12")]
                Values::Numbers { numbers, .. } => Some(numbers[row])
                    .filter(|number| is_known && number.fract() == 0.0 && number.abs() < 1e13)
                    .map(|number| number as i64),
                _ => None,
            };
            // Ten digits of somebody born in a year that begins with a zero are nine as a number.
            let Some(number) = number.filter(|number| *number >= 1_000_000) else { continue };
            let text = format!("{number:010}");
            let said = Said::of(&text, false);
            let is_identity =
                matches!(said.look, Some((Look::IdentityNumber | Look::CoordinationNumber, _)));
            let look = said.look.filter(|_| is_identity);
            self.add(&Said { look, is_named: false, ..said }, before + row as u64 + 1);
        }
    }

    fn append(&mut self, other: Self) {
        if self.place == 0 {
            self.place = other.place;
        }
        self.bare += other.bare;
        self.texts.extend(other.texts);
        self.named.extend(other.named);
        for (look, looks) in other.looks {
            let own = self.looks.entry(look).or_default();
            own.rows.extend(looks.rows);
            own.sure += looks.sure;
        }
    }
}

impl Texts {
    /// Adds what was seen in rows that follow.
    pub(super) fn append(&mut self, other: Self) {
        for (near, rows) in other.near {
            self.near.entry(near).or_default().extend(rows);
        }
        for (header, looks) in other.looks {
            self.looks.entry(header).or_default().append(looks);
        }
    }

    /// What the columns look like, in the order of the table.
    pub(super) fn column_looks(&self) -> Vec<ColumnLook<'_>> {
        let mut found = Vec::new();
        for (header, column) in &self.looks {
            let place = column.place;
            for (look, looks) in &column.looks {
                let passing = looks.rows.count - looks.sure;
                if looks.sure > 0 || passing.saturating_mul(PASSING) >= column.bare {
                    let rows = looks.rows.clone();
                    found.push(ColumnLook { header, place, look: Some(*look), rows });
                }
            }
            let named = column.named.count;
            let is_named = named >= 3 && named * 2 >= column.texts.count;
            if is_named || is_name_header(header) && !column.texts.is_empty() {
                let rows = if is_named { column.named.clone() } else { column.texts.clone() };
                found.push(ColumnLook { header, place, look: None, rows });
            }
        }
        found.sort_by(|one, other| {
            (one.look.is_none(), one.look, one.place, one.header).cmp(&(
                other.look.is_none(),
                other.look,
                other.place,
                other.header,
            ))
        });
        found
    }
}

/// Whether a header itself looks like what identifies a person: it is then not told.
pub(super) fn is_telling(header: &str) -> bool {
    look_of(header).is_some()
}
