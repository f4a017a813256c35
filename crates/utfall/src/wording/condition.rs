//! Conditions in words.

use super::number::exact;
use super::say;
use crate::project::{
    Bounds, Change, Clause, Column, ColumnType, Condition, Language, Literal, Project, Test,
};

/// A condition in words, with the names of levels as the project declares them; *everybody* where it asks nothing.
///
/// Columns are named as in the project file. A part that holds several others stands in parentheses where it could be
/// read two ways.
///
/// ```
/// use utfall::Project;
/// use utfall::project::Language;
/// use utfall::wording::condition;
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Likes"
///     [registers.participants]
///     unit = "person"
///     columns.status.header = "Status"
///     columns.status.type = "level"
///     columns.status.levels.work = { sv = "Arbete", en = "Work" }
///     columns.status.levels.studies = { sv = "Studier", en = "Studies" }
///     columns.status.levels.other = { sv = "Annat", en = "Other" }
///     [indicators.outcome]
///     kind = "count"
///     register = "participants"
///     of = { status = ["work", "studies"] }
///     "#,
/// )?;
/// let of = project.indicators["outcome"].of.as_ref().unwrap();
/// assert_eq!(condition(&project, "participants", of, Language::Swedish), "`status` är Arbete eller Studier");
/// assert_eq!(condition(&project, "participants", of, Language::English), "`status` is Work or Studies");
/// # Ok::<(), utfall::Error>(())
/// ```
pub fn condition(
    project: &Project,
    register: &str,
    condition: &Condition,
    language: Language,
) -> String {
    let words = Words { project, register, language };
    let text = words.all(condition);
    if text.is_empty() { say!(language, "alla", "everybody").to_owned() } else { text }
}

/// A list in words: `a`, `a or b`, `a, b or c`.
pub(super) fn either(items: &[String], language: Language) -> String {
    joined(items, say!(language, "eller", "or"))
}

/// A list in words: `a`, `a and b`, `a, b and c`.
pub(super) fn both(items: &[String], language: Language) -> String {
    joined(items, say!(language, "och", "and"))
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

struct Words<'p> {
    project: &'p Project,
    register: &'p str,
    language: Language,
}

