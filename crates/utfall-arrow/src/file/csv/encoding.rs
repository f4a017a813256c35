//! Encodings: marks of byte order, declared labels, and what is no UTF-8.

use std::borrow::Cow;
use std::io::{Error, ErrorKind, Read, Result as IoResult};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, WINDOWS_1252};

use super::super::fault::{Fault, Result};

/// How the bytes of a file become text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Decoding {
    /// The encoding that all bytes are turned from; without one they are UTF-8, or Windows-1252 where they are not.
    pub(super) from: Option<&'static Encoding>,
    /// The bytes of a mark of byte order.
    pub(super) mark: usize,
    /// Whether the caller says that it is UTF-8.
    pub(super) must_be_utf8: bool,
}

/// How a file that begins with these bytes is encoded, where its beginning or the caller says so.
pub(super) fn decoding(file: &str, start: &[u8], declared: Option<&str>) -> Result<Decoding> {
    let marked = Encoding::for_bom(start);
    let of_label = |label: &str| {
        Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            let reason = format!(
                "`{file}`: `{label}` is no encoding; write a label such as `utf-8`, `windows-1252`, `utf-16le` or `macintosh`"
            );
            Fault::new("unknown_encoding", reason)
        })
    };
    let declared = declared.map(of_label).transpose()?;
    let must_be_utf8 = declared == Some(UTF_8);
    let (encoding, mark) = match (marked, declared) {
        (Some((encoding, mark)), _) => (Some(encoding), mark),
        (None, declared) => (declared, 0),
    };
    Ok(Decoding { from: encoding.filter(|encoding| *encoding != UTF_8), mark, must_be_utf8 })
}

/// Bytes in another encoding, read as UTF-8.
pub(super) struct Transcoder<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Decoded text, of which `given` bytes are handed on.
    text: String,
    given: usize,
    is_done: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { source, decoder, raw: Vec::new(), text: String::new(), given: 0, is_done: false }
    }

    fn fill(&mut self) -> IoResult<()> {
        const RAW: usize = 1 << 15;
        let mut raw = std::mem::take(&mut self.raw);
        raw.resize(RAW, 0);
        let read = self.source.read(&mut raw)?;
        self.is_done = read == 0;
        self.text.clear();
        self.given = 0;
        let mut rest = raw.get(..read).unwrap_or_default();
        loop {
            let room = self.decoder.max_utf8_buffer_length(rest.len()).unwrap_or(RAW);
            self.text.reserve(room);
            let (result, taken, has_errors) =
                self.decoder.decode_to_string(rest, &mut self.text, self.is_done);
            if has_errors {
                return Err(Error::from(ErrorKind::InvalidData));
            }
            rest = rest.get(taken..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        self.raw = raw;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> IoResult<usize> {
        while self.given == self.text.len() && !self.is_done {
            self.fill()?;
        }
        let left = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let taken = left.len().min(into.len());
        if let (Some(into), Some(from)) = (into.get_mut(..taken), left.get(..taken)) {
            into.copy_from_slice(from);
        }
        self.given += taken;
        Ok(taken)
    }
}

/// A field of a file that is no UTF-8, as Windows-1252.
pub(super) fn of_windows_1252(field: &[u8]) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(field).0
}

/// Whether bytes that are no UTF-8 cannot be Windows-1252 either: it has no letter there, or a header has letters that
/// Swedish lacks, as `ä` of a Macintosh and `å` of DOS look.
pub(super) fn is_unlikely_windows_1252(field: &[u8], is_header: bool) -> bool {
    const NONE: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
    // In a header only the euro sign, quotes, dashes and an ellipsis of this range are likely.
    const LIKELY: [u8; 8] = [0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97];
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    field.iter().enumerate().any(|(position, byte)| {
        let is_inside = letter(position.checked_sub(1).and_then(|before| field.get(before)))
            && letter(field.get(position + 1));
        let is_odd =
            is_header && (0x80..0xa0).contains(byte) && (is_inside || !LIKELY.contains(byte));
        NONE.contains(byte) || is_odd
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_16BE, UTF_16LE};

    use super::*;

    #[test]
    fn marks_and_labels_say_the_encoding() {
        let found = |start: &[u8], declared| {
            decoding("f", start, declared).map(|found| (found.from, found.mark))
        };
        assert_eq!(found(b"a;b", None).unwrap(), (None, 0));
        assert_eq!(found(b"\xef\xbb\xbfa;b", None).unwrap(), (None, 3));
        assert_eq!(found(b"\xff\xfea\0", None).unwrap(), (Some(UTF_16LE), 2));
        assert_eq!(found(b"\xfe\xff\0a", None).unwrap(), (Some(UTF_16BE), 2));
        assert_eq!(found(b"a", Some("latin1")).unwrap(), (Some(WINDOWS_1252), 0));
        assert_eq!(found(b"a", Some("utf8")).unwrap(), (None, 0));
        assert_eq!(found(b"a", Some("klingon")).unwrap_err().code, "unknown_encoding");
    }

    #[test]
    fn text_is_transcoded_whatever_the_pieces() {
        let text = "Kön;Ålder\r\n".repeat(9_000);
        let raw: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut read = String::new();
        Transcoder::new(&raw[..], UTF_16LE).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        let mut broken = Transcoder::new(&raw[..raw.len() - 1], UTF_16LE);
        assert!(broken.read_to_string(&mut String::new()).is_err());
    }

    #[test]
    fn macintosh_and_dos_are_not_taken_for_windows() {
        for (header, unlikely) in [
            (&b"K\xf6n"[..], false),
            (b"L\xe4n \x96 \x80", false),
            (b"K\x9an", true),   // Macintosh
            (b"K\x94n", true),   // DOS
            (b"\x8flder", true), // DOS
        ] {
            assert_eq!(is_unlikely_windows_1252(header, true), unlikely, "{header:?}");
        }
        assert!(!is_unlikely_windows_1252(b"Jovi\x9a", false));
    }
}
