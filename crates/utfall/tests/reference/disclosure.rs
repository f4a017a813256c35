//! Disclosure control: pytauargus 0.6.0, each of whose audits and optima was confirmed with SciPy 1.17.1 (HiGHS).
//!
//! The peer takes cells to be real numbers; our intervals are its own, tightened to whole ones.

use serde_json::Value;
use utfall::disclosure::{
    Cell, Found, Limits, Need, Relation, System, audit, protect,
};

use crate::{count, number, records};

fn index(value: &Value) -> usize {
    usize::try_from(count(value)).unwrap()
}

/// The peer's own table, bounds, weights and protections.
fn system(inputs: &Value) -> System {
    let values = inputs["values"].as_array().unwrap();
    let floor = inputs["lb"].as_u64().unwrap_or(0);
    let most = values.iter().map(count).max().unwrap();
    let ceiling = inputs["ub"].as_u64().unwrap_or(10 * most + 1000);
    let primary: Vec<usize> = inputs["primary"].as_array().unwrap().iter().map(index).collect();
    let cell = |(number, value): (usize, &Value)| {
        let value = count(value);
        let level = |name: &str| inputs[name][number.to_string()].as_u64().unwrap();
        let need = primary.contains(&number).then(|| Need {
            low: (value - level("lpl")).max(floor),
            high: value + level("upl"),
        });
        let cost = inputs["weights"].get(number).map_or(1, count);
        Cell { cost, floor: floor.min(value), ceiling: Some(ceiling), need, ..Cell::of(value) }
    };
    let cells = values.iter().enumerate().map(cell).collect();
    let relation = |equation: &Value| -> Relation {
        let parts = equation[1].as_array().unwrap().iter().map(|part| (index(part), -1));
        [(index(&equation[0]), 1)].into_iter().chain(parts).collect()
    };
    let relations = inputs["equations"].as_array().unwrap().iter().map(relation).collect();
    System::new(cells, relations).unwrap()
}

#[test]
fn audits() {
    for record in records("sdc", "audit_interval") {
        let system = system(&record["inputs"]);
        let mut hidden = vec![false; system.cells().len()];
        let suppressed = record["inputs"]["suppressed"].as_array().unwrap();
        suppressed.iter().for_each(|cell| hidden[index(cell)] = true);
        let audited = audit(&system, &hidden).unwrap();
        let expected = record["expected"]["interval"].as_object().unwrap();
        for (cell, interval) in expected {
            let cell: usize = cell.parse().unwrap();
            let found = audited.cells.iter().find(|found| found.cell == cell).unwrap().interval;
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            let (low, high) = (found.low as f64, found.high.unwrap() as f64);
            let (peer_low, peer_high) = (number(&interval[0]), number(&interval[1]));
            assert!((low - (peer_low - 1e-6).ceil()).abs() < 1e-6, "{cell} {found:?}: {record}");
            assert!((high - (peer_high + 1e-6).floor()).abs() < 1e-6, "{cell} {found:?}: {record}");
        }
        if record["expected"]["passes"] == false {
            assert!(!audited.passes(), "{record}");
        } else {
            // What passes the peer's audit of real numbers must still be proven by whole tables.
            assert!(audited.passes(), "{record}");
        }
        let exact = record["expected"]["exactly_disclosed"].as_array().unwrap();
        assert_eq!(audited.exact().collect::<Vec<_>>(), exact.iter().map(index).collect::<Vec<_>>());
    }
}

#[test]
fn optima() {
    let limits = Limits { cells: 200, nodes: 20_000, pivots: 5_000_000 };
    for record in records("sdc", "optimal_suppression") {
        let system = system(&record["inputs"]);
        let started = std::time::Instant::now();
        let pattern = protect(&system, limits).unwrap();
        let heuristic = protect(&system, Limits { cells: 0, ..limits }).unwrap();
        eprintln!("{} {}: {:?} {} {} heuristic {} in {:?}", record["inputs"]["name"], record["inputs"]["weight"], pattern.found, pattern.cost, record["expected"]["optimal_weight"], heuristic.cost, started.elapsed());
        assert!(pattern.audit.passes());
        assert!(heuristic.audit.passes());
        assert_eq!(pattern.found, Found::Cheapest);
        assert_eq!(pattern.cost, count(&record["expected"]["optimal_weight"]), "{record}");
    }
}
