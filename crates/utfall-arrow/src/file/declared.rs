//! Rows of a file into an evaluation: the declared types of the columns decide how their texts are read.

use std::borrow::Cow;
use std::marker::PhantomData;

use utfall::data::{Bits, Codes, Table, TextsBuilder, Values};
use utfall::project::{Column, ColumnType};
use utfall::{Fact, Facts, FindingCode, Intake, Project, day, text};

use super::Source;
use super::body::Sink;
use super::cell::{Cell, is_failed, is_totals_label};
use super::fault::{Fault, Result};
use super::layout::Header;
use super::notes::{Notes, RowList};
use super::options::{ColumnKind, DateOrder, Decimal};
use super::serial::DateSystem;
use super::spelling::{Decision, Evidence, Number, Spelled, read_day};
use crate::watch::Watch;

/// How many rows are counted at a time.
const ROWS: usize = 65_536;

/// The columns of a file as a register declares them.
pub(super) struct DeclaredColumns {
    columns: Vec<DeclaredColumn>,
    decimal: Option<Decimal>,
    dates: Option<DateOrder>,
    system: DateSystem,
}

struct DeclaredColumn {
    header: String,
    /// The name in the project; that of ids and weights is their header.
    name: String,
    /// What is declared; nothing where the register does not look at the column.
    kind: Option<ColumnKind>,
    /// Columns of levels that declare a word for totals.
    has_totals_level: bool,
    evidence: Evidence,
    /// Whether a number like `1.234` was counted with decimals.
    has_lone_point: bool,
    is_surveyed: bool,
}

impl DeclaredColumns {
    /// The columns of a register, and the others as texts if all are looked at.
    pub(super) fn new(
        (project, register): (&Project, &str),
        header: &Header,
        source: &Source,
        all_columns: bool,
    ) -> Self {
        let others = all_columns.then_some(ColumnKind::Text);
        let columns = header.names.iter();
        let columns = columns.map(|name| declared(project, register, name, others)).collect();
        let options = source.options();
        let (decimal, dates) = (options.decimal, options.dates);
        Self { columns, decimal, dates, system: source.date_system() }
    }

    /// The columns in which a word for totals is a level.
    pub(super) fn labels(&self) -> Vec<usize> {
        let with_level =
            self.columns.iter().enumerate().filter(|(_, column)| column.has_totals_level);
        with_level.map(|(position, _)| position).collect()
    }
}

fn declared(
    project: &Project,
    register: &str,
    header: &str,
    others: Option<ColumnKind>,
) -> DeclaredColumn {
    let normal = text::normal(header);
    let is = |other: &str| text::normal(other) == normal;
    let declaration = project.registers.get(register);
    let own = |found: Option<&String>| found.is_some_and(|own| is(own));
    let column = project.columns(register).and_then(|columns| {
        columns
            .iter()
            .filter(|(_, column)| column.absent.is_none())
            .find(|(_, column)| column.header.as_deref().is_some_and(is))
    });
    let is_weight = own(declaration.and_then(|declaration| declaration.weight.as_ref()));
    let is_person = own(declaration.and_then(|declaration| declaration.person.as_ref()));
    let kind = match column.map(|(_, column)| column.column_type()) {
        Some(ColumnType::Number) => Some(ColumnKind::Number),
        Some(ColumnType::Date) => Some(ColumnKind::Date),
        _ if is_weight => Some(ColumnKind::Number),
        Some(_) => Some(ColumnKind::Text),
        None => is_person.then_some(ColumnKind::Text).or(others),
    };
    DeclaredColumn {
        header: header.to_owned(),
        name: column.map_or_else(|| header.to_owned(), |(name, _)| name.clone()),
        kind,
        has_totals_level: column.is_some_and(|(_, column)| has_totals_level(column)),
        evidence: Evidence::default(),
        has_lone_point: false,
        is_surveyed: false,
    }
}

fn has_totals_level(column: &Column) -> bool {
    column.levels.0.iter().any(|level| level.texts().any(is_totals_label))
}

/// Gathers rows and counts them, some at a time.
pub(super) struct Counting<'c, 'p, 'w, I> {
    intake: &'c mut I,
    /// The project outlives what takes its registers in.
    project: PhantomData<&'p Project>,
    register: &'c str,
    watch: &'c mut Watch<'w>,
    source: &'c Source,
    columns: &'c mut DeclaredColumns,
    notes: &'c mut Notes,
    builders: Vec<TextsBuilder>,
    rows: usize,
    done: u64,
    /// The error of the core, which says more than a fault of the file.
    pub(super) stopped: Option<utfall::Error>,
}

