//! What a review and a check find on Likes: each figure here is one that the final report prints, or plain arithmetic on
//! those.

use utfall::{FindingCode, Project, Severity};

use crate::{assert_whole, fact, of, subjects, text};

fn likes(file: &str) -> Project {
    let path = format!("{}/../../examples/likes/{file}", env!("CARGO_MANIFEST_DIR"));
    Project::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Of the five project goals the two on the individual level have a number and one of them a time; those on the
/// organisational and structural levels have neither.
#[test]
fn one_goal_has_number_and_time_and_three_have_neither() {
    let findings = likes("likes.toml").review();
    let found = of(&findings, FindingCode::GoalsNotSpecific);
    assert_eq!(found.len(), 1);
    assert_eq!(fact(found[0], "both"), serde_json::json!([1, 5]));
    assert_eq!(fact(found[0], "number_only"), 1);
    assert_eq!(fact(found[0], "time_only"), 0);
    assert_eq!(fact(found[0], "neither"), 3);
    assert_eq!(
        subjects(&findings, FindingCode::GoalWithoutIndicator),
        ["goals.employers_hired", "goals.staff_relieved"]
    );
    let timeless = subjects(&findings, FindingCode::GoalWithoutTime);
    assert!(!timeless.contains(&"goals.work_or_studies".to_owned()));
    assert!(timeless.contains(&"goals.closer_to_self_support".to_owned()));
}

/// The numbers in the texts of the goals (70 %, three months, everybody, 300) are those of targets and follow-up.
#[test]
fn the_texts_of_the_goals_agree_with_their_targets() {
    for file in ["likes.toml", "reported.toml"] {
        let findings = likes(file).review();
        for code in [
            FindingCode::TextNumberWithoutTarget,
            FindingCode::TextTimeWithoutFollowUp,
            FindingCode::TextPopulationWithoutCondition,
        ] {
            assert_eq!(subjects(&findings, code), Vec::<String>::new(), "{file}");
        }
    }
}

/// The target for men was cut from 50 to 15 % in September 2020, while the text says that goals are unchanged.
#[test]
fn the_target_for_men_was_cut_while_the_text_says_that_goals_are_unchanged() {
    let findings = likes("likes.toml").review();
    let claimed = of(&findings, FindingCode::ClaimedUnchanged);
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].severity(), Severity::Error);
    assert_eq!(claimed[0].subject.to_string(), "goals.men");
    for found in claimed.into_iter().chain(of(&findings, FindingCode::TargetLowered)) {
        assert_eq!(fact(found, "before"), "at_least 0.5");
        assert_eq!(fact(found, "after"), "at_least 0.15");
        assert_eq!(fact(found, "from"), "2020-09-01");
    }
    assert_eq!(subjects(&findings, FindingCode::TargetLowered), ["goals.men"]);
    // It was decided by the steering group in the first year, with a reason: nothing else is to be said of it.
    assert!(of(&findings, FindingCode::TargetRevisedLate).is_empty());
    assert!(of(&findings, FindingCode::RevisionWithoutReason).is_empty());
    let sentence = of(&findings, FindingCode::ClaimedUnchanged)[0].to_string();
    assert_eq!(
        sentence,
        "The claim `goals_unchanged` says that goals are unchanged, but the target of `men` was changed from at least 50% to at least 15% from 2020-09-01. Correct the text."
    );
}

/// Nyköping recruited mainly from the classes of Swedish for immigrants; in Strängnäs nobody may study there.
#[test]
fn one_sub_project_recruits_whom_another_excludes() {
    let findings = likes("likes.toml").review();
    let found = of(&findings, FindingCode::TargetGroupsContradict);
    assert_eq!(found.len(), 1);
    assert_eq!(text(found[0], "part"), "Nyköping");
    assert_eq!(text(found[0], "asks"), "sfi = true");
    assert_eq!(text(found[0], "other_part"), "Strängnäs");
    assert_eq!(text(found[0], "other_asks"), "sfi = false");
    let differ = of(&findings, FindingCode::TargetGroupsDiffer);
    assert_eq!(differ.len(), 1);
    // All ask for social assistance; on the rest they differ.
    assert_eq!(
        fact(differ[0], "columns"),
        serde_json::json!(["sfi", "agency_plan", "months_unemployed"])
    );
}

/// 66 in care and 24 in childcare are 90 of the 138 of the branch table: 19 and 29 lie outside the purpose.
#[test]
fn a_third_of_the_units_lie_outside_the_branches_of_the_purpose() {
    let findings = likes("likes.toml").review();
    let found = of(&findings, FindingCode::PrintedOutsidePurpose);
    assert_eq!(found.len(), 1);
    assert_eq!(text(found[0], "table"), "by_branch");
    assert_eq!(fact(found[0], "within"), serde_json::json!([90, 138]));
    assert_eq!(fact(found[0], "outside"), serde_json::json!([48, 138]));
    let levels = of(&findings, FindingCode::LevelsOutsidePurpose);
    assert_eq!(fact(levels[0], "levels"), serde_json::json!(["school", "logistics"]));
}

/// Four of the eight activities have a period, none has anybody responsible.
#[test]
fn no_activity_has_anybody_responsible_and_four_have_no_period() {
    let findings = likes("likes.toml").review();
    let share = |code| fact(of(&findings, code)[0], "share");
    assert_eq!(share(FindingCode::ActivityWithoutResponsible), serde_json::json!([8, 8]));
    assert_eq!(share(FindingCode::ActivityWithoutDates), serde_json::json!([4, 8]));
    let dateless = of(&findings, FindingCode::ActivityWithoutDates);
    assert_eq!(fact(dateless[0], "activities"), serde_json::json!([3, 4, 5, 8]));
}

/// No step is defined, and those in work and studies are not split by gender.
#[test]
fn steps_have_no_instrument_and_the_outcome_is_not_split_by_gender() {
    let findings = likes("likes.toml").review();
    assert_eq!(
        subjects(&findings, FindingCode::StepWithoutInstrument),
        ["indicators.closer_to_self_support"]
    );
    assert_eq!(subjects(&findings, FindingCode::IndicatorNotByGender), Vec::<String>::new());
    let reported = likes("reported.toml").review();
    assert_eq!(
        subjects(&reported, FindingCode::IndicatorNotByGender),
        ["indicators.work_or_studies_reported"]
    );
    // Of those who completed, and of everybody: two shares that must not be compared.
    assert_eq!(subjects(&findings, FindingCode::DenominatorsDiffer), ["participants"]);
}

#[test]
fn every_sentence_about_likes_is_whole() {
    for file in ["likes.toml", "reported.toml"] {
        likes(file).review().iter().for_each(assert_whole);
    }
}
