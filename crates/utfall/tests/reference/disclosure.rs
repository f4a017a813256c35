//! Disclosure control: pytauargus 0.6.0, each of whose audits and optima was confirmed with SciPy 1.17.1 (`HiGHS`).
//!
//! The peer takes cells to be real numbers; our intervals are its own, tightened to whole ones.

use serde_json::Value;
use utfall::disclosure::{
    Cell, CellKey, Found, Limits, Need, Relation, System, audit, protect, round,
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
        let need = primary
            .contains(&number)
            .then(|| Need { low: (value - level("lpl")).max(floor), high: value + level("upl") });
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
        let found: Vec<usize> = audited.exact().filter(|cell| hidden[*cell]).collect();
        assert_eq!(found, exact.iter().map(index).collect::<Vec<_>>());
    }
}

#[test]
fn optima() {
    let limits = Limits { cells: 200, nodes: 20_000, pivots: 5_000_000 };
    // Proving these takes seconds with optimisation, and minutes without.
    let slow = |record: &Value| {
        let (name, weight) = (&record["inputs"]["name"], &record["inputs"]["weight"]);
        cfg!(debug_assertions) && (name == "4x3x2" || name == "3x4x3" && weight == "count")
    };
    for record in records("sdc", "optimal_suppression") {
        if slow(&record) {
            continue;
        }
        let system = system(&record["inputs"]);
        let pattern = protect(&system, limits).unwrap();
        let heuristic = protect(&system, Limits { cells: 0, ..limits }).unwrap();
        assert!(pattern.audit.passes());
        assert!(heuristic.audit.passes());
        let optimum = count(&record["expected"]["optimal_weight"]);
        assert_eq!((pattern.found, pattern.cost), (Found::Cheapest, optimum), "{record}");
        // What the heuristic costs more is at most a fifth.
        assert!((optimum..=optimum + optimum / 5).contains(&heuristic.cost), "{record}");
    }
}

#[test]
fn roundings() {
    for record in records("sdc", "controlled_rounding") {
        let mut inputs = record["inputs"].clone();
        inputs["primary"] = Value::Array(Vec::new());
        let base = count(&inputs["base"]);
        let rounded = round(&system(&inputs), base, Limits::default()).unwrap();
        let expected = number(&record["expected"]["min_sum_abs_distance"]);
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let distance = rounded.distance as f64;
        assert!((distance - expected).abs() < 1e-6, "{distance}: {record}");
    }
}

/// The tables of noise that the records describe by rules: a row for each count from 1, a column for each key.
fn noise(name: &str) -> CellKey {
    let at = |count: i64, key: i64| match name {
        "ptable_10_5_rule" if count < 10 => -count,
        "ptable_10_5_rule" => [0, -1, -2, 2, 1][usize::try_from(count % 5).unwrap()],
        _ => match key {
            0..=25 => -(2.min(count)),
            26..=76 => -1,
            77..=178 => 0,
            179..=229 => 1,
            _ => 2,
        },
    };
    let rows = (1..=750).flat_map(|count| (0..256).map(move |key| at(count, key)));
    CellKey::new(256, 750, 250, rows.collect()).unwrap()
}

#[test]
fn cell_keys() {
    for record in records("sdc", "cell_key") {
        let (inputs, expected) = (&record["inputs"], &record["expected"]);
        let noise = noise(inputs["ptable"].as_str().unwrap());
        let found = noise.publish(count(&inputs["count"]), count(&inputs["sum_record_keys"]));
        // The peer then leaves out what is below a threshold, which is no part of the noise.
        match expected["published"].as_u64() {
            Some(published) => assert_eq!(found, published, "{record}"),
            None => assert!(found < count(&inputs["threshold"]), "{record}"),
        }
    }
}
