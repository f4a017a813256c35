//! Figures that a text offers as answers, against the goals that they are offered for.

use super::claim::Claim;
use super::goal::{Answer, least, meets, promised};
use super::scope::{Scope, Source};
use super::statements::Counts;
use crate::finding::{Fact, Facts, Finding, FindingCode};
use crate::project::{Decimal, Project, Target};

/// What is found in the answers of a scope.
pub(super) fn answers(project: &Project, scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let Some(known) = &scope.known else { return };
    for (position, statement) in scope.statements.iter().enumerate() {
        let Some(answer) = Answer::of(project, statement) else { continue };
        if answer.indicator.register != scope.register {
            continue;
        }
        let subject = scope.subject(Source::Statement(position));
        let Counts { part, whole, .. } = Counts::of(scope, known, position);
        let counts = (part.number.map(|k| k.printed), whole.number.map(|n| n.printed));
        let differences = answer.differences(statement);
        if !differences.is_empty() {
            let claims = Claim::shares(&statement.says);
            let facts = other_facts(&answer, &differences, counts, &claims);
            found.push(Finding::new(FindingCode::AnswerOfOthers, subject, facts));
        } else if let Some(facts) = missed(&answer, counts) {
            found.push(Finding::new(FindingCode::AnswerMissesTarget, subject, facts));
        }
    }
}

fn text(text: &str) -> Fact {
    Fact::Text(text.to_owned())
}

/// What can still be said of a goal by an answer that is not one.
fn other_facts(
    answer: &Answer<'_>,
    differences: &[&str],
    (part, whole): (Option<i64>, Option<i64>),
    claims: &[Claim],
) -> Facts {
    let targets = answer.targets();
    let target = targets.last().map(|target| &target.promise);
    let share = target.and_then(least).filter(|_| answer.is_share());
    // Where no number is said, the words still name the fewest that they can mean.
    let implied = whole
        .and_then(|n| claims.iter().filter_map(|claim| claim.counts(n)).map(|ends| ends.0).max());
    let implied = implied.filter(|_| part.is_none());
    let least_needed = share
        .zip(whole)
        .and_then(|(share, n)| i64::try_from(share.times_ceil(u64::try_from(n).ok()?)).ok());
    let short = least_needed.zip(part.or(implied)).map(|(needed, k)| (needed - k).max(0));
    let most = share.zip(part).and_then(|(share, k)| most_of_whom(share, k));
    Facts::from([
        ("goal", text(answer.name)),
        ("differs", Fact::List(differences.iter().map(|one| text(one)).collect())),
    ])
    .with("target", target.map(|promise| promised(promise, answer.is_share())))
    .with("count", part.map(Fact::Count))
    .with("count_at_least", implied.map(Fact::Count))
    .with("whole", whole.map(Fact::Count))
    .with("most_population", most.map(Fact::Count))
    .with("least_count", least_needed.map(Fact::Count))
    .with("short", short.map(Fact::Count))
}

/// The most people of whom so many still are the share that is asked for.
fn most_of_whom(share: Decimal, part: i64) -> Option<i64> {
    let (digits, scale) = share.digits_and_scale();
    let most =
        i128::from(part).checked_mul(10_i128.pow(scale))?.checked_div_euclid(digits.into())?;
    i64::try_from(most).ok()
}

/// The versions of a target beside an answer that is one, if any version is missed.
fn missed(answer: &Answer<'_>, (part, whole): (Option<i64>, Option<i64>)) -> Option<Facts> {
    let k = part?;
    let (value, n) = if answer.is_share() {
        (("share", Fact::Share { part: k, whole: whole? }), whole?)
    } else {
        (("value", Fact::Count(k)), 1)
    };
    let targets = answer.targets();
    let versions: Vec<(bool, Fact)> =
        targets.iter().filter_map(|target| version(target, answer.is_share(), k, n)).collect();
    if versions.iter().all(|(met, _)| *met) {
        return None;
    }
    let of_target = targets.last().and_then(|target| least(&target.promise)?.to_integer());
    let of_target = of_target.filter(|_| !answer.is_share());
    let facts = Facts::from([("goal", text(answer.name)), value]);
    let versions = versions.into_iter().map(|(_, fact)| fact).collect();
    Some(
        facts
            .with("versions", Some(Fact::List(versions)))
            .with("of_target", of_target.map(|whole| Fact::Share { part: k, whole })),
    )
}

/// A version of a target: its day, what it promises, whether it is met, and how many short it is.
fn version(target: &Target, is_share: bool, part: i64, whole: i64) -> Option<(bool, Fact)> {
    let met = meets(&target.promise, part, whole)?;
    let needed = least(&target.promise)
        .and_then(|share| i64::try_from(share.times_ceil(u64::try_from(whole).ok()?)).ok());
    let short = needed.filter(|_| !met).map(|needed| Fact::Count(needed - part));
    let facts = [
        Fact::Day(target.from),
        promised(&target.promise, is_share),
        text(if met { "met" } else { "not_met" }),
    ];
    Some((met, Fact::List(facts.into_iter().chain(short).collect())))
}
