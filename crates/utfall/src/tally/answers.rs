//! Answers to the items of a survey: where each of them ends up.

use super::accounting::Place;
use super::axis::Question;
use super::predicate::{Compiler, Predicate, Signature, level_of_code, source_of};
use crate::project::{Column, Survey};

/// The items of a survey.
#[derive(Debug, Clone)]
pub(crate) struct Answers {
    pub(crate) items: Vec<Answer>,
    /// How many items a unit must have answered for its answers to count.
    fewest: usize,
}

/// The answer to one item.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    favourable: Predicate,
    not_applicable: Predicate,
    /// Whether there is an answer to the question.
    given: Predicate,
}

impl Answers {
    /// Where each answer of a unit that was asked ends up.
    pub(crate) fn places(&self, signature: &Signature<'_>) -> Vec<Place> {
        let counts = self.is_respondent(signature);
        let place = |answer: &Answer| match answer.place(signature) {
            Place::Success | Place::Failure if !counts => Place::Missing,
            place => place,
        };
        self.items.iter().map(place).collect()
    }

    /// Calls `visit` with every axis that is asked.
    pub(super) fn visit_axes(&self, visit: &mut impl FnMut(usize)) {
        for answer in &self.items {
            let predicates = [&answer.favourable, &answer.not_applicable, &answer.given];
            predicates.into_iter().for_each(|predicate| predicate.visit_axes(visit));
        }
    }

    /// Whether a unit has answered enough items.
    pub(crate) fn is_respondent(&self, signature: &Signature<'_>) -> bool {
        let given = self.items.iter().filter(|answer| signature.holds(&answer.given));
        given.count() >= self.fewest
    }
}

impl Answer {
    /// Where it ends up by itself: excluded where the question does not apply.
    pub(super) fn place(&self, signature: &Signature<'_>) -> Place {
        if signature.holds(&self.not_applicable) {
            Place::Excluded
        } else if !signature.holds(&self.given) {
            Place::Missing
        } else if signature.holds(&self.favourable) {
            Place::Success
        } else {
            Place::Failure
        }
    }
}

impl Compiler<'_> {
    /// The answers to a survey. `None` where a column is not there; a checked project has all of them.
    pub(crate) fn answers(&mut self, survey: &Survey) -> Option<Answers> {
        let items = survey.items.iter().map(|name| self.answer(name, survey));
        let items = items.collect::<Option<_>>()?;
        let fewest = survey.fewest_answers.unwrap_or(1);
        Some(Answers { items, fewest: usize::try_from(fewest).unwrap_or(usize::MAX) })
    }

    /// The answer to one item.
    pub(super) fn answer(&mut self, name: &str, survey: &Survey) -> Option<Answer> {
        let columns = self.columns;
        let (position, _, column) = columns.get_full(name)?;
        let source = source_of(position, column);
        let mut ask = |question| self.ask(source.clone(), question);
        let favourable = ask(one_of(column, &survey.favourable));
        let not_applicable = ask(one_of(column, &survey.not_applicable));
        let known = ask(Question::Known(true));
        let is_answer = Predicate::Not(Box::new(not_applicable.clone()));
        let given = Predicate::All(vec![known, is_answer]);
        Some(Answer { favourable, not_applicable, given })
    }
}

fn one_of(column: &Column, codes: &[String]) -> Question {
    Question::OneOf(codes.iter().filter_map(|code| level_of_code(column, code)).collect())
}
