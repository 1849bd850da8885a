//! Input lines with numbers and a bound on their length.

use std::io::{self, BufRead};

/// What stands on a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A text without its line end.
    Text(String),
    /// More bytes than the bound; the content was skipped.
    TooLong,
    /// Bytes that are not UTF-8.
    NotUtf8,
}

/// Reads lines one by one, never holding more than the bound.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    from: R,
    longest: usize,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `longest` bytes.
    pub(crate) fn new(from: R, longest: usize) -> Lines<R> {
        Lines {
            from,
            longest,
            number: 0,
        }
    }

    /// The next line with its number, counted from 1.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<(u64, Line)>> {
        let mut bytes = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let content = &buffer[..end.unwrap_or(buffer.len())];
            too_long |= bytes.len() + content.len() > self.longest;
            if !too_long {
                bytes.extend_from_slice(content);
            }
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.from.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if too_long {
            return Ok(Some((self.number, Line::TooLong)));
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        let line = String::from_utf8(bytes).map_or(Line::NotUtf8, Line::Text);
        Ok(Some((self.number, line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], longest: usize) -> Vec<(u64, Line)> {
        // A tiny buffer, so that lines are put together from several reads.
        let mut lines = Lines::new(io::BufReader::with_capacity(3, bytes), longest);
        std::iter::from_fn(|| lines.next_line().ok().flatten()).collect()
    }

    #[test]
    fn lines_have_numbers_and_lose_their_ends() {
        let text = |s: &str| Line::Text(s.to_owned());
        assert_eq!(
            all(b"kok\r\n\nlasser", 100),
            [(1, text("kok")), (2, text("")), (3, text("lasser"))]
        );
        assert_eq!(all(b"", 100), []);
    }

    #[test]
    fn long_and_broken_lines_are_told_and_skipped() {
        let found = all(b"0123456789\nok\n\xff\n", 5);
        assert_eq!(
            found,
            [
                (1, Line::TooLong),
                (2, Line::Text("ok".into())),
                (3, Line::NotUtf8)
            ]
        );
    }
}
