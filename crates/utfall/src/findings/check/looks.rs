//! Texts that look like what identifies a person: identity numbers, coordination numbers, telephone numbers, e-mail,
//! names.
//!
//! A text is looked through word by word, so that a number within a remark is found too.

use crate::day;
use crate::identity_number::{IdentityNumber, identity_number};

/// What a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Look {
    IdentityNumber,
    CoordinationNumber,
    PhoneNumber,
    EMail,
}

/// A look, and whether a text bears it by chance as well: ten digits in a row may be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) look: Look,
    pub(super) is_sure: bool,
}

/// What a text looks like, the gravest look if it has several.
pub(super) fn look_of(text: &str) -> Option<Seen> {
    let words = || text.split([' ', '\u{a0}', '\t', '\n', ',', ';', '(', ')', ':', '/']);
    let words = || words().map(|word| word.trim_matches(['.', '"', '\'', '<', '>', '!', '?']));
    let number = |word: &str| {
        let (kind, is_sure) = identity_number(word)?;
        let look = match kind {
            IdentityNumber::Personal => Look::IdentityNumber,
            IdentityNumber::Coordination => Look::CoordinationNumber,
        };
        Some(Seen { look, is_sure })
    };
    let numbers = words().filter_map(number);
    let joined = number(&text.split_whitespace().collect::<String>());
    if let Some(seen) = numbers.chain(joined).max_by_key(|seen| seen.is_sure) {
        return Some(seen);
    }
    let sure = |look| Some(Seen { look, is_sure: true });
    if words().any(is_e_mail) {
        return sure(Look::EMail);
    }
    if has_phone_number(text) { sure(Look::PhoneNumber) } else { None }
}

/// Something, an at sign, and a domain with a dot.
fn is_e_mail(word: &str) -> bool {
    let Some((name, domain)) = word.split_once('@') else { return false };
    let Some((host, top)) = domain.rsplit_once('.') else { return false };
    !name.is_empty()
        && !host.is_empty()
        && !host.contains('@')
        && top.len() >= 2
        && top.chars().all(char::is_alphabetic)
}

/// A Swedish telephone number: `+46` or `0046` and seven to ten digits, a mobile number (`07`, ten digits), or an area
/// code set off by a hyphen.
fn has_phone_number(text: &str) -> bool {
    if day::parse(text).is_some() {
        return false;
    }
    let is_part =
        |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | ' ' | '\u{a0}');
    text.split(|letter| !is_part(letter))
        .any(|part| is_phone_number(part.trim_matches([' ', '\u{a0}', '-'])))
}

fn is_phone_number(part: &str) -> bool {
    let digits: String = part.chars().filter(char::is_ascii_digit).collect();
    let international = part.strip_prefix('+').map(|_| digits.as_str());
    let international = international.or_else(|| digits.strip_prefix("00"));
    if let Some(rest) = international.and_then(|digits| digits.strip_prefix("46")) {
        return (7..=10).contains(&rest.trim_start_matches('0').len());
    }
    if !digits.starts_with('0') || part.starts_with('+') {
        return false;
    }
    if digits.starts_with("07") && digits.len() == 10 {
        return true;
    }
    // `0155-12 34 56`, `08-123 456 78`; not `08-05-2021`.
    let Some((area, number)) = part.split_once('-') else { return false };
    (2..=4).contains(&area.len()) && !number.contains('-') && (8..=10).contains(&digits.len())
}

/// Headers that say that a column holds names of persons.
const NAME_HEADERS: [&str; 12] = [
    "namn",
    "förnamn",
    "efternamn",
    "tilltalsnamn",
    "fullständigt namn",
    "för- och efternamn",
    "name",
    "first name",
    "last name",
    "full name",
    "firstname",
    "lastname",
];

/// Whether a header says that its column holds names of persons.
pub(super) fn is_name_header(header: &str) -> bool {
    NAME_HEADERS.contains(&header.to_lowercase().as_str())
}

/// Whether a text has the shape of a name: two to four words of letters, each beginning with a capital.
pub(super) fn is_shaped_as_name(text: &str) -> bool {
    let is_word = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters
                .all(|letter| letter.is_alphabetic() && !letter.is_uppercase() || letter == '-')
    };
    let words = text.split_whitespace().flat_map(|word| word.split('-'));
    let count = text.split_whitespace().count();
    (2..=4).contains(&count) && words.clone().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> Option<Look> {
        look_of(text).map(|seen| seen.look)
    }

    /// 811218-9876 and 701063-2391 are the examples that descriptions of the numbers use; their check digits were worked
    /// out by hand: 7+1+2+2+2+8+9+8+5 = 44, and 5+0+2+0+3+3+4+3+9 = 29.
    #[test]
    fn knows_numbers_by_day_and_check_digit() {
        for text in [
            "811218-9876",
            "19811218-9876",
            "8112189876",
            "198112189876",
            "811218+9876",
            "811218 9876",
        ] {
            assert_eq!(look(text), Some(Look::IdentityNumber), "{text}");
        }
        assert_eq!(look("701063-2391"), Some(Look::CoordinationNumber));
        assert_eq!(look("ring 811218-9876, helst före tio"), Some(Look::IdentityNumber));
        // A wrong check digit, no such month, no such day, and what only looks alike.
        for text in
            ["811218-9875", "811318-9876", "810230-9876", "811218", "2022-06-30", "12345-6789"]
        {
            assert_eq!(look(text), None, "{text}");
        }
        assert!(look_of("811218-9876").unwrap().is_sure && !look_of("8112189876").unwrap().is_sure);
    }

    #[test]
    fn knows_telephone_numbers_and_e_mail() {
        for text in [
            "070-123 45 67",
            "0701234567",
            "+46 70 123 45 67",
            "0155-12 34 56",
            "08-123 456 78",
            "tel. 070-1234567",
        ] {
            assert_eq!(look(text), Some(Look::PhoneNumber), "{text}");
        }
        for text in ["namn@example.se", "Skriv till namn.namn@example.org."] {
            assert_eq!(look(text), Some(Look::EMail), "{text}");
        }
        for text in ["08-05-2021", "00012345", "a@b", "@example.se", "123 456", "0", "-", "07"] {
            assert_eq!(look(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_shape_of_names() {
        for text in ["Anna Andersson", "Karl-Johan Berg", "Åsa Maria Öberg"] {
            assert!(is_shaped_as_name(text), "{text}");
        }
        for text in ["Anna", "vård och omsorg", "Vård och omsorg", "ESF Rådet", "A B", ""] {
            assert!(!is_shaped_as_name(text), "{text}");
        }
        assert!(is_name_header("Förnamn") && !is_name_header("Kursnamn"));
    }
}
