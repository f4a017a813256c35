//! stub
use crate::finding::Finding;
use crate::project::Language;
pub(super) fn sentence(finding: &Finding, _: Language) -> String {
    format!("{}: {:?}", finding.subject, finding.facts.to_json())
}
