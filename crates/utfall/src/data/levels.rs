//! Level, ordinal and flag columns: texts, numbers and booleans become small codes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use super::register::{ColumnReader, RowColumn};
use super::values::{Bits, CHUNK, Code, Codes, Values, select, with_codes};
use crate::error::{RegisterProblem, Result};
use crate::finding::{FindingCode, Rows};
use crate::identity_number::identity_number;
use crate::project::{Column, ColumnType, FLAG_WORDS};
use crate::text;

/// Levels of a column, bound: a code for each row, `unknown` where the level is not known.
#[derive(Debug, Clone)]
pub(crate) struct LevelCodes<'a> {
    /// The rows' codes of the source, or of this library.
    pub(crate) codes: Codes<'a>,
    /// Which rows are not null.
    pub(crate) known: Option<Bits<'a>>,
    /// From a code of the source to a level; a code beyond it is unknown.
    pub(crate) levels: Vec<u32>,
    /// The code of unknown: the number of declared levels.
    pub(crate) unknown: u32,
}

impl LevelCodes<'_> {
    /// The level of a row.
    #[inline]
    pub(crate) fn at(&self, row: usize) -> u32 {
        if self.known.as_ref().is_some_and(|known| !known.at(row)) {
            return self.unknown;
        }
        let code = with_codes!(&self.codes, slice => slice[row].position());
        self.levels.get(code).copied().unwrap_or(self.unknown)
    }

    /// Calls `put` for each of some rows, at most [`CHUNK`], with its place and what `table` holds for its code of the
    /// source; `unknown` where the row is null.
    #[inline]
    pub(crate) fn look_up(
        &self,
        rows: Range<usize>,
        table: &[u32],
        unknown: u32,
        places: &mut [u32],
        put: impl Fn(&mut u32, u32),
    ) {
        // A byte can have no code beyond the table of all bytes, so that nothing is to be asked of it.
        match &self.codes {
            Codes::U8(codes) => {
                let table = of_all_bytes(table, 256, unknown);
                let found = codes[rows.clone()].iter().map(|code| table[usize::from(*code)]);
                self.put_known(rows, found, unknown, places, put);
            }
            Codes::I8(codes) => {
                // A negative code is none.
                let table = of_all_bytes(table, 128, unknown);
                let found =
                    codes[rows.clone()].iter().map(|code| table[usize::from(code.cast_unsigned())]);
                self.put_known(rows, found, unknown, places, put);
            }
            wider => with_codes!(wider, codes => {
                let found = codes[rows.clone()]
                    .iter()
                    .map(|code| table.get(code.position()).copied().unwrap_or(unknown));
                self.put_known(rows, found, unknown, places, put);
            }),
        }
    }

    #[inline]
    fn put_known(
        &self,
        rows: Range<usize>,
        found: impl Iterator<Item = u32>,
        unknown: u32,
        places: &mut [u32],
        put: impl Fn(&mut u32, u32),
    ) {
        let Some(known) = &self.known else {
            places.iter_mut().zip(found).for_each(|(place, found)| put(place, found));
            return;
        };
        let mut flags = [false; CHUNK];
        known.unpack(rows.clone(), &mut flags[..rows.len()]);
        for ((place, found), is_known) in places.iter_mut().zip(found).zip(flags) {
            put(place, select(is_known, found, unknown));
        }
    }

    /// Levels by row, each its own code.
    pub(crate) fn from_levels(levels: Vec<u32>, unknown: u32) -> Self {
        Self {
            codes: Codes::U32(levels.into()),
            known: None,
            levels: (0..=unknown).collect(),
            unknown,
        }
    }
}

/// What stands for which level of a column.
#[derive(Debug)]
pub(crate) struct LevelReader {
    by_text: HashMap<String, u32>,
    is_flag: bool,
    /// Whether every level that is a whole number is a small one.
    is_narrow: bool,
    off_list: FindingCode,
    unknown: u32,
}

/// Whole numbers up to this one can be their own codes.
const NARROW: i64 = 1_024;

/// A level of the source as it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Match {
    Level(u32),
    /// Null or empty.
    Empty,
    /// Something that no level declares.
    Undeclared,
}

