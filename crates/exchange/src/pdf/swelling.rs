//! Streams of a PDF that unpack to far more than a text: found before the reader unpacks them.
//!
//! Every stream is unpacked here with a limit and thrown away again, whatever the file says about
//! it. This module must not know what is in a stream.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::archive::{MAX_PART, Refusal};

/// The most that all streams together may unpack to, in bytes.
const MAX_ALL: u64 = 512 << 20;
/// The most that one byte of the other ways to pack can become.
const WORST_RATIO: u64 = 2700;
/// How far before a stream its dictionary is looked for, in bytes.
const HEAD: usize = 2048;

/// Refuses a PDF that is locked or swells.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if find(head, b"%PDF-", 0).is_none() {
        return Err(Refusal::NoPdf);
    }
    if find(bytes, b"/Encrypt", 0).is_some() {
        return Err(Refusal::LockedPdf);
    }
    let mut all = 0;
    let mut at = 0;
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + b"stream".len();
        if found >= 3 && bytes.get(found - 3..found) == Some(b"end") {
            continue;
        }
        let head = bytes
            .get(found.saturating_sub(HEAD)..found)
            .unwrap_or_default();
        let head = match rfind(head, b" obj") {
            Some(start) => head.get(start..).unwrap_or_default(),
            None => head,
        };
        let end = find(bytes, b"endstream", at).unwrap_or(bytes.len());
        let body = bytes.get(at..end).unwrap_or_default();
        let start = body
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let size = unpacked(head, body.get(start..).unwrap_or_default());
        all += size;
        if size > MAX_PART {
            return Err(Refusal::Swells {
                part: format!("stream at byte {found}"),
            });
        }
        if all > MAX_ALL {
            return Err(Refusal::TooBig {
                size: all,
                limit: MAX_ALL,
            });
        }
        at = end;
    }
    Ok(())
}

/// How many bytes a stream unpacks to, at most a little more than the limit.
fn unpacked(head: &[u8], body: &[u8]) -> u64 {
    let zlib = count(ZlibDecoder::new(body));
    let size = match zlib {
        0 => count(DeflateDecoder::new(body)),
        size => size,
    };
    let named = |name: &[u8]| find(head, name, 0).is_some();
    // Pictures are not unpacked; their own ways to pack are no concern here.
    let picture = named(b"/Image");
    let twice = matches(head, b"FlateDecode") + matches(head, b"/Fl ") > 1;
    let other = named(b"LZWDecode")
        || named(b"RunLengthDecode")
        || named(b"ASCII85Decode")
        || named(b"ASCIIHexDecode");
    if !picture && (twice || other) {
        return size.max(body.len() as u64).saturating_mul(WORST_RATIO);
    }
    size
}

fn count(reader: impl Read) -> u64 {
    let mut rest = reader.take(MAX_PART + 1);
    let mut buffer = vec![0; 64 << 10];
    let mut size = 0;
    // What breaks off half-way counts as far as it came.
    while let Ok(n) = rest.read(&mut buffer) {
        if n == 0 {
            break;
        }
        size += n as u64;
    }
    size
}

fn find(bytes: &[u8], words: &[u8], from: usize) -> Option<usize> {
    let first = *words.first()?;
    let mut at = from;
    while let Some(next) = bytes
        .get(at..)?
        .iter()
        .position(|byte| *byte == first)
        .map(|next| at + next)
    {
        if bytes.get(next..next + words.len()) == Some(words) {
            return Some(next);
        }
        at = next + 1;
    }
    None
}

fn rfind(bytes: &[u8], words: &[u8]) -> Option<usize> {
    (0..bytes.len())
        .rev()
        .find(|at| bytes.get(*at..at + words.len()) == Some(words))
}

fn matches(bytes: &[u8], words: &[u8]) -> usize {
    let mut n = 0;
    let mut at = 0;
    while let Some(found) = find(bytes, words, at) {
        n += 1;
        at = found + words.len();
    }
    n
}