impl<'c, 'p, 'w, I: Intake<'p>> Counting<'c, 'p, 'w, I> {
    pub(super) fn new(
        intake: &'c mut I,
        register: &'c str,
        watch: &'c mut Watch<'w>,
        source: &'c Source,
        columns: &'c mut DeclaredColumns,
        notes: &'c mut Notes,
    ) -> Self {
        let builders = columns.columns.iter().map(|_| TextsBuilder::default()).collect();
        let (rows, done, stopped) = (0, 0, None);
        let project = PhantomData;
        Self {
            intake,
            project,
            register,
            watch,
            source,
            columns,
            notes,
            builders,
            rows,
            done,
            stopped,
        }
    }

    /// Counts what was gathered.
    pub(super) fn flush(&mut self) -> Result<()> {
        let mut read = Vec::with_capacity(self.builders.len());
        for position in 0..self.builders.len() {
            let Some(builder) = self.builders.get_mut(position).map(std::mem::take) else {
                continue;
            };
            read.push(self.values(position, builder)?);
        }
        let names = self.columns.columns.iter().map(|column| Cow::Borrowed(column.header.as_str()));
        let table = Table::new(names.zip(read)).of_texts();
        let added = self.intake.add(self.register, &table);
        self.done += self.rows as u64;
        self.rows = 0;
        added.or_else(|error| self.stop(error))
    }

    fn stop(&mut self, error: utfall::Error) -> Result<()> {
        self.stopped = Some(error);
        Err(Fault::new("stopped", ""))
    }

    fn values(&mut self, position: usize, builder: TextsBuilder) -> Result<Values<'static>> {
        let kind = self.columns.columns.get(position).and_then(|column| column.kind);
        let Some(kind) = kind else { return Ok(Values::Nulls(self.rows)) };
        let mut values = builder.finish();
        let Values::Texts { codes: Codes::U32(codes), dictionary, known } = &mut values else {
            return Ok(values);
        };
        let mut piece = Piece { codes, dictionary, known: known.as_ref(), before: self.done };
        let Some(column) = self.columns.columns.get_mut(position) else { return Ok(values) };
        let rows = piece.replace(|text| is_failed(text).then_some(None));
        self.notes.rows(FindingCode::FailedFormulas, Some(&column.name), Facts::NONE, &rows);
        match kind {
            ColumnKind::Number if column.look_at(&piece, self.columns.decimal) => {
                let decimal = self.decimal(position)?;
                let Some(column) = self.columns.columns.get_mut(position) else {
                    return Ok(values);
                };
                column.respell_numbers(&mut piece, decimal, self.notes)?;
            }
            ColumnKind::Date => column.respell_days(&mut piece, self.columns.dates, self.notes)?,
            _ => {}
        }
        Ok(values)
    }

    /// The decimal sign of a column; where the rows so far do not tell, the whole file is looked at.
    fn decimal(&mut self, position: usize) -> Result<Decimal> {
        let declared = self.columns.decimal;
        let Some(column) = self.columns.columns.get(position) else { return Ok(Decimal::Point) };
        let mut decision = column.evidence.decide(declared);
        if decision == Decision::Unclear && !column.is_surveyed {
            let mut survey = Survey { position, evidence: Evidence::default() };
            self.source.rows(Vec::new(), &mut survey, &mut Notes::default())?;
            decision = survey.evidence.decide(declared);
            if let Some(column) = self.columns.columns.get_mut(position) {
                column.evidence.merge(survey.evidence);
                column.is_surveyed = true;
            }
        }
        let Some(column) = self.columns.columns.get(position) else { return Ok(Decimal::Point) };
        match decision {
            Decision::Sign(Decimal::Comma) if column.has_lone_point && declared.is_none() => {
                Err(mixed(&column.header))
            }
            Decision::Sign(decimal) => Ok(decimal),
            Decision::Mixed => Err(mixed(&column.header)),
            Decision::Unclear => Err(unclear(&column.header)),
        }
    }
}

