//! Macros that declare a part of the project file once: the type, its reader, its writer and its schema.

/// A table of the project file with fixed keys.
///
/// Every field is a [`Field`](super::read::Field); its key is its name, or the text after `as`. A field whose type is
/// `Option`, `Vec` or `Named` may be left out.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $key:literal)? : $type:ty ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type ),*
        }

        impl $name {
            #[allow(unused_variables, reason = "a record may have no fields")]
            pub(crate) fn take_fields(fields: &mut $crate::project::read::Fields<'_>) -> Option<Self> {
                // All fields are read before the first failure counts, so that no fault is passed over.
                $( let $field = <$type as $crate::project::read::Field>::take(
                    fields, $crate::project::record::key!($field $($key)?)); )*
                Some(Self { $( $field: $field? ),* })
            }

            #[allow(unused_variables, reason = "a record may have no fields")]
            pub(crate) fn put_fields(&self, table: &mut $crate::project::tree::Table) {
                $( $crate::project::read::Field::put(
                    &self.$field, table, $crate::project::record::key!($field $($key)?)); )*
            }

            #[allow(unused_variables, reason = "a record may have no fields")]
            pub(crate) fn describe_fields(object: &mut $crate::project::read::ObjectSchema<'_>) {
                $( <$type as $crate::project::read::Field>::describe(
                    object, $crate::project::record::key!($field $($key)?), concat!($($field_doc),*)); )*
            }
        }

        impl $crate::project::read::Declared for $name {
            fn read(
                node: &$crate::project::tree::Node,
                path: &$crate::project::path::KeyPath,
                faults: &mut $crate::project::fault::Faults,
            ) -> Option<Self> {
                let mut fields = $crate::project::read::Fields::of(node, path, faults)?;
                let read = Self::take_fields(&mut fields);
                fields.finish();
                read
            }

            fn write(&self) -> $crate::project::tree::Value {
                let mut table = $crate::project::tree::Table::new();
                self.put_fields(&mut table);
                $crate::project::tree::Value::Table(table)
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut object = $crate::project::read::ObjectSchema::new(generator);
                Self::describe_fields(&mut object);
                object.finish(concat!($($doc),*))
            }
        }
    };
}

/// A closed list of words of the project file.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident { $( $(#[doc = $word_doc:literal])* $variant:ident = $word:literal ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $( $(#[doc = $word_doc])* $variant ),* }

        impl $name {
            /// The word as the file and the tables write it.
            pub const fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),* }
            }

            /// What a word stands for, or `None` if it is none of these.
            pub fn of_word(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant), )*
                    _ => None,
                }
            }

            pub(crate) const WORDS: &'static [&'static str] = &[$($word),*];
        }

        impl $crate::project::read::Declared for $name {
            fn read(
                node: &$crate::project::tree::Node,
                path: &$crate::project::path::KeyPath,
                faults: &mut $crate::project::fault::Faults,
            ) -> Option<Self> {
                let word = String::read(node, path, faults)?;
                let read = Self::of_word(&word);
                if read.is_none() {
                    faults.add(path, $crate::project::record::unknown_word(&word, Self::WORDS));
                }
                read
            }

            fn write(&self) -> $crate::project::tree::Value {
                $crate::project::tree::Value::Text(self.word().to_owned())
            }

            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": Self::WORDS })
            }
        }
    };
}

/// Alternatives within a table, told apart by the word under one key; their fields stand in the table itself.
macro_rules! alternatives {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident by $tag:literal {
            $( $(#[doc = $variant_doc:literal])* $variant:ident($record:ty) = $word:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name { $( $(#[doc = $variant_doc])* $variant($record) ),* }

        impl $name {
            /// The word that tells this alternative from the others.
            pub const fn word(&self) -> &'static str {
                match self { $( Self::$variant(_) => $word ),* }
            }

            const WORDS: &'static [&'static str] = &[$($word),*];
        }

        impl $crate::project::read::Field for $name {
            fn take(fields: &mut $crate::project::read::Fields<'_>, _: &'static str) -> Option<Self> {
                let path = fields.path().key($tag);
                let Some(node) = fields.node($tag) else {
                    fields.missing($tag, &format!("write one of {}", Self::WORDS.join(", ")));
                    fields.give_up();
                    return None;
                };
                let word = <String as $crate::project::read::Declared>::read(node, &path, fields.faults)?;
                match word.as_str() {
                    $( $word => <$record>::take_fields(fields).map(Self::$variant), )*
                    _ => {
                        fields.faults.add(&path, $crate::project::record::unknown_word(&word, Self::WORDS));
                        fields.give_up();
                        None
                    }
                }
            }

            fn put(&self, table: &mut $crate::project::tree::Table, _: &'static str) {
                let word = $crate::project::tree::Value::Text(self.word().to_owned());
                table.push($crate::project::tree::Entry::new($tag, word));
                match self { $( Self::$variant(record) => record.put_fields(table) ),* }
            }

            fn describe(object: &mut $crate::project::read::ObjectSchema<'_>, _: &'static str, _: &str) {
                $( object.variant($tag, $word, |own| <$record>::describe_fields(own)); )*
            }
        }
    };
}

/// The key of a record's field: its name, unless another is given.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

pub(crate) use {alternatives, key, record, words};

/// The problem of a word outside a closed list.
pub(crate) fn unknown_word(word: &str, words: &[&str]) -> super::fault::Problem {
    let expected: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let suggestion = super::fault::nearest(word, &expected);
    super::fault::Problem::UnknownWord { word: word.to_owned(), expected, suggestion }
}
