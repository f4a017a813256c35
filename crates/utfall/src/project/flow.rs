//! The participant flow: the stages that units pass through.

use super::condition::Condition;
use super::labels::Labels;
use super::record::record;

record! {
    /// The participant flow: the stages that units pass through.
    pub struct Flow {
        /// The register that it is counted in.
        register: String,
        /// The stages, in order.
        stages: Vec<Stage>,
        /// The level column with the reason for leaving.
        reasons: Option<String>,
    }
}

record! {
    /// A stage of the flow.
    pub struct Stage {
        /// What the stage is called in tables; each stage has its own.
        id: String,
        /// The name of the stage.
        labels: Labels,
        /// Who has reached it, of those who reached every stage before.
        of: Condition,
    }
}
