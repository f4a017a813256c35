//! Money: plan with revisions, outcome, funding.

use chrono::NaiveDate;

use super::decimal::Decimal;
use super::record::record;

record! {
    /// Money: plan with revisions, outcome, funding.
    pub struct Money {
        /// The planned cost, every version.
        plan: Vec<Revision>,
        /// The cost that it came to.
        outcome: Option<Decimal>,
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
