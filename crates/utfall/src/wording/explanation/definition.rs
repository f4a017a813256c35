//! The definition of an indicator in words.

use super::{Explained, say};
use crate::project::{
    Counting, Coverage, FollowUp, Incidence, Language, Measure, Ratio, StepMovement, StepRule,
    Survey,
};
use crate::wording::condition::{both, condition, either};
use crate::wording::count;
use crate::wording::number::{duration, exact};

impl Explained<'_> {
    pub(super) fn definition(&self) -> Vec<String> {
        let language = self.language;
        let mut sentences = vec![self.rows(), self.population()];
        if let Some(exclude) = &self.indicator.exclude {
            let who = self.condition(exclude);
            sentences.push(say!(
                language,
                format!("Undantas: {who}."),
                format!("Left out: {who}.")
            ));
        }
        sentences.extend(match self.measure() {
            Measure::Share(share) => {
                let asked = self.condition(&share.having);
                let asked = say!(
                    language,
                    format!("Det som frågas: {asked}."),
                    format!("What is asked: {asked}.")
                );
                std::iter::once(asked)
                    .chain(share.follow_up.as_ref().map(|follow_up| self.follow_up(follow_up)))
                    .collect()
            }
            Measure::Count(_) => {
                vec![self.value(say!(
                    language,
                    "antalet i populationen",
                    "the number in the population"
                ))]
            }
            Measure::Sum(total) => {
                let column = &total.column;
                vec![self.value(&say!(
                    language,
                    format!("summan av `{column}`"),
                    format!("the sum of `{column}`")
                ))]
            }
            Measure::Mean(total) => {
                let column = &total.column;
                vec![self.value(&say!(
                    language,
                    format!("medelvärdet av `{column}`"),
                    format!("the mean of `{column}`")
                ))]
            }
            Measure::Ratio(ratio) => vec![self.ratio(ratio)],
            Measure::Change(movement) => self.movement(movement),
            Measure::Incidence(incidence) => vec![self.incidence(incidence)],
            Measure::Coverage(coverage) => vec![self.coverage(coverage)],
            Measure::Survey(survey) => self.survey(survey),
        });
        sentences
    }

    fn condition(&self, asked: &crate::project::Condition) -> String {
        condition(self.project, &self.indicator.register, asked, self.language)
    }

    fn value(&self, what: &str) -> String {
        say!(self.language, format!("Värdet är {what}."), format!("The value is {what}."))
    }

    /// Which register, and what one of its rows is.
    fn rows(&self) -> String {
        let (language, name) = (self.language, &self.indicator.register);
        let register = self.project.registers.get(name);
        let is_persons = register.is_some_and(|found| found.count == Some(Counting::Persons));
        let weight = register.and_then(|found| found.weight.as_deref());
        match (is_persons, weight) {
            (true, _) => say!(
                language,
                format!(
                    "Räknas på registret `{name}`: varje person en gång, hur många rader den än har."
                ),
                format!(
                    "Counted on the register `{name}`: every person once, however many rows there are of them."
                )
            ),
            (false, Some(weight)) => say!(
                language,
                format!(
                    "Räknas på registret `{name}`: varje rad står för så många som `{weight}` säger."
                ),
                format!(
                    "Counted on the register `{name}`: every row stands for as many as `{weight}` says."
                )
            ),
            (false, None) => {
                let unit = register.map_or("", |found| found.unit.as_str());
                let row = match (unit, language) {
                    ("person", Language::Swedish) => "varje rad är en person".to_owned(),
                    ("person", Language::English) => "every row is a person".to_owned(),
                    ("enrolment", Language::Swedish) => "varje rad är en inskrivning".to_owned(),
                    ("enrolment", Language::English) => "every row is an enrolment".to_owned(),
                    (unit, Language::Swedish) => format!("varje rad är: {unit}"),
                    (unit, Language::English) => format!("every row is: {unit}"),
                };
                say!(
                    language,
                    format!("Räknas på registret `{name}`; {row}."),
                    format!("Counted on the register `{name}`; {row}.")
                )
            }
        }
    }

    fn population(&self) -> String {
        let language = self.language;
        match &self.indicator.of {
            Some(of) => {
                let who = self.condition(of);
                say!(language, format!("Populationen: {who}."), format!("The population: {who}."))
            }
            None => say!(
                language,
                "Populationen: alla i registret.",
                "The population: all in the register."
            )
            .to_owned(),
        }
    }

    fn follow_up(&self, follow_up: &FollowUp) -> String {
        let language = self.language;
        let (after, time) = (&follow_up.after, duration(follow_up.delay(), language));
        let mut sentence = say!(
            language,
            format!("Följs upp {time} efter `{after}`"),
            format!("Followed up {time} after `{after}`")
        );
        if let (Some(column), Some((before, behind))) = (&follow_up.observed_on, follow_up.window())
        {
            sentence.push_str(&say!(
                language,
                format!("; observationen (`{column}`) räknas från {before} dagar före till {behind} dagar efter den dagen"),
                format!("; an observation (`{column}`) counts from {before} days before to {behind} days after that day")
            ));
        }
        sentence.push('.');
        sentence
    }

    fn ratio(&self, ratio: &Ratio) -> String {
        let language = self.language;
        let by = match (&ratio.per.sum, &ratio.per.having) {
            (Some(sum), _) => {
                say!(language, format!("summan av `{sum}`"), format!("the sum of `{sum}`"))
            }
            (None, Some(having)) => {
                let who = self.condition(having);
                say!(
                    language,
                    format!("antalet för vilka {who}"),
                    format!("the number of whom {who}")
                )
            }
            (None, None) => {
                say!(language, "antalet i populationen", "the number in the population").to_owned()
            }
        };
        let of = &ratio.of_sum;
        self.value(&say!(
            language,
            format!("summan av `{of}` delad med {by}"),
            format!("the sum of `{of}` divided by {by}")
        ))
    }

    fn movement(&self, movement: &StepMovement) -> Vec<String> {
        let language = self.language;
        let least = movement
            .at_least
            .as_ref()
            .map_or_else(|| "1".to_owned(), |least| exact(least, language));
        let items: Vec<String> =
            movement.items.iter().map(|item| format!("`{}` → `{}`", item.from, item.to)).collect();
        let items = both(&items, language);
        let rule = match movement.rule {
            None => "",
            Some(StepRule::AnyItem) => say!(language, " i någon av dem", " in any of them"),
            Some(StepRule::Net) => {
                say!(language, " i alla tillsammans", " in all of them together")
            }
            Some(StepRule::Mean) => say!(language, " i medeltal", " on average"),
            Some(StepRule::NoRegression) => say!(
                language,
                " i någon av dem och bakåt i ingen",
                " in any of them and back in none"
            ),
        };
        vec![say!(
            language,
            format!("Det som frågas: minst {least} steg framåt{rule}, mätt i {items}."),
            format!(
                "What is asked: a movement of at least {least} forward{rule}, measured in {items}."
            )
        )]
    }

    fn incidence(&self, incidence: &Incidence) -> String {
        let language = self.language;
        let events: Vec<String> = incidence.events.keys().cloned().collect();
        let events = either(&events, language);
        let after = &incidence.after;
        let time = incidence
            .horizons
            .first()
            .map_or_else(String::new, |first| duration(first.delay(), language));
        self.value(&say!(
            language,
            format!("andelen med {events} inom {time} efter `{after}`, beräknad enligt Aalen och Johansen (1978) så att de som ännu följs också räknas"),
            format!("the share with {events} within {time} after `{after}`, by Aalen and Johansen (1978), so that those who are still followed count too")
        ))
    }

    fn coverage(&self, coverage: &Coverage) -> String {
        let language = self.language;
        let parts: Vec<String> =
            coverage.of_each.iter().map(|column| format!("`{column}`")).collect();
        let parts = both(&parts, language);
        let having = coverage.having.as_ref().map_or_else(
            || say!(language, "med minst en rad", "with at least one row").to_owned(),
            |having| {
                let asked = self.condition(having);
                say!(
                    language,
                    format!("med minst en rad där {asked}"),
                    format!("with at least one row of which {asked}")
                )
            },
        );
        let month = &coverage.month;
        self.value(&say!(
            language,
            format!("andelen månader (`{month}`) och delar ({parts}) {having}"),
            format!("the share of months (`{month}`) and parts ({parts}) {having}")
        ))
    }

    fn survey(&self, survey: &Survey) -> Vec<String> {
        let language = self.language;
        let items: Vec<String> = survey.items.iter().map(|item| format!("`{item}`")).collect();
        let columns = self.project.columns(&self.indicator.register);
        let column = survey.items.first().and_then(|item| columns?.get(item));
        let names: Vec<String> = survey
            .favourable
            .iter()
            .map(|code| {
                let level = column
                    .and_then(|found| found.levels.0.iter().find(|level| level.code == *code));
                level
                    .map_or(code.as_str(), |level| level.labels.in_language(language, code))
                    .to_owned()
            })
            .collect();
        let (items, names) = (both(&items, language), either(&names, language));
        let mut sentences = vec![say!(
            language,
            format!("Det som frågas: svaret är {names}, på {items}; varje svar räknas för sig."),
            format!(
                "What is asked: the answer is {names}, to {items}; every answer counts by itself."
            )
        )];
        if let Some(fewest) = survey.fewest_answers.filter(|fewest| *fewest > 1) {
            let fewest = count(u64::from(fewest), language);
            sentences.push(say!(
                language,
                format!("Den som har svarat på färre än {fewest} frågor räknas inte."),
                format!("Whoever answered fewer than {fewest} items does not count.")
            ));
        }
        sentences
    }
}
