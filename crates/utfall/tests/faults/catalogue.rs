//! No code without a test: the codes that the tests provoke are the codes that there are.

use std::collections::BTreeSet;

use crate::{
    asked, goals, indicators, json, principles, registers, soundness, statistics, syntax, tables,
    tallies,
};

/// The sources that give errors their codes.
const SOURCES: [&str; 3] = [
    include_str!("../../src/error.rs"),
    include_str!("../../src/project/fault.rs"),
    include_str!("../../src/stats/error.rs"),
];

/// The code that no error has, since there is no error without a fault.
const NO_FAULT: &str = "no_fault";

/// The code of a test that stands for all those that other crates give files that cannot be read.
const UNREADABLE: &str = "empty_file";

#[test]
fn every_code_is_provoked_by_a_test() {
    let lists = [
        asked::CODES,
        goals::CODES,
        indicators::CODES,
        json::CODES,
        principles::CODES,
        registers::CODES,
        soundness::CODES,
        statistics::CODES,
        syntax::CODES,
        tallies::CODES,
    ];
    let mut provoked: BTreeSet<&str> = lists.into_iter().flatten().copied().collect();
    provoked.extend(tables::codes());
    provoked.remove(UNREADABLE);
    let declared: BTreeSet<&str> = SOURCES.into_iter().flat_map(codes).collect();
    assert!(declared.len() > 30, "codes are no longer found in the sources: {declared:?}");
    assert_eq!(provoked, declared);
}

/// The texts that the functions `code` of a source give.
fn codes(source: &str) -> impl Iterator<Item = &str> {
    let functions = source.split(" fn code(").skip(1);
    let bodies = functions.map(|rest| rest.split("\n    }\n").next().unwrap_or_default());
    bodies.flat_map(|body| body.split('"').skip(1).step_by(2)).filter(|code| *code != NO_FAULT)
}
