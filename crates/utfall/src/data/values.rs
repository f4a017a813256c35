//! The values of one column as they arrive, in the layouts that data frames keep them in.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// How many rows are worked through column by column before they are counted: what fits the nearest cache.
pub(crate) const CHUNK: usize = 2_048;

/// The values of one column.
///
/// Slices may be borrowed, so that a data frame's memory is read where it lies. `known` has a bit for each row, set
/// where the value is not null; without it no value is null.
///
/// ```
/// use utfall::data::Values;
///
/// let genders = Values::from_texts([Some("K"), None, Some("M"), Some("K")]);
/// assert_eq!(genders.len(), 4);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Values<'a> {
    /// Texts, coded: a row's code is the position of its text in the dictionary.
    Texts {
        /// A code for each row; at null rows it has no meaning.
        codes: Codes<'a>,
        /// The texts; `None` is a null. Texts may repeat, and need not occur.
        dictionary: Vec<Option<Cow<'a, str>>>,
        /// Which rows are not null.
        known: Option<Bits<'a>>,
    },
    /// Whole numbers.
    Integers {
        /// A number for each row.
        numbers: Integers<'a>,
        /// Which rows are not null.
        known: Option<Bits<'a>>,
    },
    /// Decimal numbers; a NaN is a null.
    Numbers {
        /// A number for each row.
        numbers: Cow<'a, [f64]>,
        /// Which rows are not null.
        known: Option<Bits<'a>>,
    },
    /// Days, counted from 1970-01-01.
    Days {
        /// A day for each row.
        days: Cow<'a, [i32]>,
        /// Which rows are not null.
        known: Option<Bits<'a>>,
    },
    /// True or false.
    Flags {
        /// A bit for each row.
        flags: Bits<'a>,
        /// Which rows are not null.
        known: Option<Bits<'a>>,
    },
    /// Nulls only.
    Nulls(usize),
}

/// A bit for each row, packed from the lowest bit of the first byte on, as Arrow packs them.
#[derive(Debug, Clone)]
pub struct Bits<'a> {
    bytes: Cow<'a, [u8]>,
    offset: usize,
    len: usize,
}

