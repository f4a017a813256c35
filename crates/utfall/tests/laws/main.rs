//! What holds for every project and every register.
//!
//! Cases are made at random and compared with a reference that goes through the rows one by one and shares no code
//! with the library. `PROPTEST_CASES=5000` looks further than the gate does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod choices;
mod conditions;
mod generate;
mod goals;
mod judge;
mod model;
mod reference;
mod seen;
mod tables;
mod text;
mod values;

use proptest::test_runner::{Config, TestRunner};

use choices::Choices;
use generate::cases;
use model::Case;
use seen::Seen;
use tables::evaluate;

/// Checks a law on this many cases, or on as many as `PROPTEST_CASES` asks for.
fn for_every_case(cases_made: u32, law: impl Fn(Case, Choices)) {
    let default = Config::default();
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    let config = Config {
        cases: if is_asked { default.cases } else { cases_made },
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..default
    };
    let checked = TestRunner::new(config).run(&cases(), |(case, choices)| {
        law(case, choices);
        Ok(())
    });
    if let Err(broken) = checked {
        panic!("{broken}");
    }
}

#[test]
fn figures_verdicts_and_findings_are_those_of_the_reference() {
    for_every_case(150, |case, _| {
        assert_eq!(Seen::of(&evaluate(&case)), reference::expected(&case));
    });
}

#[test]
fn zz_stats() {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    let stats: RefCell<BTreeMap<String, usize>> = RefCell::default();
    let times = RefCell::new([0.0; 3]);
    for_every_case(150, |case, _| {
        let t = std::time::Instant::now();
        let seen = Seen::of(&evaluate(&case));
        times.borrow_mut()[0] += t.elapsed().as_secs_f64();
        let t = std::time::Instant::now();
        let _ = reference::expected(&case);
        times.borrow_mut()[1] += t.elapsed().as_secs_f64();
        let mut add = |k: String| *stats.borrow_mut().entry(k).or_default() += 1;
        add("cases".into());
        for f in &seen.figures {
            add(format!("fig {} {:?} {}", f.state, f.reason, f.kind));
            if f.group.is_empty() {
                if let Some(c) = f.counts {
                    for (i, n) in c.iter().enumerate() {
                        if *n > 0 {
                            add(format!("place {i}"));
                        }
                    }
                }
            }
        }
        add(format!("figures/10: {}", seen.figures.len() / 100));
        for v in &seen.verdicts {
            add(format!("ver {} {:?} {:?} {:?}", v.verdict, v.settled, v.basis, v.reason));
        }
        for v in &seen.findings {
            add(format!("find {}", v.code));
        }
    });
    for (k, n) in stats.borrow().iter() {
        println!("{n:6} {k}");
    }
    println!("{:?}", times.borrow());
}
