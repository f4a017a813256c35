//! Every code of a review, provoked by a project that has it and not by one that has not.

use std::collections::BTreeSet;

use utfall::{Family, FindingCode};

use crate::{assert_whole, of, project, subjects};

/// A project that a review has nothing to say of.
const SOUND: &str = r#"
schema = 1
name = "Sound"
first_day = 2024-01-01
last_day = 2025-12-31

[registers.people]
unit = "person"
by = ["gender"]
eligible = [{ of = { status = ["work", "none"] } }]
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.left = { header = "Slut", type = "date" }
columns.status = { header = "Status", type = "level", levels = ["work", "none"] }
columns.before = { header = "Före", type = "ordinal", levels = ["1", "2", "3"], instrument = "Skattning, personalen" }
columns.after = { header = "Efter", type = "ordinal", levels = ["1", "2", "3"], instrument = "Skattning, personalen" }

[purposes.work]
sv = "Fler i arbete"
register = "people"
of = { status = ["work", "none"] }

[indicators.work]
kind = "share"
register = "people"
of = { left = { known = true } }
having = { status = "work" }
follow_up = { after = "left", months = 3 }

[indicators.progress]
kind = "change"
register = "people"
of = { left = { known = true } }
at_least = 1
items = [{ from = "before", to = "after" }]

[goals.effect]
level = "individual"
tier = "effect"
sv = "Hållbar egenförsörjning"
indicator = "work"
assumptions = ["arbete finns"]
risks = [{ text = "lågkonjunktur", response = "fler branscher" }]

[goals.work]
level = "individual"
tier = "project"
sv = "70 % av dem som fullföljt är i arbete efter tre månader"
indicator = "work"
leads_to = ["effect"]
source = "uppföljning"
baseline = { value = 0.2, on = 2023-12-31 }
targets = [
  { from = 2024-01-01, at_least = 0.5 },
  { from = 2024-06-01, at_least = 0.7, decided_by = "styrgruppen", why = "fler anmälda" },
]
assumptions = ["arbetsgivare deltar"]
risks = [{ text = "få anvisningar", response = "bredare rekrytering" }]

[goals.progress]
level = "individual"
tier = "sub"
sv = "Hälften av deltagarna tar ett steg"
indicator = "progress"
due_on = 2025-12-31
leads_to = ["work"]
source = "skattning"
baseline = { value = 0, on = 2023-12-31 }
targets = [{ from = 2024-01-01, at_least = 0.5 }]
assumptions = ["skattning görs"]
risks = [{ text = "bortfall", response = "påminnelser" }]

[[plan]]
sv = "Utbildning"
responsible = "projektledaren"
first_day = 2024-02-01
evidence = "deltagarlista"
"#;

