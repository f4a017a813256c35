//! Arrow arrays to values of the core, borrowing what lies in memory in the same form.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type,
    Decimal256Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayAccessor, ArrowPrimitiveType, DictionaryArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, TimeUnit};
use utfall::data::{Bits, Codes, Integers, Values};

use self::coder::Coder;
use self::moments::days_of_timestamps;

mod coder;
mod moments;

/// The values of an array, or the name of its type where no register holds such values.
pub(crate) fn values(array: &dyn Array) -> Result<Values<'_>, String> {
    let known = bits_of(array.nulls());
    Ok(match array.data_type() {
        DataType::Null => Values::Nulls(array.len()),
        DataType::Utf8 => texts(array, &array.as_string::<i32>()),
        DataType::LargeUtf8 => texts(array, &array.as_string::<i64>()),
        DataType::Utf8View => texts(array, &array.as_string_view()),
        DataType::Boolean => {
            let flags = array.as_boolean().values();
            let bits = Bits::new(flags.values(), flags.offset(), flags.len());
            Values::Flags { flags: bits.ok_or("Boolean with a broken buffer")?, known }
        }
        DataType::Int8 => integers(Integers::I8(slice::<Int8Type>(array)), known),
        DataType::Int16 => integers(Integers::I16(slice::<Int16Type>(array)), known),
        DataType::Int32 => integers(Integers::I32(slice::<Int32Type>(array)), known),
        DataType::Int64 => integers(Integers::I64(slice::<Int64Type>(array)), known),
        DataType::UInt8 => integers(Integers::I16(widened::<UInt8Type, _>(array)), known),
        DataType::UInt16 => integers(Integers::I32(widened::<UInt16Type, _>(array)), known),
        DataType::UInt32 => integers(Integers::I64(widened::<UInt32Type, _>(array)), known),
        DataType::UInt64 => large_integers(array),
        DataType::Float32 => Values::Numbers { numbers: widened::<Float32Type, _>(array), known },
        DataType::Float64 => Values::Numbers { numbers: slice::<Float64Type>(array), known },
        DataType::Decimal32(_, scale) => decimals::<Decimal32Type>(array, *scale),
        DataType::Decimal64(_, scale) => decimals::<Decimal64Type>(array, *scale),
        DataType::Decimal128(_, scale) => decimals::<Decimal128Type>(array, *scale),
        DataType::Decimal256(_, scale) => decimals::<Decimal256Type>(array, *scale),
        DataType::Date32 => Values::Days { days: slice::<Date32Type>(array), known },
        DataType::Date64 => {
            const MILLISECONDS: i64 = 86_400_000;
            let moments = array.as_primitive::<Date64Type>().values().iter();
            Values::Days {
                days: moments.map(|moment| day_number(moment.div_euclid(MILLISECONDS))).collect(),
                known,
            }
        }
        DataType::Timestamp(unit, zone) => timestamps(array, *unit, zone.as_deref())?,
        DataType::Dictionary(key, _) => dictionary(array, key)?,
        other => return Err(other.to_string()),
    })
}

fn bits_of(nulls: Option<&NullBuffer>) -> Option<Bits<'_>> {
    let nulls = nulls?;
    Bits::new(nulls.validity(), nulls.offset(), nulls.len())
}

/// Texts, coded: each distinct text of the column has one code.
fn texts<'a, A: ArrayAccessor<Item = &'a str>>(array: &'a dyn Array, texts: &A) -> Values<'a> {
    let mut coder = Coder::default();
    let mut by_row = Vec::with_capacity(texts.len());
    match array.nulls() {
        None => by_row.extend((0..texts.len()).map(|row| coder.code(texts.value(row)))),
        Some(nulls) => by_row.extend(
            nulls.iter().enumerate().map(
                |(row, is_known)| {
                    if is_known { coder.code(texts.value(row)) } else { 0 }
                },
            ),
        ),
    }
    Values::Texts {
        codes: Codes::U32(by_row.into()),
        dictionary: coder.into_dictionary(),
        known: bits_of(array.nulls()),
    }
}

const fn integers<'a>(numbers: Integers<'a>, known: Option<Bits<'a>>) -> Values<'a> {
    Values::Integers { numbers, known }
}

fn slice<T: ArrowPrimitiveType>(array: &dyn Array) -> Cow<'_, [T::Native]> {
    Cow::Borrowed(array.as_primitive::<T>().values())
}

fn widened<'a, T: ArrowPrimitiveType, Wide: From<T::Native> + Clone + 'a>(
    array: &dyn Array,
) -> Cow<'a, [Wide]> {
    array.as_primitive::<T>().values().iter().map(|number| Wide::from(*number)).collect()
}

