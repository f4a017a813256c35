//! Registers: tables bound to their declarations.
//!
//! A [`Table`] is what arrives: columns of values by header, nulls explicit, some of them borrowed from whoever holds
//! them. `RegisterReader` binds one to its declaration: levels become small codes, days and numbers stay what they
//! are, ids are hashed. What a register says beyond its declaration becomes findings; what it lacks is an error.

mod cells;
mod days;
mod enrolments;
mod levels;
mod numbers;
mod packing;
mod persons;
mod register;
mod table;
mod values;
mod weights;

pub use table::Table;
pub use values::{Bits, Codes, Integers, TextsBuilder, Values};

pub(crate) use cells::Cells;
pub(crate) use days::Days;
pub(crate) use enrolments::{Batch, EnrolmentDates, Enrolments, Person};
pub(crate) use levels::{LevelCodes, LevelReader, level_codes, level_count};
pub(crate) use numbers::Numbers;
pub(crate) use packing::Packing;
pub(crate) use persons::{HEAPS, Hash, IDS_PER_THREAD, PersonIds};
pub(crate) use register::{Register, RegisterReader, RowColumn, Start, parent_levels};
pub(crate) use values::{CHUNK, select};