/// The error of a column where some numbers have a decimal comma and others a point.
pub(super) fn mixed(header: &str) -> Fault {
    let reason = format!(
        "column `{header}` has numbers with a decimal comma and others with a decimal point; correct the source, or say the sign with `decimal`"
    );
    Fault::new("mixed_decimal_signs", reason)
}

/// The error of a column where every comma may be one of thousands.
pub(super) fn unclear(header: &str) -> Fault {
    let reason = format!(
        "column `{header}`: numbers like `1,234` may have decimals or thousands, and no other number of the column tells; say the decimal sign with `decimal`"
    );
    Fault::new("ambiguous_decimal_sign", reason)
}

/// The error of a column whose days have an order that nobody said.
pub(super) fn unordered(header: &str, rows: &RowList) -> Fault {
    let reason = format!(
        "column `{header}`: the order of day, month and year is not known in {}; say it with `dates`, as `day_first`",
        rows.words()
    );
    Fault::new("date_order_not_declared", reason)
}

impl<'p, I: Intake<'p>> Sink for Counting<'_, 'p, '_, I> {
    fn row<'r>(&mut self, cells: impl Iterator<Item = Cell<'r>>) -> Result<()> {
        let columns = self.builders.iter_mut().zip(&self.columns.columns);
        let row = RowList::of(self.done + self.rows as u64 + 1);
        for (cell, (builder, column)) in cells.zip(columns) {
            match (column.kind, cell) {
                (None, _) => {}
                (_, Cell::Text(text)) => builder.push(Some(text)),
                (_, Cell::Empty) => builder.push(None),
                (Some(ColumnKind::Date), Cell::Number(number)) => {
                    let day = self.columns.system.likely_day(number);
                    if day.is_some() {
                        let system = Fact::Text(self.columns.system.word().to_owned());
                        let (code, facts) = (FindingCode::DatesFromSerials, [("system", system)]);
                        self.notes.rows(code, Some(&column.name), facts, &row);
                    }
                    builder.push(day.map_or(cell, Cell::Day).text().as_deref());
                }
                (Some(ColumnKind::Date), Cell::Day(moment)) => {
                    if moment.timed {
                        let code = FindingCode::TimesLeftOut;
                        self.notes.rows(code, Some(&column.name), Facts::NONE, &row);
                    }
                    builder.push(cell.text().as_deref());
                }
                (_, Cell::Failed) => builder.push(Some("#N/A")),
                (_, cell) => builder.push(cell.text().as_deref()),
            }
        }
        self.rows += 1;
        if self.rows < ROWS {
            return Ok(());
        }
        self.flush()?;
        let told = self.watch.rows(self.register, self.done, None);
        told.or_else(|error| self.stop(error))
    }
}

/// Looks for the decimal sign of one column.
struct Survey {
    position: usize,
    evidence: Evidence,
}

impl Sink for Survey {
    fn row<'r>(&mut self, mut cells: impl Iterator<Item = Cell<'r>>) -> Result<()> {
        if let Some(Cell::Text(text)) = cells.nth(self.position)
            && let Some(number) = Number::read(text.trim())
        {
            self.evidence.add(&number);
        }
        Ok(())
    }
}

/// Coded texts of some rows of a column.
struct Piece<'v> {
    codes: &'v [u32],
    dictionary: &'v mut [Option<Cow<'static, str>>],
    known: Option<&'v Bits<'static>>,
    /// The rows before these.
    before: u64,
}

impl Piece<'_> {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.dictionary.iter().flatten().map(|text| text.trim())
    }

    /// The rows whose text is one of those asked for.
    fn rows(&self, is_asked: impl Fn(&str) -> bool) -> RowList {
        let asked: Vec<bool> =
            self.dictionary.iter().map(|text| text.as_deref().is_some_and(&is_asked)).collect();
        self.rows_of(&asked)
    }

    fn rows_of(&self, asked: &[bool]) -> RowList {
        let mut rows = RowList::default();
        if asked.contains(&true) {
            for ((row, code), number) in self.codes.iter().enumerate().zip(self.before + 1..) {
                let is_known = self.known.is_none_or(|known| known.at(row));
                if is_known && asked.get(*code as usize).copied().unwrap_or(false) {
                    rows.add(number);
                }
            }
        }
        rows
    }

    /// Puts other texts, or nulls, in the place of some; gives their rows.
    fn replace(&mut self, other: impl Fn(&str) -> Option<Option<String>>) -> RowList {
        let mut replaced = vec![false; self.dictionary.len()];
        for (text, replaced) in self.dictionary.iter_mut().zip(&mut replaced) {
            if let Some(other) = text.as_deref().and_then(&other) {
                *text = other.map(Cow::Owned);
                *replaced = true;
            }
        }
        self.rows_of(&replaced)
    }
}

