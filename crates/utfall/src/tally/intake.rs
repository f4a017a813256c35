//! Intake: whoever takes the tables of registers in, an evaluation that counts them or a check that looks at them.

use super::tallier::Piece;
use crate::data::Table;
use crate::error::Result;
use crate::finding::Finding;
use crate::project::Project;

/// Takes the tables of registers in, piece by piece, so that whatever reads files and streams need not know what for.
pub trait Intake<'p> {
    /// The project whose registers are taken in.
    fn project(&self) -> &'p Project;

    /// Takes pieces of a register in, which follow each other, in as many threads as there are processors.
    ///
    /// # Errors
    ///
    /// If a table cannot be read as its register is declared: the error of the first piece that has one.
    fn add_pieces<P: Piece>(&mut self, register: &str, pieces: &[P]) -> Result<()>;

    /// Takes one table of a register in.
    ///
    /// # Errors
    ///
    /// As [`Intake::add_pieces`].
    fn add(&mut self, register: &str, table: &Table<'_>) -> Result<()> {
        self.add_pieces(register, std::slice::from_ref(table))
    }

    /// Takes a finding about a register, such as what was assumed when its file was read.
    fn note(&mut self, finding: Finding);

    /// Whether the columns that a register does not declare are looked at too; they are not read otherwise.
    fn looks_at_all_columns(&self) -> bool {
        false
    }
}