/// What is changed in the sound project, the code that comes of it, and what it speaks of.
const UNSOUND: &[(&str, &str, FindingCode, &str)] = &[
    ("indicator = \"work\"\nleads_to", "leads_to", FindingCode::GoalWithoutIndicator, "goals.work"),
    (
        "targets = [{ from = 2024-01-01, at_least = 0.5 }]",
        "",
        FindingCode::GoalWithoutTarget,
        "goals.progress",
    ),
    (
        "indicator = \"progress\"\ndue_on = 2025-12-31\nleads_to = [\"work\"]\nsource = \"skattning\"\nbaseline = { value = 0, on = 2023-12-31 }\ntargets = [{ from = 2024-01-01, at_least = 0.5 }]",
        "due_on = 2025-12-31\nleads_to = [\"work\"]\nsource = \"skattning\"\nscale = [\"low\", \"high\"]\ntargets = [{ from = 2024-01-01, at_least = \"high\" }]",
        FindingCode::GoalWithoutNumber,
        "goals.progress",
    ),
    ("due_on = 2025-12-31\n", "", FindingCode::GoalWithoutTime, "goals.progress"),
    (
        "baseline = { value = 0, on = 2023-12-31 }",
        "",
        FindingCode::GoalWithoutBaseline,
        "goals.progress",
    ),
    ("source = \"skattning\"\n", "", FindingCode::GoalWithoutSource, "goals.progress"),
    (
        "indicator = \"work\"\nassumptions",
        "assumptions",
        FindingCode::EffectWithoutIndicator,
        "goals.effect",
    ),
    ("follow_up = { after = \"left\", months = 3 }", "", FindingCode::GoalsNotSpecific, "goals"),
    ("indicator = \"progress\"", "", FindingCode::UnusedIndicator, "indicators.progress"),
    ("sv = \"70 % av", "sv = \"75 % av", FindingCode::TextNumberWithoutTarget, "goals.work"),
    ("Hälften av", "Alla som är", FindingCode::TextNumberWithoutTarget, "goals.progress"),
    ("tre månader", "ett halvår", FindingCode::TextTimeWithoutFollowUp, "goals.work"),
    (
        "of = { left = { known = true } }\nhaving",
        "having",
        FindingCode::TextPopulationWithoutCondition,
        "goals.work",
    ),
    (
        "of = { left = { known = true } }\nhaving",
        "having",
        FindingCode::DenominatorsDiffer,
        "people",
    ),
    (
        "leads_to = [\"work\"]",
        "leads_to = []",
        FindingCode::SubGoalWithoutProjectGoal,
        "goals.progress",
    ),
    (
        "leads_to = [\"effect\"]",
        "leads_to = []",
        FindingCode::ProjectGoalWithoutEffect,
        "goals.work",
    ),
    (
        "leads_to = [\"work\"]",
        "leads_to = [\"effect\"]",
        FindingCode::ProjectGoalWithoutSubGoal,
        "goals.work",
    ),
    ("leads_to = [\"effect\"]", "leads_to = []", FindingCode::EffectWithoutGoal, "goals.effect"),
    (
        "tier = \"effect\"\nsv",
        "tier = \"effect\"\nleads_to = [\"later\"]\nsv",
        FindingCode::ChainBackwards,
        "goals.effect",
    ),
    ("assumptions = [\"skattning görs\"]\n", "", FindingCode::TierWithoutAssumptions, "goals"),
    (
        "risks = [{ text = \"bortfall\", response = \"påminnelser\" }]",
        "",
        FindingCode::TierWithoutRisks,
        "goals",
    ),
    (
        ", response = \"påminnelser\"",
        "",
        FindingCode::RiskWithoutResponse,
        "goals.progress.risks[0]",
    ),
    ("responsible = \"projektledaren\"\n", "", FindingCode::ActivityWithoutResponsible, "plan"),
    ("first_day = 2024-02-01\n", "", FindingCode::ActivityWithoutDates, "plan"),
    ("evidence = \"deltagarlista\"\n", "", FindingCode::ActivityWithoutFollowUp, "plan"),
    (
        "{ from = 2024-01-01, at_least = 0.5 },",
        "{ from = 2024-01-01, at_least = 0.8 },",
        FindingCode::TargetLowered,
        "goals.work",
    ),
    ("from = 2024-06-01", "from = 2025-07-03", FindingCode::TargetRevisedLate, "goals.work"),
    (", why = \"fler anmälda\"", "", FindingCode::RevisionWithoutReason, "goals.work"),
    (
        "[[plan]]",
        "[[published.unchanged]]\nid = \"text\"\n[[plan]]",
        FindingCode::ClaimedUnchanged,
        "goals.work",
    ),
    (
        "eligible = [",
        "eligible = [{ within = { gender = \"man\" }, of = { not = { status = [\"work\", \"none\"] } } }, ",
        FindingCode::TargetGroupsContradict,
        "registers.people.eligible",
    ),
    (
        "eligible = [",
        "eligible = [{ within = { gender = \"man\" }, of = { before = { at_least = \"2\" } } }, ",
        FindingCode::TargetGroupsDiffer,
        "registers.people.eligible",
    ),
    (
        "of = { left = { known = true } }\nhaving",
        "of = { before = \"3\" }\nhaving",
        FindingCode::PopulationExcludesTargetGroup,
        "indicators.work",
    ),
    (
        "of = { status = [\"work\", \"none\"] }\n\n",
        "of = { status = \"work\" }\n\n",
        FindingCode::LevelsOutsidePurpose,
        "purposes.work",
    ),
    (
        "of = { status = [\"work\", \"none\"] }\n\n",
        "of = { status = \"work\" }\n[[published.tables]]\nid = \"t\"\nsource = \"s\"\nregister = \"people\"\nby = [\"gender\", \"status\"]\nrows = [{ gender = \"man\", work = 2, none = 1, total = 3 }]\n\n",
        FindingCode::PrintedOutsidePurpose,
        "purposes.work",
    ),
    (
        "levels = [\"1\", \"2\", \"3\"], instrument = \"Skattning, personalen\" }\n\n",
        "levels = [\"1\", \"2\", \"3\"] }\n\n",
        FindingCode::StepWithoutInstrument,
        "indicators.progress",
    ),
    ("at_least = 1\n", "", FindingCode::StepWithoutRule, "indicators.progress"),
    ("by = [\"gender\"]", "", FindingCode::IndicatorNotByGender, "indicators.work"),
];

