//! Statements against tables, against each other, and against themselves.

use super::claim::Claim;
use super::printed::Number;
use super::scope::{Known, Published, Scope, Source, place_fact};
use super::space::Region;
use crate::finding::{Fact, Facts, Finding, FindingCode};
use crate::project::{Rounding, Statement};

/// What is found in the statements of a scope.
pub(super) fn statements(scope: &Scope<'_>, told: &mut Vec<Vec<Source>>, found: &mut Vec<Finding>) {
    let Some(known) = &scope.known else { return };
    for (position, statement) in scope.statements.iter().enumerate() {
        counts(scope, known, position, told, found);
        let own = Source::Statement(position);
        let Counts { part, whole, per } = Counts::of(scope, known, position);
        let ratio = Claim::ratio(&statement.says).zip(per.as_ref());
        let shares = Claim::shares(&statement.says).into_iter().map(|claim| (claim, &whole));
        for (claim, whole) in shares.chain(ratio) {
            let Some(problem) = share(scope, known, &claim, &part, whole) else { continue };
            let sources =
                [&part, whole].into_iter().filter_map(|one| Some(one.from.as_ref()?.source));
            told.push(sources.chain([own]).collect());
            let (code, facts) = problem;
            found.push(Finding::new(code, scope.subject(own), facts));
        }
    }
}

/// A number of units, if it is known, and who they are.
pub(super) struct Counted<'p> {
    pub(super) region: Region,
    pub(super) number: Option<Number>,
    /// Where the number is published, if not in the statement itself.
    pub(super) from: Option<Published<'p>>,
}

/// The counts that a statement is about: its own, or those of other published figures.
pub(super) struct Counts<'p> {
    pub(super) part: Counted<'p>,
    pub(super) whole: Counted<'p>,
    pub(super) per: Option<Counted<'p>>,
}

impl<'p> Counts<'p> {
    pub(super) fn of(scope: &Scope<'p>, known: &Known<'p>, position: usize) -> Self {
        let none = Region::default();
        let counted = |region: Region, own: Option<u32>, tolerance| {
            let own = own.map(|count| Number::of(count, tolerance, None));
            let but = Source::Statement(position);
            let from =
                if own.is_some() { None } else { known.elsewhere(&scope.grids, &region, but) };
            let number = own.or(from.as_ref().map(|published| published.number));
            Counted { region, number, from }
        };
        let Some(statement) = scope.statements.get(position) else {
            let nothing = || counted(none.clone(), None, None);
            return Self { part: nothing(), whole: nothing(), per: None };
        };
        let Statement { of, having, per, says, tolerance, .. } = statement;
        let region =
            |conditions: [&'p Option<_>; 2]| known.space.region(conditions.into_iter().flatten());
        Self {
            part: counted(region([of, having]), says.count, *tolerance),
            whole: counted(region([of, &None]), says.n, *tolerance),
            per: per.is_some().then(|| counted(region([of, per]), None, None)),
        }
    }
}

/// A statement's numbers against those of tables and earlier statements.
fn counts(
    scope: &Scope<'_>,
    known: &Known<'_>,
    position: usize,
    told: &mut Vec<Vec<Source>>,
    found: &mut Vec<Finding>,
) {
    let (Some(statement), own) = (scope.statements.get(position), Source::Statement(position))
    else {
        return;
    };
    for (region, number, is_whole) in known.said(statement) {
        let others = known.others(&scope.grids, &region, own);
        let (agreeing, differing): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|one| one.number.agrees(&number));
        let is_told = |one: &Published<'_>| {
            // Two tables differ, and the statement follows one of them: that is told of the tables.
            let with = |other: &Published<'_>| {
                told.iter().any(|set| set.contains(&one.source) && set.contains(&other.source))
            };
            agreeing.iter().any(with)
        };
        let (_, new): (Vec<_>, Vec<_>) = differing.iter().partition(|one| is_told(one));
        let other = |one: &&Published<'_>| {
            Fact::List(vec![
                Fact::Text(scope.part(one.source)),
                Fact::Count(one.number.printed),
                Fact::Count(number.printed - one.number.printed),
            ])
        };
        let others: Vec<Fact> = new.iter().map(other).collect();
        told.extend(differing.iter().map(|one| vec![one.source, own]));
        if others.is_empty() {
            continue;
        }
        let facts = [
            ("said", Fact::Count(number.printed)),
            ("of", Fact::Text(if is_whole { "n" } else { "count" }.to_owned())),
            ("others", Fact::List(others)),
        ];
        found.push(Finding::new(FindingCode::CountDiffers, scope.subject(own), facts));
    }
}

