//! How texts are compared: exactly, after Unicode normalisation (NFC) and trimming.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The form in which a text is compared: trimmed, and composed, so that `ö` equals `o` with a separate diaeresis.
///
/// ```
/// assert_eq!(utfall::text::normal("  Nyko\u{308}ping "), "Nyk\u{f6}ping");
/// ```
pub fn normal(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed.is_ascii() || is_nfc(trimmed) {
        Cow::Borrowed(trimmed)
    } else {
        Cow::Owned(trimmed.nfc().collect())
    }
}
