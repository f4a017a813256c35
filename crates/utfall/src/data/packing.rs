//! Rows packed into words, so that the order of the words is the order of what the rows hold.

use std::ops::Range;

use super::days::Days;
use super::enrolments::EnrolmentDates;
use super::levels::{LevelCodes, level_count};
use super::numbers::Numbers;
use super::register::{Register, RowColumn};
use crate::project::{Column, ColumnType, Named};

/// How a row is packed: columns in declared order; levels as declared, days and numbers ascending, unknown last.
#[derive(Debug, Clone)]
pub(crate) struct Packing {
    /// Where each column lies; `None` where it is absent.
    slots: Vec<Option<Slot>>,
    /// How many words a row takes.
    pub(super) width: usize,
    pub(super) dates: EnrolmentDates,
}

/// Where a column lies among the words of a row.
#[derive(Debug, Clone, Copy)]
enum Slot {
    /// A digit of a word, from 0 to below `size`; those `below` it count for less.
    Levels {
        word: usize,
        below: u32,
        size: u32,
    },
    Days {
        word: usize,
    },
    /// Two words.
    Numbers {
        word: usize,
    },
}

/// The word of a day that is not known: above all others.
pub(super) const NO_DAY: u32 = u32::MAX;

impl Packing {
    pub(crate) fn new(columns: &Named<Column>, dates: EnrolmentDates) -> Self {
        let mut slots: Vec<Option<Slot>> = Vec::with_capacity(columns.len());
        let mut width = 0;
        // How many contents the digits of the last word tell apart; `None` where it takes no more of them.
        let mut contents: Option<u32> = None;
        for column in columns.values() {
            if column.absent.is_some() {
                slots.push(None);
                continue;
            }
            let (kind, last) = (column.column_type(), width);
            if !kind.has_levels() {
                width += if kind == ColumnType::Number { 2 } else { 1 };
                contents = None;
                slots.push(Some(match kind {
                    ColumnType::Number => Slot::Numbers { word: last },
                    _ => Slot::Days { word: last },
                }));
                continue;
            }
            let size = u32::try_from(level_count(column)).unwrap_or(u32::MAX).saturating_add(1);
            let fitting = contents.and_then(|contents| contents.checked_mul(size));
            if fitting.is_none() {
                width += 1;
            }
            contents = fitting.or(Some(size));
            // What is declared later counts for less.
            for slot in slots.iter_mut().flatten() {
                match slot {
                    Slot::Levels { word, below, .. } if *word == width - 1 => *below *= size,
                    _ => {}
                }
            }
            slots.push(Some(Slot::Levels { word: width - 1, below: 1, size }));
        }
        // A row takes a word even where every column is absent.
        Self { slots, width: width.max(1), dates }
    }

    /// Packs some rows into words that are 0.
    pub(super) fn pack(&self, register: &Register<'_>, rows: &Range<usize>, words: &mut [u32]) {
        for (slot, column) in self.slots.iter().zip(&register.columns) {
            let of_rows = rows.clone().zip(words.chunks_exact_mut(self.width));
            match (*slot, column) {
                (Some(Slot::Levels { word, below, .. }), RowColumn::Levels(levels)) => {
                    of_rows.for_each(|(row, words)| words[word] += levels.at(row) * below);
                }
                (Some(Slot::Days { word }), RowColumn::Days(days)) => {
                    of_rows.for_each(|(row, words)| words[word] = day_word(days.at(row)));
                }
                (Some(Slot::Numbers { word }), RowColumn::Numbers(numbers)) => {
                    for (row, words) in of_rows {
                        [words[word], words[word + 1]] = number_words(numbers.at(row));
                    }
                }
                _ => {}
            }
        }
    }

    /// The columns of some of the rows that lie in `words`.
    pub(super) fn columns(&self, words: &[u32], rows: &[usize]) -> Vec<RowColumn<'static>> {
        let word = |row: usize, word: usize| words[row * self.width + word];
        let column = |slot: &Option<Slot>| match *slot {
            None => RowColumn::Absent,
            Some(Slot::Levels { word: at, below, size }) => {
                let levels = rows.iter().map(|row| word(*row, at) / below % size);
                RowColumn::Levels(LevelCodes::from_levels(levels.collect(), size - 1))
            }
            Some(Slot::Days { word: at }) => {
                RowColumn::Days(Days::known(rows.iter().map(|row| day_of(word(*row, at)))))
            }
            Some(Slot::Numbers { word: at }) => {
                let numbers =
                    rows.iter().map(|row| number_of([word(*row, at), word(*row, at + 1)]));
                RowColumn::Numbers(Numbers::new(numbers.collect()))
            }
        };
        self.slots.iter().map(column).collect()
    }

    /// The word of the day in a column of dates.
    pub(super) fn day(&self, words: &[u32], column: usize) -> u32 {
        match self.slots[column] {
            Some(Slot::Days { word }) => words[word],
            _ => NO_DAY,
        }
    }
}

fn day_word(day: Option<i32>) -> u32 {
    // Days before 1970 are below those after it. No day that has happened has the word of an unknown one.
    day.map_or(NO_DAY, |day| day.cast_unsigned() ^ (1 << 31))
}

pub(super) fn day_of(word: u32) -> Option<i32> {
    (word != NO_DAY).then_some((word ^ (1 << 31)).cast_signed())
}

fn number_words(number: Option<f64>) -> [u32; 2] {
    const SIGN: u64 = 1 << 63;
    // Bits of positive numbers rise with them, those of negative ones fall. Adding zero makes minus zero zero.
    let bits = number.map_or(u64::MAX, |number| match (number + 0.0).to_bits() {
        bits if bits & SIGN == 0 => bits | SIGN,
        bits => !bits,
    });
    #[allow(clippy::cast_possible_truncation, reason = "one half after the other")]
    [(bits >> 32) as u32, bits as u32]
}

fn number_of([high, low]: [u32; 2]) -> f64 {
    const SIGN: u64 = 1 << 63;
    match u64::from(high) << 32 | u64::from(low) {
        u64::MAX => f64::NAN,
        bits if bits & SIGN == 0 => f64::from_bits(!bits),
        bits => f64::from_bits(bits ^ SIGN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_the_order_of_what_they_hold() {
        let days = [Some(i32::MIN), Some(-1), Some(0), Some(1), Some(i32::MAX - 1), None];
        assert!(days.map(day_word).is_sorted_by(|one, next| one < next));
        assert_eq!(days.map(day_word).map(day_of), days);
        let numbers = [Some(f64::MIN), Some(-0.5), Some(0.0), Some(1e-300), Some(2.0), None];
        let words = numbers.map(number_words);
        assert!(words.is_sorted_by(|one, next| one < next));
        let read = words.map(|words| Some(number_of(words)).filter(|number| !number.is_nan()));
        assert_eq!(read, numbers);
        assert_eq!(number_words(Some(-0.0)), number_words(Some(0.0)));
    }
}