/// What a case needs beside its change.
fn changed(from: &str, to: &str, code: FindingCode) -> String {
    let mut text = SOUND.replacen(from, to, 1);
    assert_ne!(text, SOUND, "{code:?} changes nothing");
    if code == FindingCode::PopulationExcludesTargetGroup {
        text = text.replacen("status = [\"work\", \"none\"] } }]", "before = \"1\" } }]", 1);
    }
    if code == FindingCode::ChainBackwards {
        text.push_str("[goals.later]\nlevel = \"individual\"\ntier = \"project\"\n");
    }
    text
}

#[test]
fn nothing_is_said_of_a_sound_project() {
    let found: Vec<String> = project(SOUND).review().iter().map(ToString::to_string).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_code_is_provoked_by_the_change_that_it_speaks_of() {
    let mut provoked = BTreeSet::new();
    for (from, to, code, subject) in UNSOUND {
        let findings = project(&changed(from, to, *code)).review();
        assert!(
            subjects(&findings, *code).iter().any(|found| found == subject),
            "{code:?} of {subject} in {findings:#?}"
        );
        findings.iter().for_each(assert_whole);
        provoked.insert(*code);
    }
    let declared = FindingCode::ALL.iter().filter(|code| code.family() == Family::Review);
    assert_eq!(provoked, declared.copied().collect());
}

/// 2025-07-02 is the day on which three quarters of the 730 days from the first to the last have passed (547.5 days).
#[test]
fn the_last_quarter_begins_after_three_quarters_of_the_days() {
    for (day, is_late) in [("2025-06-30", false), ("2025-07-01", false), ("2025-07-02", true)] {
        let text = SOUND.replacen("2024-06-01", day, 1);
        let late = of(&project(&text).review(), FindingCode::TargetRevisedLate).len();
        assert_eq!(late == 1, is_late, "{day}");
    }
}

#[test]
fn a_target_is_only_lowered_where_less_is_promised() {
    for (after, is_lowered) in [
        ("at_least = 0.4", true),
        ("at_least = 0.5", false),
        ("all = true", false),
        ("between = [0.4, 0.9]", true),
        ("between = [0.6, 0.9]", false),
        ("exists = true", true),
        ("at_most = 0.4", false),
    ] {
        let text = SOUND.replacen("at_least = 0.7,", &format!("{after},"), 1);
        let lowered = of(&project(&text).review(), FindingCode::TargetLowered).len();
        assert_eq!(lowered == 1, is_lowered, "{after}");
    }
}