/// A claim of a share or ratio that its counts do not bear out, with a diagnosis.
fn share(
    scope: &Scope<'_>,
    known: &Known<'_>,
    claim: &Claim,
    part: &Counted<'_>,
    whole: &Counted<'_>,
) -> Option<(FindingCode, Facts)> {
    let is_share = claim.said.0 != "ratio";
    let n = whole.number?;
    let possible = claim.counts(n.printed).filter(|_| is_share);
    let Some(k) = part.number else {
        let is_impossible = is_share && n.low == n.high && n.low > 0 && possible.is_none();
        let facts = [claim.said.clone(), ("whole", Fact::Count(n.printed))];
        return is_impossible.then(|| (FindingCode::ShareImpossible, facts.into()));
    };
    if claim.may_hold((k.low, k.high), (n.low, n.high)) {
        return None;
    }
    let share = ("share", Fact::Share { part: k.printed, whole: n.printed });
    let gives = claim.printed(k.printed, n.printed).filter(|_| n.printed > 0);
    let counts = possible.map(|ends| Fact::List([ends.0, ends.1].map(Fact::Count).into()));
    let roundings = [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down, Rounding::Up];
    let rounding = roundings.into_iter().find(|rounding| {
        claim.had_it_been_rounded(*rounding).is_some_and(|other| other.holds(k.printed, n.printed))
    });
    let alternatives = alternatives(scope, known, claim, (k, n), &whole.region);
    let facts = Facts::from([claim.said.clone(), share])
        .with("gives", gives.map(Fact::Number))
        .with("counts", counts)
        .with("rounding", rounding.map(|rounding| Fact::Text(rounding.word().to_owned())))
        .with("alternatives", (!alternatives.is_empty()).then_some(Fact::List(alternatives)));
    Some((FindingCode::ShareWrong, facts))
}

/// How many other quotients are offered.
const MOST_ALTERNATIVES: usize = 3;

/// The published numbers that give a claim with one of its two counts; those of the same people first.
fn alternatives(
    scope: &Scope<'_>,
    known: &Known<'_>,
    claim: &Claim,
    (k, n): (Number, Number),
    whole: &Region,
) -> Vec<Fact> {
    let mut found: Vec<(bool, i64, i64, Fact)> = Vec::new();
    let own = whole.without(&known.nobody);
    for (region, numbers) in known.iter() {
        for one in numbers {
            let value = one.number.printed;
            let is_near = region.is_within(&own);
            let place =
                || Fact::List(vec![Fact::Text(scope.part(one.source)), place_fact(&one.place)]);
            let pairs = [(k.printed, value, "whole"), (value, n.printed, "part")];
            for (top, bottom, which) in pairs {
                let is_other = (top, bottom) != (k.printed, n.printed);
                // Another numerator must at least be one of the same people.
                let is_of_them = which == "whole" || is_near;
                if is_other && is_of_them && bottom > 0 && claim.holds(top, bottom) {
                    let share = Fact::Share { part: top, whole: bottom };
                    let fact = Fact::List(vec![share, Fact::Text(which.to_owned()), place()]);
                    found.push((!is_near, top, bottom, fact));
                }
            }
        }
    }
    found.sort_by_key(|(is_far, ..)| *is_far);
    let mut seen: Vec<(i64, i64)> = Vec::new();
    found.retain(|(_, top, bottom, _)| {
        let is_new = !seen.contains(&(*top, *bottom));
        seen.push((*top, *bottom));
        is_new
    });
    found.into_iter().take(MOST_ALTERNATIVES).map(|(.., fact)| fact).collect()
}
