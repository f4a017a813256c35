//! Follow-ups in calendar months and in days: python-dateutil 4.0.0 and pandas 2.3.3.

use utfall::day::{Delay, number, parse};

use crate::{count, records};

fn assert_due(method: &str, unit: &str, delay: impl Fn(u32) -> Delay) {
    for record in records("calendar_horizon", method) {
        let (inputs, expected) = (&record["inputs"], &record["expected"]);
        let day = |text: &serde_json::Value| parse(text.as_str().unwrap()).unwrap();
        let start = day(&inputs["date"]);
        let delay = delay(u32::try_from(count(&inputs[unit])).unwrap());
        let due = delay.after(start).unwrap();
        assert_eq!(due, day(&expected["due"]), "{record}");
        if let Some(days) = expected["days_between"].as_i64() {
            assert_eq!(i64::from(number(due) - number(start)), days, "{record}");
        }
        // A due date on the day that is looked at is due, and one a day later is not.
        assert!(delay.last_due(due).unwrap() >= start, "{record}");
        assert!(delay.last_due(due.pred_opt().unwrap()).unwrap() < start, "{record}");
    }
}

#[test]
fn months() {
    assert_due("add_months", "months", Delay::Months);
}

#[test]
fn days() {
    assert_due("add_days", "days", Delay::Days);
}
