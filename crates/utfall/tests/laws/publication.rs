//! Publications: whatever is shown is true, nothing small is shown, and nothing that is hidden is left anywhere.

use utfall::disclosure::DisclosureError;
use utfall::publication::{Publication, PublicationRules};
use utfall::{Accounting, Error, Evaluation, GoalReason, Judgement, Reason, State};

use crate::for_every_case;
use crate::tables::{evaluate, project};

const THRESHOLD: u64 = 5;

#[test]
fn every_evaluation_can_be_published_and_what_is_shown_is_true() {
    for_every_case(40, |case, _| {
        let project = project(&case.project);
        let evaluation = evaluate(&case);
        let rules = PublicationRules::default();
        let publication = match Publication::new(&project, &evaluation, &rules, &[]) {
            Ok(publication) => publication,
            // Too much to protect together is said, and nothing is published.
            Err(Error::Disclosure(DisclosureError::TableSize { .. })) => return,
            Err(error) => panic!("{error}"),
        };
        assert!(publication.attack().unwrap().is_empty());
        assert_eq!(publication.evaluation.tally().len(), 0);
        figures_are_true(&evaluation, &publication);
        verdicts_are_true(&evaluation, &publication);
        companions_are_true(&evaluation, &publication);
    });
}

fn figures_are_true(evaluation: &Evaluation, publication: &Publication) {
    let (all, shown) = (&evaluation.figures, &publication.evaluation.figures);
    for figure in shown.iter() {
        let is_same = |other: &&utfall::Figure| {
            all.indicator(other) == shown.indicator(figure) && other.group() == figure.group()
        };
        let whole = all.iter().find(is_same).unwrap();
        if let Some(value) = shown.value(figure) {
            assert_eq!(Some(value), all.value(whole));
        }
        let Some(parts) = figure.parts() else { continue };
        let of_whole = whole.counts.unwrap().parts();
        for (part, (shown_part, true_part)) in parts.into_iter().zip(of_whole).enumerate() {
            let Some(shown_part) = shown_part else { continue };
            assert_eq!(shown_part, true_part);
            let is_of_persons = shown.kind(figure) != "coverage";
            let is_small = (1..THRESHOLD).contains(&shown_part);
            assert!(!(is_of_persons && is_small), "{}", Accounting::PARTS[part]);
        }
        if figure.outcome().is_none() {
            assert_eq!(figure.state, State::Suppressed);
            assert_eq!((shown.value(figure), shown.interval(figure)), (None, None));
            assert_eq!(shown.bounds(figure), None);
        }
    }
}

fn verdicts_are_true(evaluation: &Evaluation, publication: &Publication) {
    let pairs = evaluation.verdicts.iter().zip(&publication.evaluation.verdicts);
    for (whole, shown) in pairs {
        assert_eq!((&whole.goal, whole.target_from), (&shown.goal, shown.target_from));
        if shown.reason == Some(GoalReason::Figure(Reason::Protected)) {
            assert_eq!(shown.judgement, Judgement::NotAssessable);
            assert_eq!((shown.value, shown.units_short, shown.settled), (None, None, None));
        } else {
            assert_eq!(shown.judgement, whole.judgement);
            assert!(shown.value.is_none() || shown.value == whole.value);
        }
    }
}

fn companions_are_true(evaluation: &Evaluation, publication: &Publication) {
    let shown = &publication.evaluation;
    assert!(
        shown.distributions.is_empty() && shown.overlap.is_empty() && shown.findings.is_empty()
    );
    let is_safe = |units: u64| units == 0 || units >= THRESHOLD;
    for row in &shown.transitions {
        let same = evaluation.transitions.iter().find(|other| {
            (&other.indicator, &other.item, &other.before, &other.after, other.group())
                == (&row.indicator, &row.item, &row.before, &row.after, row.group())
        });
        assert!(row.units.is_none_or(|units| is_safe(units) && same.unwrap().units == Some(units)));
    }
    for row in &shown.steps {
        let Some(counts) = row.counts else { continue };
        let same = evaluation.steps.iter().find(|other| {
            (&other.indicator, &other.item, other.group())
                == (&row.indicator, &row.item, row.group())
        });
        assert_eq!(same.unwrap().counts, Some(counts));
        assert!([counts.up, counts.same, counts.down].into_iter().all(is_safe));
    }
    for row in &shown.survey {
        let Some(counts) = row.counts else { continue };
        let same = evaluation.survey.iter().find(|other| {
            (&other.indicator, &other.item, other.group())
                == (&row.indicator, &row.item, row.group())
        });
        assert_eq!(same.unwrap().counts, Some(counts));
        assert!([counts.favourable, counts.missing].into_iter().all(is_safe));
    }
    for row in &shown.flow {
        let Some(counts) = row.counts else { continue };
        assert!([counts.reached, counts.unknown, counts.lost].into_iter().all(is_safe));
    }
    assert!(shown.flow_reasons.iter().all(|row| row.units.is_none_or(is_safe)));
    for row in &shown.incidence {
        let Some(counts) = row.counts else { continue };
        assert!([counts.started, counts.events, counts.censored].into_iter().all(is_safe));
    }
}