impl Words<'_> {
    /// All clauses of a condition, each in parentheses where another stands beside it and it holds several itself.
    fn all(&self, condition: &Condition) -> String {
        let several = condition.0.len() > 1;
        let clauses: Vec<String> =
            condition.0.iter().map(|clause| self.clause(clause, several)).collect();
        both(&clauses, self.language)
    }

    fn clause(&self, clause: &Clause, has_neighbours: bool) -> String {
        let language = self.language;
        let (text, is_compound) = match clause {
            Clause::Any(parts) => (either(&self.parts(parts), language), parts.len() > 1),
            Clause::All(parts) => (both(&self.parts(parts), language), parts.len() > 1),
            Clause::Not(part) => {
                let part = self.all(part);
                (say!(language, format!("inte ({part})"), format!("not ({part})")), false)
            }
            Clause::Change(change) => (self.change(change), false),
            Clause::Column(name, test) => (format!("`{name}` {}", self.test(name, test)), false),
        };
        if has_neighbours && is_compound { format!("({text})") } else { text }
    }

    /// The parts of *any* and *all*: those of several clauses in parentheses.
    fn parts(&self, parts: &[Condition]) -> Vec<String> {
        let part = |part: &Condition| match &part.0[..] {
            [clause] => self.clause(clause, true),
            _ => format!("({})", self.all(part)),
        };
        parts.iter().map(part).collect()
    }

    fn change(&self, change: &Change) -> String {
        let Change { from, to, at_least, at_most } = change;
        let language = self.language;
        let low = at_least.as_ref().map(|number| exact(number, language));
        let high = at_most.as_ref().map(|number| exact(number, language));
        let size = say!(language, ["minst", "högst"], ["at least", "at most"]);
        let sizes: Vec<String> = [low, high]
            .into_iter()
            .zip(size)
            .filter_map(|(number, word)| Some(format!("{word} {}", number?)))
            .collect();
        let sizes = both(&sizes, language);
        say!(
            language,
            format!("förändringen från `{from}` till `{to}` är {sizes}"),
            format!("the change from `{from}` to `{to}` is {sizes}")
        )
    }

    fn test(&self, column: &str, test: &Test) -> String {
        let column = self.project.columns(self.register).and_then(|columns| columns.get(column));
        let is = say!(self.language, "är", "is");
        match test {
            Test::Is(literal) => format!("{is} {}", self.literal(column, literal)),
            Test::In(literals) => {
                let names: Vec<String> =
                    literals.iter().map(|literal| self.literal(column, literal)).collect();
                format!("{is} {}", either(&names, self.language))
            }
            Test::Within(bounds) => self.bounds(column, bounds),
        }
    }

    fn bounds(&self, column: Option<&Column>, bounds: &Bounds) -> String {
        let language = self.language;
        let is_day = column.is_some_and(|column| column.column_type() == ColumnType::Date);
        let name = |literal: &Literal| self.literal(column, literal);
        let mut tests = Vec::new();
        if let Some(known) = bounds.known {
            tests.push(if known {
                say!(language, "är känt", "is known").to_owned()
            } else {
                say!(language, "är okänt", "is unknown").to_owned()
            });
        }
        if let Some(low) = bounds.at_least.as_ref().map(name) {
            tests.push(match (language, is_day) {
                (Language::Swedish, true) => format!("är {low} eller senare"),
                (Language::Swedish, false) => format!("är minst {low}"),
                (Language::English, true) => format!("is {low} or later"),
                (Language::English, false) => format!("is at least {low}"),
            });
        }
        if let Some(high) = bounds.at_most.as_ref().map(name) {
            tests.push(match (language, is_day) {
                (Language::Swedish, true) => format!("är {high} eller tidigare"),
                (Language::Swedish, false) => format!("är högst {high}"),
                (Language::English, true) => format!("is {high} or earlier"),
                (Language::English, false) => format!("is at most {high}"),
            });
        }
        if let [low, high] = &bounds.between[..] {
            let (low, high) = (name(low), name(high));
            tests.push(say!(
                language,
                format!("ligger från {low} till {high}"),
                format!("lies from {low} to {high}")
            ));
        }
        both(&tests, language)
    }

    fn literal(&self, column: Option<&Column>, literal: &Literal) -> String {
        match literal {
            Literal::Number(number) => exact(number, self.language),
            Literal::Flag(true) => say!(self.language, "ja", "yes").to_owned(),
            Literal::Flag(false) => say!(self.language, "nej", "no").to_owned(),
            Literal::Day(day) => day.to_string(),
            Literal::Text(code) => {
                let levels = column.map(|column| &column.levels.0[..]).unwrap_or_default();
                let level = levels.iter().find(|level| level.code == *code);
                level
                    .map_or(code.as_str(), |level| level.labels.in_language(self.language, code))
                    .to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = r#"
        schema = 1
        name = "Words"
        [registers.people]
        unit = "person"
        columns.status.header = "Status"
        columns.status.type = "level"
        columns.status.levels = { work = { sv = "Arbete", en = "Work" }, studies = {}, other = {} }
        columns.before = { header = "Före", type = "ordinal", levels = ["1", "2", "3"] }
        columns.after = { header = "Efter", type = "ordinal", levels = ["1", "2", "3"] }
        columns.day = { header = "Dag", type = "date" }
        columns.ill = { header = "Sjuk", type = "flag" }
        columns.months = { header = "Månader", type = "number", decimals = 1 }
        [indicators.asked]
        kind = "count"
        register = "people"
        of = CONDITION
    "#;

    #[track_caller]
    fn says(text: &str, swedish: &str, english: &str) {
        let project = Project::from_toml(&PROJECT.replace("CONDITION", text)).unwrap();
        let of = project.indicators["asked"].of.as_ref().unwrap();
        assert_eq!(condition(&project, "people", of, Language::Swedish), swedish);
        assert_eq!(condition(&project, "people", of, Language::English), english);
    }

    #[test]
    fn names_levels_as_they_are_declared() {
        says(
            r#"{ status = ["work", "studies", "other"] }"#,
            "`status` är Arbete, studies eller other",
            "`status` is Work, studies or other",
        );
        says("{ ill = true }", "`ill` är ja", "`ill` is yes");
        says("{}", "alla", "everybody");
    }

    #[test]
    fn tells_bounds_of_numbers_and_of_days() {
        says(
            "{ months = { at_least = 1.5 } }",
            "`months` är minst 1,5",
            "`months` is at least 1.5",
        );
        says(
            "{ day = { at_least = 2020-01-01, at_most = 2020-12-31 } }",
            "`day` är 2020-01-01 eller senare och är 2020-12-31 eller tidigare",
            "`day` is 2020-01-01 or later and is 2020-12-31 or earlier",
        );
        says(
            r#"{ before = { between = ["1", "2"] } }"#,
            "`before` ligger från 1 till 2",
            "`before` lies from 1 to 2",
        );
        says("{ day = { known = false } }", "`day` är okänt", "`day` is unknown");
    }

    #[test]
    fn divides_with_parentheses_what_could_be_read_two_ways() {
        says(
            r#"{ day = { known = true }, any = [{ status = "work" }, { change = { from = "before", to = "after", at_least = 1 } }] }"#,
            "`day` är känt och (`status` är Arbete eller förändringen från `before` till `after` är minst 1)",
            "`day` is known and (`status` is Work or the change from `before` to `after` is at least 1)",
        );
        says(
            r#"{ any = [{ status = "work", ill = false }, { not = { status = "other" } }] }"#,
            "(`status` är Arbete och `ill` är nej) eller inte (`status` är other)",
            "(`status` is Work and `ill` is no) or not (`status` is other)",
        );
    }
}
