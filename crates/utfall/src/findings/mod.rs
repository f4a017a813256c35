//! Findings about what is declared and published.

mod reconcile;

pub use reconcile::reconcile;