/// Whether a text is a number as programs write it: these are left to the core.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'))
}

impl DeclaredColumn {
    /// Takes in what the numbers of a piece say; whether any is to be respelled.
    fn look_at(&mut self, piece: &Piece<'_>, declared: Option<Decimal>) -> bool {
        let mut is_plain_piece = true;
        let (mut evidence, mut lone) = (Evidence::default(), false);
        for text in piece.texts() {
            let plain = is_plain(text);
            is_plain_piece &= plain;
            // Once one number has decimals behind a point, others of its kind say nothing more.
            if plain && evidence.has_point() && text.matches('.').nth(1).is_none() {
                continue;
            }
            if (!plain || text.contains('.'))
                && let Some(number) = Number::read(text)
            {
                evidence.add(&number);
                lone |= plain && number.has_decimals(Decimal::Point);
            }
        }
        let before = self.evidence;
        self.evidence.merge(evidence);
        let is_point = self.evidence.decide(declared) == Decision::Sign(Decimal::Point);
        self.has_lone_point |= lone && is_point;
        // Nothing but what programs write, now and before: the core reads it.
        !(is_point && is_plain_piece && before.is_plain())
    }

    fn respell_numbers(
        &mut self,
        piece: &mut Piece<'_>,
        decimal: Decimal,
        notes: &mut Notes,
    ) -> Result<()> {
        let read = |text: &str| Number::read(text.trim());
        let with_comma = |text: &str| read(text).is_some_and(|number| number.has_decimal_comma());
        let commas =
            if decimal == Decimal::Comma { piece.rows(with_comma) } else { RowList::default() };
        let divided =
            piece.rows(|text| read(text).is_some_and(|number| number.has_thousands(decimal)));
        // A number of the other sign is none: what it means is not known.
        let wrong =
            piece.rows(|text| read(text).is_some_and(|number| number.text(decimal).is_none()));
        if wrong.count > 0 {
            let sign = if decimal == Decimal::Comma { "12,5" } else { "12.5" };
            let reason = format!(
                "column `{}`: expected a number like {sign}, found something else in {}; correct it, or say the sign with `decimal`",
                self.header,
                wrong.words()
            );
            return Err(Fault::new("mixed_decimal_signs", reason));
        }
        piece.replace(|text| read(text).and_then(|number| number.text(decimal)).map(Some));
        notes.rows(FindingCode::DecimalComma, Some(&self.name), Facts::NONE, &commas);
        notes.rows(FindingCode::ThousandsDivided, Some(&self.name), Facts::NONE, &divided);
        Ok(())
    }

    fn respell_days(
        &self,
        piece: &mut Piece<'_>,
        order: Option<DateOrder>,
        notes: &mut Notes,
    ) -> Result<()> {
        let is_iso = |text: &str| text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
        if piece.texts().all(is_iso) {
            return Ok(());
        }
        let read = |text: &str| {
            read_day(text.trim(), order)
                .filter(|read| read.spelled != Spelled::Iso || read.timed || text.trim().len() > 10)
        };
        let which = |ask: fn(&super::spelling::Day) -> bool| {
            piece.rows(|text| read(text).as_ref().is_some_and(ask))
        };
        let unordered_rows = which(|read| read.spelled == Spelled::Ordered);
        if unordered_rows.count > 0 {
            return Err(unordered(&self.header, &unordered_rows));
        }
        let respelled = which(|read| read.spelled != Spelled::Iso);
        let (short, timed) = (which(|read| read.two_digit_year), which(|read| read.timed));
        piece.replace(|text| {
            read(text)
                .and_then(|read| day::from_number(read.number))
                .map(|day| Some(day.to_string()))
        });
        let name = Some(self.name.as_str());
        notes.rows(FindingCode::DatesRespelled, name, Facts::NONE, &respelled);
        notes.rows(FindingCode::TwoDigitYear, name, Facts::NONE, &short);
        notes.rows(FindingCode::TimesLeftOut, name, Facts::NONE, &timed);
        Ok(())
    }
}
