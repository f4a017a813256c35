//! The hot path, for an instruction counter: a made-up register of 2¹⁸ rows in memory, counted once and evaluated.
//!
//! Instructions do not depend on what else the machine does, so two versions can be compared to the last per mille:
//! `scripts/bench` runs this under `valgrind --tool=callgrind` and writes the count to `benches/instructions.txt`.
#![allow(clippy::print_stdout, reason = "a program that shows its result")]
#![forbid(unsafe_code)]

use std::borrow::Cow;

use utfall::data::{Bits, Codes, Table, Values};
use utfall::{Error, Evaluator, Project, day};

const ROWS: u32 = 1 << 18;

/// A number that looks like chance and is the same in every run.
fn scattered(row: u32, salt: u32, below: u32) -> u32 {
    let mixed = (row ^ salt.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    (mixed ^ (mixed >> 15)).wrapping_mul(0xc2b2_ae35) % below
}

fn levels(salt: u32, texts: &[&'static str], null_in: Option<u32>) -> Values<'static> {
    let count = u32::try_from(texts.len()).unwrap_or(1);
    let codes: Vec<u32> = (0..ROWS).map(|row| scattered(row, salt, count)).collect();
    let known = null_in
        .map(|every| Bits::from_flags((0..ROWS).map(|row| scattered(row, salt + 1, every) > 0)));
    let dictionary = texts.iter().map(|text| Some(Cow::Borrowed(*text))).collect();
    Values::Texts { codes: Codes::U32(codes.into()), dictionary, known }
}

fn main() -> Result<(), Error> {
    let project = Project::from_toml(include_str!("project.toml"))?;
    let as_of = day::parse("2022-06-30").unwrap_or_default();
    let first = day::number(as_of) - 900;
    let days: Vec<i32> =
        (0..ROWS).map(|row| first + i32::try_from(scattered(row, 5, 1_000)).unwrap_or(0)).collect();
    let completed = Values::Days {
        days: days.into(),
        known: Some(Bits::from_flags((0..ROWS).map(|row| scattered(row, 6, 10) > 2))),
    };
    let table = Table::new([
        ("gender", levels(1, &["woman", "man"], None)),
        ("branch", levels(2, &["care", "childcare", "school", "logistics"], None)),
        ("status", levels(3, &["work", "studies", "jobseeker", "other"], Some(10))),
        ("step_before", levels(8, &["1", "2", "3", "4", "5"], None)),
        ("step_after", levels(9, &["1", "2", "3", "4", "5"], None)),
        ("completed", completed),
    ]);
    let mut evaluator = Evaluator::new(&project, as_of)?;
    evaluator.add("participants", &table)?;
    let evaluation = evaluator.finish()?;
    for figure in evaluation.figures.iter().filter(|figure| figure.is_overall()) {
        let name = evaluation.figures.indicator(figure);
        println!("{name}: {:?}", figure.counts.map(|counts| counts.successes));
    }
    Ok(())
}
