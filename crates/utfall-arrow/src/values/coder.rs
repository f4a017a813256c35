//! Texts to codes: a column of levels holds few texts, many times each.

use std::borrow::Cow;
use std::collections::HashMap;

/// How many texts are remembered where they are found without hashing; a power of two.
const REMEMBERED: usize = 1_024;

/// Gives each distinct text a code, in the order of their first occurrence.
///
/// A text is first looked for where its length and its ends lead; what is not there is looked up in a map. Columns of
/// levels are served by the first look nearly always, columns of ids by the map.
pub(super) struct Coder<'a> {
    codes: HashMap<&'a str, u32, foldhash::fast::RandomState>,
    dictionary: Vec<Option<Cow<'a, str>>>,
    remembered: Box<[(&'a str, u32)]>,
}

impl Default for Coder<'_> {
    fn default() -> Self {
        let mut coder = Self {
            codes: HashMap::default(),
            dictionary: Vec::new(),
            remembered: vec![("", 0); REMEMBERED].into(),
        };
        // The empty text has the first code, so that every place remembers something true.
        coder.looked_up("");
        coder
    }
}

impl<'a> Coder<'a> {
    #[inline]
    pub(super) fn code(&mut self, text: &'a str) -> u32 {
        let place = place(text.as_bytes());
        let (remembered, code) = self.remembered[place];
        if remembered == text {
            return code;
        }
        let code = self.looked_up(text);
        self.remembered[place] = (text, code);
        code
    }

    /// The texts in the order of their codes.
    pub(super) fn into_dictionary(self) -> Vec<Option<Cow<'a, str>>> {
        self.dictionary
    }

    fn looked_up(&mut self, text: &'a str) -> u32 {
        let next = u32::try_from(self.dictionary.len()).unwrap_or(u32::MAX);
        *self.codes.entry(text).or_insert_with(|| {
            self.dictionary.push(Some(Cow::Borrowed(text)));
            next
        })
    }
}

/// Where a text is remembered: by its length, its first and its last bytes.
#[inline]
fn place(text: &[u8]) -> usize {
    let bytes = |range: &[u8]| range.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let (first, last) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes(text), 0),
    };
    let mixed =
        (first ^ last.rotate_left(29) ^ text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 54).unwrap_or(0) % REMEMBERED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_code_and_others_another() {
        let texts: Vec<String> = (0..5_000).map(|number| format!("Kommun {number}")).collect();
        let mut coder = Coder::default();
        let first: Vec<u32> = texts.iter().map(|text| coder.code(text)).collect();
        let second: Vec<u32> = texts.iter().map(|text| coder.code(text)).collect();
        assert_eq!(first, second);
        let dictionary = coder.into_dictionary();
        for (text, code) in texts.iter().zip(first) {
            assert_eq!(dictionary[code as usize].as_deref(), Some(text.as_str()));
        }
    }
}
