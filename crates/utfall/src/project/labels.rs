//! Texts in the languages that boards and funders read.

use schemars::json_schema;

use super::read::{Field, Fields, ObjectSchema};
use super::record::words;
use super::tree::Table;

words! {
    /// A language that labels and sentences are written in.
    pub enum Language {
        /// Swedish.
        Swedish = "sv",
        /// English.
        English = "en",
    }
}

/// The name of something in Swedish and English; stands as the keys `sv` and `en` of its table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Swedish.
    pub sv: Option<String>,
    /// English.
    pub en: Option<String>,
}

impl Labels {
    /// The text in `language`, or in the other one, or `code` where there is none.
    pub fn in_language<'a>(&'a self, language: Language, code: &'a str) -> &'a str {
        let (first, second) = match language {
            Language::Swedish => (&self.sv, &self.en),
            Language::English => (&self.en, &self.sv),
        };
        first.as_deref().or(second.as_deref()).unwrap_or(code)
    }

    /// The texts there are.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.sv.as_deref().into_iter().chain(self.en.as_deref())
    }
}

impl Field for Labels {
    fn take(fields: &mut Fields<'_>, _: &'static str) -> Option<Self> {
        Some(Self { sv: fields.optional("sv"), en: fields.optional("en") })
    }

    fn put(&self, table: &mut Table, _: &'static str) {
        self.sv.put(table, "sv");
        self.en.put(table, "en");
    }

    fn describe(object: &mut ObjectSchema<'_>, _: &'static str, _: &str) {
        object.property("sv", json_schema!({ "type": "string" }), "The text in Swedish.");
        object.property("en", json_schema!({ "type": "string" }), "The text in English.");
    }
}
