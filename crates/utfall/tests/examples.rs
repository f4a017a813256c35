//! Every project file of `examples/` can be read, and survives being written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::path::{Path, PathBuf};

use utfall::{Evaluator, GoalReason, Judgement, Project, State, day};

/// The project files: every TOML file in a folder of `examples/` but the manifests of the examples' own code.
fn project_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let entries = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let folders = entries(&root).into_iter().filter(|path| path.is_dir());
    let mut files: Vec<PathBuf> = folders
        .flat_map(|folder| entries(&folder))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .filter(|path| !path.ends_with("Cargo.toml") && !path.ends_with("pyproject.toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no project file found in {}", root.display());
    files
}

fn projects() -> impl Iterator<Item = (String, Project)> {
    project_files().into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = path.display().to_string();
        let project =
            Project::from_toml_file(&text, &file).unwrap_or_else(|error| panic!("{error}"));
        (file, project)
    })
}

#[test]
fn every_example_survives_toml_and_json() {
    for (file, project) in projects() {
        let (toml, json) = (project.to_toml(), project.to_json());
        let from_toml = Project::from_toml(&toml).unwrap_or_else(|error| panic!("{file}: {error}"));
        let from_json = Project::from_json(&json).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(from_toml, project, "{file}");
        assert_eq!(from_json, project, "{file}");
        assert_eq!((from_toml.to_json(), from_json.to_toml()), (json, toml), "{file}");
    }
}

/// Before any register is handed over, nothing is zero and nothing is judged but what is declared.
#[test]
fn an_example_without_its_registers_has_no_value_and_says_why() {
    for (file, project) in projects() {
        let as_of = day::parse("2022-06-30").unwrap();
        let evaluation = Evaluator::new(&project, as_of).unwrap().finish().unwrap();
        assert!(evaluation.findings.is_empty(), "{file}");
        for figure in evaluation.figures.iter() {
            assert_eq!(evaluation.figures.value(figure), None, "{file}");
            assert_eq!(figure.counts, None, "{file}");
            assert!(matches!(figure.state, State::NotComputable(_)), "{file}: {figure:?}");
        }
        for (name, goal) in &project.goals {
            let verdicts: Vec<_> = evaluation.goal(name).collect();
            assert!(!verdicts.is_empty(), "{file}: {name}");
            assert_eq!(
                verdicts.iter().filter(|verdict| verdict.current).count(),
                1,
                "{file}: {name}"
            );
            for verdict in verdicts.iter().filter(|_| goal.evidence.is_empty()) {
                assert_eq!(verdict.judgement, Judgement::NotAssessable, "{file}: {name}");
                let is_indicator = matches!(verdict.reason, Some(GoalReason::Figure(_)));
                let has_none = goal.indicator.is_none() || verdict.promise.is_none();
                assert!(is_indicator || has_none, "{file}: {verdict:?}");
            }
        }
    }
}
