//! Figures that do not hold with each other.

use super::super::say;
use super::{Told, capital, first_of};
use crate::finding::{Fact, FindingCode};

/// How many numbers a sentence lists.
const MOST_LISTED: usize = 8;

impl Told<'_> {
    pub(super) fn figures(&self) -> String {
        match self.finding.code {
            FindingCode::PrintedTwice => self.printed_twice(),
            FindingCode::TablesDiffer => self.tables_differ(),
            FindingCode::CountDiffers => self.count_differs(),
            FindingCode::ShareWrong => self.share_wrong(),
            FindingCode::ShareImpossible => self.share_impossible(),
            FindingCode::Contradiction => self.contradiction(),
            FindingCode::NotCompared => self.not_compared(),
            _ => self.bad_sum(),
        }
    }

    fn bad_sum(&self) -> String {
        let (table, place) = (capital(&self.subject()), self.place(self.text("place")));
        let (column, total, sum) = (self.text("column"), self.whole("total"), self.whole("sum"));
        let difference = self.number("difference").unwrap_or_default();
        let (signed, off) = (self.signed(difference), self.counted(difference.abs()));
        let head = say!(
            self.language,
            format!(
                "{table} har {place} {total}, men delarna över `{column}` är tillsammans {sum} ({signed})"
            ),
            format!(
                "{table} has {total} {place}, but the parts over `{column}` come to {sum} ({signed})"
            )
        );
        let what = match self.finding.code {
            FindingCode::PartsMissing => say!(
                self.language,
                format!(
                    "{off} saknas i delarna. Rätta talen, eller ange `partial` om inte alla delar är tryckta."
                ),
                format!(
                    "{off} missing in the parts. Correct the numbers, or declare `partial` if not all parts are printed."
                )
            ),
            FindingCode::PartsOverlap => say!(
                self.language,
                format!(
                    "{off} för mycket, i flera delar eller räknade två gånger. Rätta talen, eller ange `overlap` om någon kan höra till flera delar."
                ),
                format!(
                    "{off} too many, in several parts or counted twice. Correct the numbers, or declare `overlap` if somebody can belong to several parts."
                )
            ),
            _ => return self.part_above_total(&table, place),
        };
        format!("{head}: {what}{}", self.repairs())
    }

    fn part_above_total(&self, table: &str, place: &str) -> String {
        let parts = self.list("parts").iter().map(|part| self.told(part));
        let (parts, total) = (first_of(parts.collect(), MOST_LISTED, "; "), self.whole("total"));
        say!(
            self.language,
            format!(
                "{table} har en del som är större än sin summa: {parts}, men {place} {total}. Rätta ett av talen."
            ),
            format!(
                "{table} has a part that is larger than its total: {parts}, but {total} {place}. Correct one of the numbers."
            )
        )
    }

    /// What would make it hold; a hint and no more.
    fn repairs(&self) -> String {
        let one = |repair: &Fact| {
            let Fact::List(parts) = repair else { return String::new() };
            let [place, from, to] = &parts[..] else { return String::new() };
            let (place, from, to) = (self.told(place), self.told(from), self.told(to));
            say!(
                self.language,
                format!("{place} vore {to} i stället för {from}"),
                format!("{place} were {to} instead of {from}")
            )
        };
        let repairs: Vec<String> = self.list("repairs").iter().map(one).collect();
        if repairs.is_empty() {
            return String::new();
        }
        let repairs = repairs.join(say!(self.language, ", eller om ", ", or if "));
        say!(
            self.language,
            format!(" Allt skulle gå ihop om {repairs}; om så är fallet syns inte i talen."),
            format!(
                " Everything would hold if {repairs}; whether that is so, the numbers do not tell."
            )
        )
    }

    fn printed_twice(&self) -> String {
        let (table, place) = (capital(&self.subject()), self.place(self.text("place")));
        let (first, second) = (self.whole("first"), self.whole("second"));
        say!(
            self.language,
            format!(
                "{table} har {place} två gånger, med olika tal: {first} och {second}. Rätta ett av dem."
            ),
            format!(
                "{table} has a number twice ({place}), differently: {first} and {second}. Correct one of them."
            )
        )
    }

    fn tables_differ(&self) -> String {
        let (table, other) = (capital(&self.subject()), self.source(self.text("other")));
        let row = |row: &Fact| {
            let Fact::List(cells) = row else { return String::new() };
            let [
                Fact::Text(place),
                Fact::Count(before),
                Fact::Count(after),
                Fact::Count(difference),
            ] = &cells[..]
            else {
                return String::new();
            };
            let against = say!(self.language, "mot", "against");
            let (place, signed) = (self.place(place), self.signed(*difference));
            format!(
                "{place} {} {against} {} ({signed})",
                self.counted(*after),
                self.counted(*before)
            )
        };
        let rows = self.list("categories").iter().map(row).collect();
        let rows = first_of(rows, MOST_LISTED, "; ");
        let what = match self.number("difference") {
            Some(..=-1) => say!(
                self.language,
                "Några saknas i den; ange `partial` om inte alla delar är tryckta.",
                "Some are missing in it; declare `partial` if not all parts are printed."
            ),
            Some(1..) => say!(
                self.language,
                "Några är räknade flera gånger i den, eller saknas i den andra; ange `overlap` eller `partial` om det ska vara så.",
                "Some are counted several times in it, or missing in the other; declare `overlap` or `partial` if that is meant."
            ),
            _ => say!(self.language, "Rätta en av dem.", "Correct one of them."),
        };
        let hint = self.row_repairs();
        say!(
            self.language,
            format!("{table} ger andra tal än {other} för samma enheter: {rows}. {what}{hint}"),
            format!(
                "{table} gives other numbers than {other} for the same units: {rows}. {what}{hint}"
            )
        )
    }

    /// The rows of which one alone would have to be another; a hint and no more.
    fn row_repairs(&self) -> String {
        let row = |repair: &Fact| {
            let Fact::List(parts) = repair else { return String::new() };
            let [Fact::Text(place), Fact::List(changes)] = &parts[..] else { return String::new() };
            let number = |change: &Fact| match change {
                Fact::List(cells) => cells.get(2).map_or_else(String::new, |to| self.told(to)),
                _ => String::new(),
            };
            let numbers: Vec<String> = changes.iter().map(number).collect();
            format!("{place} ({})", numbers.join(", "))
        };
        let rows: Vec<String> = self.list("repairs").iter().map(row).collect();
        if rows.is_empty() {
            return String::new();
        }
        let rows = first_of(rows, MOST_LISTED, say!(self.language, " eller ", " or "));
        say!(
            self.language,
            format!(
                " Allt skulle gå ihop om en rad vore en annan: {rows}; om så är fallet syns inte i talen."
            ),
            format!(
                " Everything would hold if one row were another: {rows}; whether that is so, the numbers do not tell."
            )
        )
    }

    fn count_differs(&self) -> String {
        let (statement, said) = (capital(&self.subject()), self.whole("said"));
        let other = |row: &Fact| {
            let Fact::List(cells) = row else { return String::new() };
            let [Fact::Text(part), Fact::Count(number), Fact::Count(difference)] = &cells[..]
            else {
                return String::new();
            };
            let (source, signed) = (self.source(part), self.signed(*difference));
            let gives = say!(self.language, "ger", "gives");
            format!("{source} {gives} {} ({signed})", self.counted(*number))
        };
        let others = self.list("others").iter().map(other).collect();
        let others = first_of(others, MOST_LISTED, "; ");
        let of = self.text("of") == "n";
        let of = if of { say!(self.language, "av ", "of ") } else { "" };
        say!(
            self.language,
            format!("{statement} säger {of}{said}, men {others}. Rätta ett av talen."),
            format!("{statement} says {of}{said}, but {others}. Correct one of the numbers.")
        )
    }

    /// What a statement claims of a share: `13 %`, `över 70 %`, `nästan hälften`, `7 av 10`.
    fn said(&self) -> String {
        let limits = [
            ("over", say!(self.language, "över", "over")),
            ("under", say!(self.language, "under", "under")),
            ("at_least", say!(self.language, "minst", "at least")),
            ("at_most", say!(self.language, "högst", "at most")),
        ];
        for (name, word) in limits {
            if let Some(Fact::Number(number)) = self.fact(name) {
                return format!("{word} {}", self.percentage(*number));
            }
        }
        if let Some(Fact::Number(number)) = self.fact("percent") {
            return self.percentage(*number);
        }
        if let [Fact::Count(part), Fact::Count(whole)] = self.list("out_of") {
            let of = say!(self.language, "av", "out of");
            return format!("{} {of} {}", self.counted(*part), self.counted(*whole));
        }
        if let Some(Fact::Number(number)) = self.fact("ratio") {
            return say!(
                self.language,
                format!("kvoten {}", self.decimal(*number)),
                format!("a ratio of {}", self.decimal(*number))
            );
        }
        share_words(self.text("words"), self.language).to_owned()
    }

    fn share_wrong(&self) -> String {
        let (statement, said) = (capital(&self.subject()), self.said());
        let found = match (self.list("amounts"), self.fact("gives")) {
            ([part, whole], gives) => {
                let gives = gives.map_or_else(String::new, |gives| self.told(gives));
                let (part, whole) = (self.told(part), self.told(whole));
                say!(
                    self.language,
                    format!("{part} av {whole} är {gives} %"),
                    format!("{part} of {whole} is {gives}%")
                )
            }
            (_, Some(Fact::Number(gives))) if self.fact("ratio").is_some() => {
                let Some(Fact::Share { part, whole }) = self.fact("share") else {
                    return String::new();
                };
                let (part, whole) = (self.counted(*part), self.counted(*whole));
                let gives = self.decimal(*gives);
                say!(
                    self.language,
                    format!("{part} på {whole} är {gives}"),
                    format!("{part} to {whole} is {gives}")
                )
            }
            _ => self.share("share"),
        };
        let diagnosis = self.diagnosis();
        say!(
            self.language,
            format!("{statement} säger {said}, men {found}.{diagnosis}"),
            format!("{statement} says {said}, but {found}.{diagnosis}")
        )
    }

    /// Whether the share is possible at all, which other numbers give it, and which rounding.
    fn diagnosis(&self) -> String {
        let mut parts = Vec::new();
        let whole = match self.fact("share") {
            Some(Fact::Share { whole, .. }) => Some(self.counted(*whole)),
            _ => None,
        };
        match (self.list("counts"), whole) {
            ([Fact::Count(low), Fact::Count(high)], Some(whole)) => {
                let range = if low == high {
                    self.counted(*low)
                } else {
                    format!("{}–{}", self.counted(*low), self.counted(*high))
                };
                parts.push(say!(
                    self.language,
                    format!("Det vore {range} av {whole}."),
                    format!("That would be {range} of {whole}.")
                ));
            }
            (_, Some(whole)) if self.fact("ratio").is_none() => parts.push(say!(
                self.language,
                format!("Inget helt antal av {whole} ger det."),
                format!("No whole number of {whole} gives it.")
            )),
            _ => {}
        }
        parts.extend(self.list("alternatives").iter().map(|other| self.alternative(other)));
        let rounding = match self.text("rounding") {
            "down" => say!(self.language, "Avrundat nedåt stämmer det.", "Rounded down, it holds."),
            "up" => say!(self.language, "Avrundat uppåt stämmer det.", "Rounded up, it holds."),
            "" => "",
            _ => say!(
                self.language,
                "Avrundat till närmaste tal stämmer det.",
                "Rounded to the nearest, it holds."
            ),
        };
        if !rounding.is_empty() {
            parts.push(rounding.to_owned());
        }
        super::after_each_other(&parts)
    }

    fn alternative(&self, alternative: &Fact) -> String {
        let Fact::List(cells) = alternative else { return String::new() };
        let [Fact::Share { part, whole }, Fact::Text(which), Fact::List(place)] = &cells[..] else {
            return String::new();
        };
        let [Fact::Text(source), Fact::Text(place)] = &place[..] else { return String::new() };
        let number = self.counted(if which == "whole" { *whole } else { *part });
        let (part, whole) = (self.counted(*part), self.counted(*whole));
        let (source, place) = (self.source(source), self.place(place));
        say!(
            self.language,
            format!("Däremot ger {part} av {whole} det; {number} är {place} i {source}."),
            format!("But {part} of {whole} gives it; {number} is {place} in {source}.")
        )
    }

    fn share_impossible(&self) -> String {
        let (statement, said) = (capital(&self.subject()), self.said());
        let whole = self.whole("whole");
        say!(
            self.language,
            format!(
                "{statement} säger {said} av {whole}, men inget helt antal av {whole} ger det. Kontrollera vilka som är medräknade."
            ),
            format!(
                "{statement} says {said} of {whole}, but no whole number of {whole} gives it. Check who is counted."
            )
        )
    }

    fn contradiction(&self) -> String {
        let one = |figure: &Fact| {
            let Fact::List(cells) = figure else { return String::new() };
            let name = cells.first().map_or_else(String::new, |name| self.told(name));
            match cells.get(1) {
                Some(number) => format!("{name} = {}", self.told(number)),
                None => name,
            }
        };
        let figures: Vec<String> = self.list("figures").iter().map(one).collect();
        let (figures, repairs) = (figures.join("; "), self.repairs());
        say!(
            self.language,
            format!(
                "Dessa tal kan inte stämma samtidigt, men utan vilket som helst av dem kan de andra det: {figures}.{repairs}"
            ),
            format!(
                "These numbers cannot hold together, while without any one of them the others can: {figures}.{repairs}"
            )
        )
    }

    fn not_compared(&self) -> String {
        let register = self.finding.subject.register.as_deref().unwrap_or_default();
        say!(
            self.language,
            format!(
                "De publicerade talen om registret `{register}` korsar så mycket att de inte har prövats tillsammans. Dela upp dem på färre kolumner."
            ),
            format!(
                "The published figures about register `{register}` cross so much that they were not tried together. Divide them over fewer columns."
            )
        )
    }
}

fn share_words(word: &str, language: crate::project::Language) -> &'static str {
    match word {
        "nobody" => say!(language, "ingen", "nobody"),
        "less_than_half" => say!(language, "mindre än hälften", "less than half"),
        "almost_half" => say!(language, "nästan hälften", "almost half"),
        "half" => say!(language, "hälften", "half"),
        "a_little_more_than_half" => {
            say!(language, "lite mer än hälften", "a little more than half")
        }
        "more_than_half" => say!(language, "mer än hälften", "more than half"),
        _ => say!(language, "alla", "everybody"),
    }
}