/// Codes of coded texts, in any width.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the width is all there is to say")]
pub enum Codes<'a> {
    U8(Cow<'a, [u8]>),
    U16(Cow<'a, [u16]>),
    U32(Cow<'a, [u32]>),
    U64(Cow<'a, [u64]>),
    I8(Cow<'a, [i8]>),
    I16(Cow<'a, [i16]>),
    I32(Cow<'a, [i32]>),
    I64(Cow<'a, [i64]>),
}

/// Whole numbers, in the widths that data frames use most.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the width is all there is to say")]
pub enum Integers<'a> {
    I8(Cow<'a, [i8]>),
    I16(Cow<'a, [i16]>),
    I32(Cow<'a, [i32]>),
    I64(Cow<'a, [i64]>),
}

/// A number that can be a position in a dictionary.
pub(crate) trait Code: Copy + Default + Ord {
    /// The position; a code that is none becomes one that no dictionary reaches.
    fn position(self) -> usize;
}

macro_rules! codes {
    ($($type:ty),*) => {
        $(impl Code for $type {
            #[inline]
            fn position(self) -> usize {
                usize::try_from(self).unwrap_or(usize::MAX)
            }
        })*
    };
}

codes!(u8, u16, u32, u64, i8, i16, i32, i64);

/// Runs an expression on the slice of codes, whatever its width.
macro_rules! with_codes {
    ($codes:expr, $slice:ident => $body:expr) => {
        match $codes {
            $crate::data::Codes::U8($slice) => $body,
            $crate::data::Codes::U16($slice) => $body,
            $crate::data::Codes::U32($slice) => $body,
            $crate::data::Codes::U64($slice) => $body,
            $crate::data::Codes::I8($slice) => $body,
            $crate::data::Codes::I16($slice) => $body,
            $crate::data::Codes::I32($slice) => $body,
            $crate::data::Codes::I64($slice) => $body,
        }
    };
}

pub(crate) use with_codes;

impl Codes<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        with_codes!(self, slice => slice.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'a> Integers<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::I8(numbers) => numbers.len(),
            Self::I16(numbers) => numbers.len(),
            Self::I32(numbers) => numbers.len(),
            Self::I64(numbers) => numbers.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The numbers as codes: a number that is none leads nowhere.
    pub(crate) fn to_codes(&self) -> Codes<'a> {
        match self {
            Self::I8(numbers) => Codes::I8(numbers.clone()),
            Self::I16(numbers) => Codes::I16(numbers.clone()),
            Self::I32(numbers) => Codes::I32(numbers.clone()),
            Self::I64(numbers) => Codes::I64(numbers.clone()),
        }
    }

    /// The number of a row.
    pub fn at(&self, row: usize) -> i64 {
        match self {
            Self::I8(numbers) => numbers[row].into(),
            Self::I16(numbers) => numbers[row].into(),
            Self::I32(numbers) => numbers[row].into(),
            Self::I64(numbers) => numbers[row],
        }
    }
}

impl<'a> Bits<'a> {
    /// The `len` bits from bit `offset` of `bytes` on, or `None` if there are fewer.
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>, offset: usize, len: usize) -> Option<Self> {
        let bytes = bytes.into();
        let end = offset.checked_add(len)?;
        (end <= bytes.len().saturating_mul(8)).then_some(Self { bytes, offset, len })
    }

    /// The bits of these flags.
    pub fn from_flags(flags: impl IntoIterator<Item = bool>) -> Self {
        let mut bytes = Vec::new();
        let mut len = 0;
        for flag in flags {
            if len % 8 == 0 {
                bytes.push(0);
            }
            bytes[len / 8] |= u8::from(flag) << (len % 8);
            len += 1;
        }
        Self { bytes: bytes.into(), offset: 0, len }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bit of a row.
    #[inline]
    pub fn at(&self, row: usize) -> bool {
        let bit = self.offset + row;
        self.bytes[bit / 8] >> (bit % 8) & 1 == 1
    }
}

/// One of two numbers, without a branch: whether a row is known is not to be guessed.
#[inline]
pub(crate) const fn select(is_first: bool, first: u32, second: u32) -> u32 {
    second ^ ((first ^ second) & (is_first as u32).wrapping_neg())
}

impl Bits<'_> {
    /// Writes the bits of some rows, a flag each.
    #[inline]
    pub(crate) fn unpack(&self, rows: Range<usize>, flags: &mut [bool]) {
        let first = self.offset + rows.start;
        let bytes = &self.bytes[first / 8..];
        if first.is_multiple_of(8) {
            // The usual case, eight at a time.
            for (flags, byte) in flags.chunks_mut(8).zip(bytes) {
                for (bit, flag) in flags.iter_mut().enumerate() {
                    *flag = byte >> bit & 1 == 1;
                }
            }
        } else {
            for (bit, flag) in (first % 8..).zip(flags) {
                *flag = bytes[bit / 8] >> (bit % 8) & 1 == 1;
            }
        }
    }
}

impl<'a> Values<'a> {
    /// Coded texts from texts; `None` is a null.
    pub fn from_texts<Text: AsRef<str>>(texts: impl IntoIterator<Item = Option<Text>>) -> Self {
        let mut builder = TextsBuilder::default();
        for text in texts {
            builder.push(text.as_ref().map(AsRef::as_ref));
        }
        builder.finish()
    }

    /// Days from dates; `None` is a null.
    pub fn from_days(days: impl IntoIterator<Item = Option<chrono::NaiveDate>>) -> Self {
        let (days, known): (Vec<i32>, Vec<bool>) =
            days.into_iter().map(|day| (day.map_or(0, crate::day::number), day.is_some())).unzip();
        Self::Days { days: days.into(), known: Some(Bits::from_flags(known)) }
    }

    /// Whole numbers; `None` is a null.
    pub fn from_integers(numbers: impl IntoIterator<Item = Option<i64>>) -> Self {
        let (numbers, known): (Vec<i64>, Vec<bool>) =
            numbers.into_iter().map(|number| (number.unwrap_or(0), number.is_some())).unzip();
        Self::Integers {
            numbers: Integers::I64(numbers.into()),
            known: Some(Bits::from_flags(known)),
        }
    }

    /// Decimal numbers; `None` and NaN are nulls.
    pub fn from_numbers(numbers: impl IntoIterator<Item = Option<f64>>) -> Self {
        let numbers: Vec<f64> =
            numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect();
        Self::Numbers { numbers: numbers.into(), known: None }
    }

    /// True and false; `None` is a null.
    pub fn from_flags(flags: impl IntoIterator<Item = Option<bool>> + Clone) -> Self {
        Self::Flags {
            flags: Bits::from_flags(flags.clone().into_iter().map(|flag| flag == Some(true))),
            known: Some(Bits::from_flags(flags.into_iter().map(|flag| flag.is_some()))),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Texts { codes, .. } => codes.len(),
            Self::Integers { numbers, .. } => numbers.len(),
            Self::Numbers { numbers, .. } => numbers.len(),
            Self::Days { days, .. } => days.len(),
            Self::Flags { flags, .. } => flags.len(),
            Self::Nulls(len) => *len,
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the values are, as a message says it.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Texts { .. } => "text",
            Self::Integers { .. } => "whole numbers",
            Self::Numbers { .. } => "decimal numbers",
            Self::Days { .. } => "dates",
            Self::Flags { .. } => "true and false",
            Self::Nulls(_) => "nothing but nulls",
        }
    }

    /// Which rows are not null, by the bits alone.
    pub(crate) fn known(&self) -> Option<&Bits<'a>> {
        match self {
            Self::Texts { known, .. }
            | Self::Integers { known, .. }
            | Self::Numbers { known, .. }
            | Self::Days { known, .. }
            | Self::Flags { known, .. } => known.as_ref(),
            Self::Nulls(_) => None,
        }
    }

    /// Whether each part has as many rows as the others.
    pub(crate) fn is_sound(&self) -> bool {
        self.known().is_none_or(|known| known.len() == self.len())
    }
}

/// Codes texts one by one, for sources that come row by row.
///
/// ```
/// use utfall::data::TextsBuilder;
///
/// let mut genders = TextsBuilder::default();
/// genders.push(Some("K"));
/// genders.push(None);
/// assert_eq!(genders.finish().len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct TextsBuilder {
    positions: HashMap<Box<str>, u32, foldhash::fast::RandomState>,
    dictionary: Vec<Option<Cow<'static, str>>>,
    codes: Vec<u32>,
    known: Vec<bool>,
    has_nulls: bool,
}

impl TextsBuilder {
    /// Adds a row; `None` is a null.
    pub fn push(&mut self, text: Option<&str>) {
        self.known.push(text.is_some());
        let Some(text) = text else {
            self.has_nulls = true;
            self.codes.push(0);
            return;
        };
        let position = self.positions.get(text).copied().unwrap_or_else(|| {
            let position = u32::try_from(self.dictionary.len()).unwrap_or(u32::MAX);
            self.dictionary.push(Some(Cow::Owned(text.to_owned())));
            self.positions.insert(text.into(), position);
            position
        });
        self.codes.push(position);
    }

    /// The coded texts.
    pub fn finish<'a>(self) -> Values<'a> {
        let known = self.has_nulls.then(|| Bits::from_flags(self.known));
        Values::Texts { codes: Codes::U32(self.codes.into()), dictionary: self.dictionary, known }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_from_their_offset() {
        let bits = Bits::new(vec![0b1010_0000, 0b0000_0001], 5, 4).unwrap();
        assert_eq!((0..4).map(|row| bits.at(row)).collect::<Vec<_>>(), [true, false, true, true]);
        assert!(Bits::new(vec![0], 5, 4).is_none());
    }

    #[test]
    fn texts_are_coded_once() {
        let Values::Texts { dictionary, codes: Codes::U32(codes), known } =
            Values::from_texts([Some("a"), Some("b"), None, Some("a")])
        else {
            panic!("texts")
        };
        assert_eq!(dictionary.len(), 2);
        assert_eq!(&codes[..], [0, 1, 0, 0]);
        assert!(!known.unwrap().at(2));
    }
}