/// Numbers that 64 bits with a sign may not hold; beyond them they are told apart as texts.
fn large_integers(array: &dyn Array) -> Values<'_> {
    let numbers = array.as_primitive::<UInt64Type>();
    let narrowed: Option<Vec<i64>> =
        numbers.values().iter().map(|number| i64::try_from(*number).ok()).collect();
    match narrowed {
        Some(narrowed) => integers(Integers::I64(narrowed.into()), bits_of(array.nulls())),
        None => {
            Values::from_texts(numbers.iter().map(|number| number.map(|number| number.to_string())))
        }
    }
}

/// Decimals without decimals are whole numbers (a sum in DuckDB is one); others are read from their text.
fn decimals<T: arrow_array::types::DecimalType>(array: &dyn Array, scale: i8) -> Values<'_> {
    let array = array.as_primitive::<T>();
    let texts = (0..array.len()).map(|row| array.is_valid(row).then(|| array.value_as_string(row)));
    if scale <= 0 {
        let whole: Option<Vec<Option<i64>>> = texts
            .clone()
            .map(|text| {
                text.map(|text| text.parse().ok()).map_or(Some(None), |number| number.map(Some))
            })
            .collect();
        if let Some(whole) = whole {
            return Values::from_integers(whole);
        }
    }
    Values::from_numbers(texts.map(|text| text.and_then(|text| text.parse().ok())))
}

fn timestamps<'a>(
    array: &'a dyn Array,
    unit: TimeUnit,
    zone: Option<&str>,
) -> Result<Values<'a>, String> {
    match unit {
        TimeUnit::Second => days_of_timestamps::<TimestampSecondType>(array, 1, zone),
        TimeUnit::Millisecond => days_of_timestamps::<TimestampMillisecondType>(array, 1_000, zone),
        TimeUnit::Microsecond => {
            days_of_timestamps::<TimestampMicrosecondType>(array, 1_000_000, zone)
        }
        TimeUnit::Nanosecond => {
            days_of_timestamps::<TimestampNanosecondType>(array, 1_000_000_000, zone)
        }
    }
}

fn dictionary<'a>(array: &'a dyn Array, key: &DataType) -> Result<Values<'a>, String> {
    match key {
        DataType::Int8 => coded::<Int8Type>(array, Codes::I8),
        DataType::Int16 => coded::<Int16Type>(array, Codes::I16),
        DataType::Int32 => coded::<Int32Type>(array, Codes::I32),
        DataType::Int64 => coded::<Int64Type>(array, Codes::I64),
        DataType::UInt8 => coded::<UInt8Type>(array, Codes::U8),
        DataType::UInt16 => coded::<UInt16Type>(array, Codes::U16),
        DataType::UInt32 => coded::<UInt32Type>(array, Codes::U32),
        DataType::UInt64 => coded::<UInt64Type>(array, Codes::U64),
        other => Err(format!("Dictionary with keys of type {other}")),
    }
}

fn coded<'a, K: ArrowDictionaryKeyType>(
    array: &'a dyn Array,
    codes: fn(Cow<'a, [K::Native]>) -> Codes<'a>,
) -> Result<Values<'a>, String> {
    let array: &DictionaryArray<K> = array.as_dictionary();
    let dictionary = match array.values().data_type() {
        DataType::Utf8 => borrowed(array.values().as_string::<i32>().iter()),
        DataType::LargeUtf8 => borrowed(array.values().as_string::<i64>().iter()),
        DataType::Utf8View => borrowed(array.values().as_string_view().iter()),
        DataType::Null => vec![None; array.values().len()],
        data_type if data_type.is_integer() => return Ok(looked_up(array)),
        other => return Err(format!("Dictionary of {other}")),
    };
    let keys = array.keys();
    Ok(Values::Texts {
        codes: codes(Cow::Borrowed(keys.values())),
        dictionary,
        known: bits_of(keys.nulls()),
    })
}

fn borrowed<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> Vec<Option<Cow<'a, str>>> {
    texts.map(|text| text.map(Cow::Borrowed)).collect()
}

/// Whole numbers behind a dictionary, each looked up.
fn looked_up<K: ArrowDictionaryKeyType>(array: &DictionaryArray<K>) -> Values<'_> {
    let Ok(Values::Integers { numbers, known }) = values(array.values().as_ref()) else {
        return Values::Nulls(array.len());
    };
    Values::from_integers((0..array.len()).map(|row| {
        let key = array.key(row)?;
        let is_known = known.as_ref().is_none_or(|known| known.at(key));
        is_known.then(|| numbers.at(key))
    }))
}

/// A day's number; beyond 32 bits the last day there is, which lies after every `as_of`.
fn day_number(day: i64) -> i32 {
    i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX })
}