impl LevelReader {
    pub(crate) fn of(column: &Column) -> Self {
        let kind = column.column_type();
        let mut by_text = HashMap::new();
        for (level, position) in column.levels.0.iter().zip(0_u32..) {
            let code =
                if kind == ColumnType::Flag { u32::from(level.code == "true") } else { position };
            for spelling in level.texts() {
                by_text.insert(text::normal(spelling).into_owned(), code);
            }
        }
        let unknown = u32::try_from(level_count(column)).unwrap_or(u32::MAX);
        let is_narrow = by_text
            .keys()
            .filter_map(|text: &String| text.parse::<i64>().ok())
            .all(|number| (0..NARROW).contains(&number));
        let off_list = if kind == ColumnType::Ordinal {
            FindingCode::OffScale
        } else {
            FindingCode::UndeclaredSpelling
        };
        Self { by_text, is_flag: kind == ColumnType::Flag, is_narrow, off_list, unknown }
    }

    fn text(&self, source: Option<&str>) -> Match {
        let text = source.map(text::normal).unwrap_or_default();
        if text.is_empty() {
            return Match::Empty;
        }
        if let Some(level) = self.by_text.get(text.as_ref()) {
            return Match::Level(*level);
        }
        let word = text.to_lowercase();
        let flag = FLAG_WORDS.iter().find(|(known, _)| self.is_flag && *known == word);
        // The codes of a flag are 0 for false and 1 for true.
        flag.map_or(Match::Undeclared, |(_, is_true)| Match::Level(u32::from(*is_true)))
    }

    /// Whether a text stands for a level, or for nothing.
    pub(crate) fn is_declared(&self, text: &str) -> bool {
        self.text(Some(text)) != Match::Undeclared
    }

    /// A number matches as its text; a whole float as the whole number.
    fn number(&self, number: f64) -> Match {
        // Adding zero makes minus zero zero.
        if number.is_nan() { Match::Empty } else { self.text(Some(&(number + 0.0).to_string())) }
    }

    pub(super) fn read<'a>(&self, reader: &mut ColumnReader<'_, 'a>) -> Result<RowColumn<'a>> {
        let read = match reader.values {
            Values::Texts { codes, dictionary, known } => {
                let matches: Vec<Match> =
                    dictionary.iter().map(|text| self.text(text.as_deref())).collect();
                refuse_identity_numbers(reader, &matches)?;
                self.coded(reader, codes.clone(), known.clone(), &matches)
            }
            Values::Flags { flags, known } => {
                let codes: Vec<u8> = (0..flags.len()).map(|row| flags.at(row).into()).collect();
                let matches = [self.text(Some("false")), self.text(Some("true"))];
                self.coded(reader, Codes::U8(codes.into()), known.clone(), &matches)
            }
            Values::Integers { numbers, known } if self.is_narrow => {
                // A whole number is its own code.
                let matches: Vec<Match> =
                    (0..NARROW).map(|number| self.text(Some(&number.to_string()))).collect();
                self.coded(reader, numbers.to_codes(), known.clone(), &matches)
            }
            Values::Integers { numbers, known } => {
                let (codes, distinct) = distinct_by((0..numbers.len()).map(|row| numbers.at(row)));
                let matches: Vec<Match> =
                    distinct.iter().map(|number| self.text(Some(&number.to_string()))).collect();
                self.coded(reader, codes, known.clone(), &matches)
            }
            Values::Numbers { numbers, known } => {
                let (codes, distinct) = distinct_by(numbers.iter().map(|number| number.to_bits()));
                let matches: Vec<Match> =
                    distinct.iter().map(|bits| self.number(f64::from_bits(*bits))).collect();
                self.coded(reader, codes, known.clone(), &matches)
            }
            Values::Nulls(len) => LevelCodes::from_levels(vec![self.unknown; *len], self.unknown),
            other @ Values::Days { .. } => return Err(reader.wrong_type("levels", other.noun())),
        };
        Ok(RowColumn::Levels(read))
    }

    fn coded<'a>(
        &self,
        reader: &mut ColumnReader<'_, 'a>,
        codes: Codes<'a>,
        known: Option<Bits<'a>>,
        matches: &[Match],
    ) -> LevelCodes<'a> {
        let levels = matches.iter().map(|found| match found {
            Match::Level(level) => *level,
            Match::Empty | Match::Undeclared => self.unknown,
        });
        let read = LevelCodes { codes, known, levels: levels.collect(), unknown: self.unknown };
        let is_undeclared =
            |code: usize| matches.get(code).is_none_or(|found| *found == Match::Undeclared);
        let may_occur = matches.contains(&Match::Undeclared)
            || matches!(reader.values, Values::Integers { .. });
        let occurs = may_occur
            && range_of(&read.codes).any(is_undeclared)
            && occurring(&read.codes, matches.len()).into_iter().any(is_undeclared);
        // Rows are only looked at one by one where something undeclared occurs.
        if occurs {
            let mut undeclared = Rows::default();
            for row in 0..read.codes.len() {
                let is_known = read.known.as_ref().is_none_or(|known| known.at(row));
                let code = with_codes!(&read.codes, slice => slice[row].position());
                if is_known && is_undeclared(code) {
                    undeclared.add(reader.number_of(row));
                }
            }
            reader.note(self.off_list, undeclared);
        }
        read
    }
}

