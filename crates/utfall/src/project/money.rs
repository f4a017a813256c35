//! Promised numbers that are no targets of goals: what the project costs and who pays, and how much is planned of what
//! is counted.

use chrono::NaiveDate;

use super::decimal::Decimal;
use super::record::record;
use super::register::Part;

record! {
    /// Money: plan with revisions, outcome, funding.
    pub struct Money {
        /// The currency, as `SEK`.
        currency: Option<String>,
        /// The planned cost, every version.
        plan: Vec<Revision>,
        /// The cost that it came to.
        outcome: Option<Decimal>,
        /// The indicators by whose units the cost is divided: participants, those who got work.
        per: Vec<String>,
        /// Who pays which share.
        funding: Vec<Funding>,
    }
}

record! {
    /// A share of the funding.
    pub struct Funding {
        /// Who pays.
        source: String,
        /// Which share, as a fraction.
        share: Decimal,
    }
}

record! {
    /// A version of a promised number, with the day from which it holds and who decided it.
    pub struct Revision {
        /// The day from which it holds.
        from: NaiveDate,
        /// The number promised.
        value: Decimal,
        /// Who decided.
        decided_by: Option<String>,
        /// Why.
        why: Option<String>,
        /// Where it stands.
        source: Option<String>,
    }
}

record! {
    /// How much is planned of what an indicator counts or sums, in the whole project or in a part of it.
    pub struct Planned {
        /// The indicator.
        indicator: String,
        /// The part of the project; left out: all of it.
        part as "where": Option<Part>,
        /// The number planned for the whole of the project's time, every version.
        plan: Vec<Revision>,
        /// When the part was active; left out: as long as the project. Nothing is expected of the other days.
        active: Vec<Period>,
    }
}

record! {
    /// Days from one to another, both included.
    pub struct Period {
        /// The first day; left out: the project's.
        first_day: Option<NaiveDate>,
        /// The last day; left out: the project's.
        last_day: Option<NaiveDate>,
    }
}
