//! Figures offered as answers to goals, money, and figures against a register.

use super::super::say;
use super::{Told, capital, first_of};
use crate::finding::{Fact, FindingCode};
use crate::project::Decimal;

/// How many numbers a sentence lists.
const MOST_LISTED: usize = 8;

impl Told<'_> {
    pub(super) fn answers(&self) -> String {
        match self.finding.code {
            FindingCode::AnswerOfOthers => self.answer_of_others(),
            FindingCode::AnswerMissesTarget => self.answer_misses_target(),
            FindingCode::PartsAgainstTarget => self.parts_against_target(),
            FindingCode::NotBalanced => self.not_balanced(),
            FindingCode::PartDominates => self.part_dominates(),
            FindingCode::NotInProportion => self.not_in_proportion(),
            FindingCode::RegisterDiffers => self.register_differs(),
            _ => self.not_recomputed(),
        }
    }

    fn answer_of_others(&self) -> String {
        let (statement, goal) = (capital(&self.subject()), self.text("goal"));
        let difference = |fact: &Fact| match fact {
            Fact::Text(word) if word == "population" => {
                say!(self.language, "andra än dem målet gäller", "others than those of the goal")
            }
            Fact::Text(word) if word == "time" => {
                say!(self.language, "en annan tidpunkt", "another time")
            }
            _ => say!(self.language, "en annan egenskap", "another property"),
        };
        let differences: Vec<&str> = self.list("differs").iter().map(difference).collect();
        let differences = differences.join(say!(self.language, " och ", " and "));
        let target = self.fact("target").map_or_else(String::new, |target| {
            let target = self.told(target);
            format!(" ({target})")
        });
        let rest = self.what_can_be_said();
        say!(
            self.language,
            format!(
                "{statement} ges som svar på målet `{goal}`{target} men gäller {differences}; om målet är nått går inte att säga.{rest}"
            ),
            format!(
                "{statement} is offered as the answer to the goal `{goal}`{target} but speaks of {differences}; whether the goal is met cannot be told.{rest}"
            )
        )
    }

    fn what_can_be_said(&self) -> String {
        let mut said = Vec::new();
        let (count, whole) = (self.whole("count"), self.whole("whole"));
        if self.number("count_at_least").is_some() {
            let least = self.whole("count_at_least");
            said.push(say!(
                self.language,
                format!("Den betyder minst {least} av {whole}."),
                format!("It means at least {least} of {whole}.")
            ));
        }
        if self.number("most_population").is_some() {
            let most = self.whole("most_population");
            said.push(say!(
                self.language,
                format!("{count} räcker bara om målet gäller högst {most}."),
                format!("{count} are enough only if the goal is about {most} at most.")
            ));
        }
        if let (Some(_), Some(short)) = (self.number("least_count"), self.number("short")) {
            let (needed, short) = (self.whole("least_count"), self.counted(short));
            let at_most = if self.number("count").is_some() {
                ""
            } else {
                say!(self.language, "högst ", "at most ")
            };
            said.push(say!(
                self.language,
                format!("Gällde målet alla {whole} skulle {needed} behövas: {at_most}{short} fattas."),
                format!("Were the goal about all {whole}, {needed} would be needed: {at_most}{short} short.")
            ));
        }
        super::after_each_other(&said)
    }

    fn answer_misses_target(&self) -> String {
        let (statement, goal) = (capital(&self.subject()), self.text("goal"));
        let value = ["share", "of_target", "value"].into_iter().find_map(|name| self.fact(name));
        let value = value.map_or_else(String::new, |fact| self.told(fact));
        let version = |fact: &Fact| {
            let Fact::List(cells) = fact else { return String::new() };
            let (Some(Fact::Day(day)), Some(promise), Some(Fact::Text(word))) =
                (cells.first(), cells.get(1), cells.get(2))
            else {
                return String::new();
            };
            let short = cells.get(3).map_or_else(String::new, |short| {
                let short = self.told(short);
                say!(self.language, format!(", {short} fattas"), format!(", {short} short"))
            });
            let (promise, verdict) = (self.told(promise), self.verdict(word));
            let from = say!(self.language, "från", "from");
            format!("{promise} ({from} {day}): {verdict}{short}")
        };
        let versions: Vec<String> = self.list("versions").iter().map(version).collect();
        let versions = versions.join("; ");
        say!(
            self.language,
            format!(
                "{statement} svarar på målet `{goal}` med {value}. Målvärdet {versions}. Skriv ut det bredvid talet."
            ),
            format!(
                "{statement} answers the goal `{goal}` with {value}. The target {versions}. Say so beside the figure."
            )
        )
    }

    /// The parts of which a word is true: `Viadidakt (4 av 35 = 11,4 %)`.
    fn parts(&self, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
        let part = |fact: &Fact| {
            let Fact::List(cells) = fact else { return None };
            let (Fact::Text(level), share) = (cells.first()?, cells.get(1)?) else { return None };
            let word = match cells.get(2) {
                Some(Fact::Text(word)) => word.as_str(),
                _ => "",
            };
            is_meant(word).then(|| format!("{level} ({})", self.told(share)))
        };
        self.list("parts").iter().filter_map(part).collect()
    }

    fn parts_against_target(&self) -> String {
        let (table, goal) = (self.subject(), self.text("goal"));
        let (column, share) = (self.text("column"), self.share("share"));
        let (target, word) = (self.share("target"), self.text("verdict"));
        let others = self.parts(|own| !own.is_empty() && own != word);
        let (others, verdict) = (first_of(others, MOST_LISTED, ", "), self.verdict(word));
        let opposite = self.verdict(if word == "met" { "not_met" } else { "met" });
        say!(
            self.language,
            format!(
                "Målet `{goal}`, {target}, är totalt {verdict} ({share}), men per `{column}` i {table} {opposite} för {others}. Visa delarna bredvid totalen."
            ),
            format!(
                "The goal `{goal}`, {target}, is {verdict} in total ({share}), but by `{column}` in {table} it is {opposite} for {others}. Show the parts beside the total."
            )
        )
    }

    fn not_balanced(&self) -> String {
        let (table, column, share) = (self.subject(), self.text("column"), self.share("share"));
        let verdict = self.verdict(self.text("verdict"));
        let none = say!(self.language, "ingen", "none");
        let list = |word: &str| {
            let parts = self.parts(|own| own == word);
            if parts.is_empty() { none.to_owned() } else { first_of(parts, MOST_LISTED, ", ") }
        };
        let (inside, outside) = (list("balanced"), list("not_balanced"));
        say!(
            self.language,
            format!(
                "40/60-regeln: totalt {share}, {verdict}. Per `{column}` i {table} är inom 40–60: {inside}; utanför: {outside}. Redovisa fördelningen per del."
            ),
            format!(
                "The 40/60 rule: {share} in total, {verdict}. By `{column}` in {table}, within 40–60: {inside}; outside: {outside}. Show the distribution of each part."
            )
        )
    }

    fn part_dominates(&self) -> String {
        let (table, goal, level) = (self.subject(), self.text("goal"), self.text("level"));
        let (part, without) = (self.share("part"), self.share("without"));
        let of_answer = self.fact("without_of_answer").map_or_else(String::new, |share| {
            let share = self.told(share);
            say!(
                self.language,
                format!(" (räknat på svarets egna tal {share})"),
                format!(" (by the answer's own numbers {share})")
            )
        });
        let target = match (self.fact("target"), self.text("verdict")) {
            (Some(target), word) if !word.is_empty() => {
                let (target, verdict) = (self.told(target), self.verdict(word));
                say!(
                    self.language,
                    format!(", {target} {verdict}"),
                    format!(", {target} {verdict}")
                )
            }
            _ => String::new(),
        };
        say!(
            self.language,
            format!(
                "{level} står för {part} av dem som målet `{goal}` räknar, enligt {table}. Utan den delen är andelen {without}{of_answer}{target}."
            ),
            format!(
                "{level} holds {part} of those whom the goal `{goal}` counts, by {table}. Without that part the share is {without}{of_answer}{target}."
            )
        )
    }

    fn not_in_proportion(&self) -> String {
        let (statement, goal) = (capital(&self.subject()), self.text("goal"));
        let list = |name| {
            first_of(
                self.list(name).iter().map(|fact| self.told(fact)).collect(),
                MOST_LISTED,
                ", ",
            )
        };
        let (plan, targets) = (list("plan"), list("targets"));
        let pair = |name: &str| match self.list(name) {
            [Fact::Number(part), Fact::Number(whole)] => self.percent_of_numbers(*part, *whole),
            _ => String::new(),
        };
        let (planned, outcome) =
            (self.whole("planned_per_unit"), self.whole("outcome_per_unit_reached"));
        let revised = self.whole("revised_per_unit_reached");
        let (revision, reached, spent) =
            (pair("revised_of_plan"), pair("reached_of_target"), pair("outcome_of_plan"));
        let reason = if self.text("reason") == "target_not_revised" {
            say!(
                self.language,
                "Målvärdet reviderades inte med planen, så vid revideringen går påståendet inte att pröva.",
                "The target was not revised with the plan, so that the claim cannot be tried at the revision."
            )
        } else {
            say!(
                self.language,
                "Kostnaden per enhet skiljer sig med mer än en tjugondel.",
                "The cost of each unit differs by more than a twentieth."
            )
        };
        say!(
            self.language,
            format!(
                "{statement} säger att pengarna följer målet `{goal}`. Plan: {plan}; målvärde: {targets}. Per enhet: {planned} enligt första planen, {revised} av den senaste planen och {outcome} av utfallet på dem som nåddes. Planen ändrades till {revision}, {reached} nåddes och {spent} förbrukades. {reason}"
            ),
            format!(
                "{statement} says that money follows the goal `{goal}`. Plan: {plan}; target: {targets}. For each unit: {planned} by the first plan, {revised} of the latest plan and {outcome} of the outcome for those reached. The plan became {revision}, {reached} were reached, and {spent} was spent. {reason}"
            )
        )
    }

    fn percent_of_numbers(&self, part: Decimal, whole: Decimal) -> String {
        super::percent(part.to_f64() / whole.to_f64(), self.language)
    }

    fn register_differs(&self) -> String {
        let subject = capital(&self.subject());
        let row = |row: &Fact| {
            let Fact::List(cells) = row else { return String::new() };
            match &cells[..] {
                [place, said, counted, Fact::Count(difference)] => {
                    let against = say!(self.language, "mot", "against");
                    let (place, said) = (self.told(place), self.told(said));
                    format!(
                        "{place} {said} {against} {} ({})",
                        self.told(counted),
                        self.signed(*difference)
                    )
                }
                [name, said, share] => {
                    let against = say!(self.language, "mot", "against");
                    format!(
                        "{} {} {against} {}",
                        self.told(name),
                        self.told(said),
                        self.told(share)
                    )
                }
                _ => String::new(),
            }
        };
        let rows = first_of(self.list("figures").iter().map(row).collect(), MOST_LISTED, "; ");
        say!(
            self.language,
            format!(
                "{subject} stämmer inte med registret (publicerat mot räknat): {rows}. Rätta det publicerade, eller kontrollera dag och urval."
            ),
            format!(
                "{subject} is not what the register gives (published against counted): {rows}. Correct what is published, or check the day and who is counted."
            )
        )
    }

    fn not_recomputed(&self) -> String {
        let (subject, count) =
            (self.subject(), super::super::count(self.finding.count, self.language));
        say!(
            self.language,
            format!(
                "{count} tal i {subject} gick inte att räkna om: utvärderingen är inte korsad så, eller saknar en indikator med samma villkor. Ange kolumnerna i `by`, eller lägg till indikatorn."
            ),
            format!(
                "{count} numbers of {subject} could not be counted again: the evaluation is not crossed that way, or lacks an indicator with the same conditions. Name the columns in `by`, or declare the indicator."
            )
        )
    }
}