/// Refuses a column of texts with identity numbers of persons, unless it is declared to hold such: they would be read as
/// unknown, and their file would be passed on with them.
fn refuse_identity_numbers(reader: &ColumnReader<'_, '_>, matches: &[Match]) -> Result<()> {
    let Values::Texts { codes, dictionary, known } = reader.values else { return Ok(()) };
    if reader.is_lenient || reader.may_identify || !matches.contains(&Match::Undeclared) {
        return Ok(());
    }
    let is_number = |(text, found): (&Option<Cow<'_, str>>, &Match)| {
        let text = text.as_deref().filter(|_| *found == Match::Undeclared).map(text::normal);
        // Twelve digits with a day of birth and a check digit are hardly anything else; ten may be.
        let is_one = |text: &str| {
            identity_number(text).is_some_and(|(_, is_sure)| is_sure || text.len() == 12)
        };
        text.is_some_and(|text| is_one(&text))
    };
    let numbers: Vec<bool> = dictionary.iter().zip(matches).map(is_number).collect();
    if !numbers.contains(&true) {
        return Ok(());
    }
    let mut rows = Rows::default();
    for row in 0..reader.values.len() {
        let code = with_codes!(codes, slice => slice[row].position());
        let is_known = known.as_ref().is_none_or(|known| known.at(row));
        if is_known && numbers.get(code).copied().unwrap_or_default() {
            rows.add(reader.number_of(row));
        }
    }
    let header = reader.header.to_owned();
    rows.some().map_or(Ok(()), |rows| {
        Err(reader.error(RegisterProblem::IdentityNumbers { header, rows: rows.into() }))
    })
}

/// A table for every byte: that of the first codes, `unknown` for the rest.
fn of_all_bytes(table: &[u32], first: usize, unknown: u32) -> [u32; 256] {
    let mut whole = [unknown; 256];
    let len = table.len().min(first);
    whole[..len].copy_from_slice(&table[..len]);
    whole
}

/// The codes of a column's levels, in order.
pub(crate) fn level_codes(column: &Column) -> Vec<String> {
    match column.column_type() {
        ColumnType::Flag => vec!["false".to_owned(), "true".to_owned()],
        _ => column.levels.codes().map(str::to_owned).collect(),
    }
}

/// How many levels a column declares; a flag has two.
pub(crate) fn level_count(column: &Column) -> usize {
    match column.column_type() {
        ColumnType::Flag => 2,
        _ => column.levels.0.len(),
    }
}

/// The codes from the lowest to the highest that occur, and all beyond where one is negative: found many at once.
fn range_of(codes: &Codes<'_>) -> RangeInclusive<usize> {
    with_codes!(codes, codes => {
        let first = codes.first().copied().unwrap_or_default();
        let ends = |(low, high), code: &_| (Ord::min(low, *code), Ord::max(high, *code));
        let (low, high) = codes.iter().fold((first, first), ends);
        let has_negative = low < Default::default();
        low.position()..=if has_negative { usize::MAX } else { high.position() }
    })
}

/// The codes that occur, below `end` each by itself, those beyond it as `end`.
fn occurring(codes: &Codes<'_>, end: usize) -> Vec<usize> {
    let mut occurs = vec![false; end + 1];
    with_codes!(codes, codes => {
        for code in codes.iter() {
            occurs[code.position().min(end)] = true;
        }
    });
    (0..=end).filter(|code| occurs[*code]).collect()
}

/// Codes of values in the order of their first occurrence.
fn distinct_by<'a, T: Copy + Eq + std::hash::Hash>(
    values: impl Iterator<Item = T>,
) -> (Codes<'a>, Vec<T>) {
    let mut positions: HashMap<T, u32> = HashMap::new();
    let mut distinct = Vec::new();
    let codes: Vec<u32> = values
        .map(|value| {
            *positions.entry(value).or_insert_with(|| {
                distinct.push(value);
                u32::try_from(distinct.len() - 1).unwrap_or(u32::MAX)
            })
        })
        .collect();
    (Codes::U32(codes.into()), distinct)
}
