//! Purposes: why there is a project at all, and whom that names.

use super::condition::Condition;
use super::labels::Labels;
use super::record::record;

record! {
    /// A purpose of the project; where it names whom it is for, the register and the condition say so.
    pub struct Purpose {
        /// The text of the purpose.
        labels: Labels,
        /// The register whose units it speaks of; `of` needs it.
        register: Option<String>,
        /// The units that lie within it.
        of: Option<Condition>,
        /// Where it stands.
        source: Option<String>,
    }
}
