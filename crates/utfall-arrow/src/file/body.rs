//! The rows beneath a header: which of them are units, and which are empty, totals or notes at the foot.

use utfall::{Facts, FindingCode};

use super::cell::{Cell, Stored, is_totals_label};
use super::fault::Result;
use super::notes::{Notes, RowList};
use super::options::Totals;

/// Takes in rows that are units.
pub(super) trait Sink {
    /// A row: as many cells as there are columns.
    fn row<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> Result<()>;
}

/// Looks at every row and hands on those that are units.
#[derive(Debug)]
pub(super) struct Body {
    width: usize,
    totals: Totals,
    /// Columns in which a word for totals is a declared level.
    labels: Vec<usize>,
    /// How many rows were looked at.
    row: u64,
    /// Rows that are left out if nothing follows them.
    held: Vec<Held>,
    follows_gap: bool,
    empty: RowList,
    totals_inside: RowList,
}

#[derive(Debug)]
struct Held {
    row: u64,
    cells: Vec<Stored>,
    is_total: bool,
}

impl Body {
    pub(super) fn new(width: usize, totals: Totals, labels: Vec<usize>) -> Self {
        Self {
            width,
            totals,
            labels,
            row: 0,
            held: Vec::new(),
            follows_gap: false,
            empty: RowList::default(),
            totals_inside: RowList::default(),
        }
    }

    /// How many rows were looked at.
    pub(super) const fn rows(&self) -> u64 {
        self.row
    }

    /// Takes a row.
    pub(super) fn take<'c>(
        &mut self,
        cells: impl Iterator<Item = Cell<'c>> + Clone,
        sink: &mut impl Sink,
    ) -> Result<()> {
        self.row += 1;
        let mut filled = cells.clone().enumerate().filter(|(_, cell)| !cell.is_empty());
        let Some((position, first)) = filled.next() else {
            self.empty.add(self.row);
            self.follows_gap = true;
            return Ok(());
        };
        let is_total = self.is_total(position, first);
        let is_note = (self.follows_gap || !self.held.is_empty())
            && self.width > 2
            && position == 0
            && filled.next().is_none();
        if is_total || is_note {
            let cells = cells.map(Cell::stored).collect();
            self.held.push(Held { row: self.row, cells, is_total });
            return Ok(());
        }
        if !self.held.is_empty() {
            self.release(sink)?;
        }
        self.follows_gap = false;
        sink.row(cells)
    }

    fn is_total(&self, position: usize, first: Cell<'_>) -> bool {
        let Cell::Text(label) = first else { return false };
        self.width > 1
            && is_totals_label(label)
            && self.totals == Totals::LeaveOut
            && !self.labels.contains(&position)
    }

    /// Rows that did not stand at the foot are units.
    fn release(&mut self, sink: &mut impl Sink) -> Result<()> {
        for held in std::mem::take(&mut self.held) {
            if held.is_total {
                self.totals_inside.add(held.row);
            }
            sink.row(held.cells.iter().map(Stored::cell))?;
        }
        Ok(())
    }

    /// Nothing follows.
    pub(super) fn finish(mut self, sink: &mut impl Sink, notes: &mut Notes) -> Result<()> {
        if self.totals_inside.count > 0 {
            // Where totals stand among the rows, the last is one of them: they are all kept, or none.
            self.release(sink)?;
        }
        let (mut totals, mut remarks) = (RowList::default(), RowList::default());
        for held in &self.held {
            if held.is_total { totals.add(held.row) } else { remarks.add(held.row) }
        }
        notes.rows(FindingCode::EmptyRowsLeftOut, None, Facts::NONE, &self.empty);
        notes.rows(FindingCode::TotalsRowLeftOut, None, Facts::NONE, &totals);
        notes.rows(FindingCode::TotalsRowsKept, None, Facts::NONE, &self.totals_inside);
        notes.rows(FindingCode::RemarksLeftOut, None, Facts::NONE, &remarks);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counted(Vec<String>);

    impl Sink for Counted {
        fn row<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> Result<()> {
            self.0.push(cells.filter_map(Cell::text).collect::<Vec<_>>().join("|"));
            Ok(())
        }
    }

    fn read(
        rows: &[[&str; 3]],
        labels: Vec<usize>,
    ) -> (Vec<String>, Vec<(&'static str, Vec<u64>)>) {
        let (mut body, mut sink) = (Body::new(3, Totals::LeaveOut, labels), Counted(Vec::new()));
        for row in rows {
            body.take(row.iter().map(|text| Cell::of_text(text)), &mut sink).unwrap();
        }
        let mut notes = Notes::default();
        body.finish(&mut sink, &mut notes).unwrap();
        let told = notes.into_findings(None);
        (sink.0, told.into_iter().map(|found| (found.code.word(), found.rows)).collect())
    }

    #[test]
    fn empty_rows_totals_and_remarks_at_the_foot_are_left_out() {
        let rows = [
            ["a", "1", "x"],
            ["", " ", ""],
            ["b", "2", "y"],
            ["Summa", "3", ""],
            ["* preliminärt", "", ""],
            ["", "", ""],
            ["Källa: RAR", "", ""],
        ];
        let (units, told) = read(&rows, Vec::new());
        assert_eq!(units, ["a|1|x", "b|2|y"]);
        let expected = [
            ("empty_rows_left_out", vec![2, 6]),
            ("totals_row_left_out", vec![4]),
            ("remarks_left_out", vec![5, 7]),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn totals_among_the_rows_are_kept_all_of_them() {
        let rows =
            [["Kvinnor", "1", ""], ["Totalt", "3", ""], ["Män", "2", ""], ["Totalt", "2", ""]];
        let (units, told) = read(&rows, Vec::new());
        assert_eq!(units.len(), 4);
        assert_eq!(told, [("totals_rows_kept", vec![2, 4])]);
    }

    #[test]
    fn a_declared_level_is_no_label() {
        let rows = [["a", "1", "x"], ["Totalt", "3", "y"]];
        assert_eq!(read(&rows, vec![0]).0.len(), 2);
        assert_eq!(read(&rows, Vec::new()).0.len(), 1);
    }

    #[test]
    fn a_row_with_one_cell_after_a_gap_is_a_unit_where_others_follow() {
        let rows = [["a", "1", "x"], ["", "", ""], ["b", "", ""], ["c", "2", ""]];
        assert_eq!(read(&rows, Vec::new()).0, ["a|1|x", "b", "c|2"]);
    }
}
