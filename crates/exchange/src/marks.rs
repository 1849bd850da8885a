//! Footnote marks in composed text, which stand there as superscript digits.

/// A stretch of composed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A footnote mark.
    Mark(u16),
}

const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The words and marks of a text in order.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(DIGITS).unwrap_or(rest.len());
        let (before, after) = rest.split_at(words);
        if !before.is_empty() {
            out.push(Piece::Words(before));
        }
        let end = after.find(|c| !DIGITS.contains(&c)).unwrap_or(after.len());
        let (digits, tail) = after.split_at(end);
        if !digits.is_empty() {
            let number = digits.chars().fold(0_u16, |number, c| {
                let digit = DIGITS.iter().position(|known| *known == c).unwrap_or(0);
                number
                    .saturating_mul(10)
                    .saturating_add(u16::try_from(digit).unwrap_or(0))
            });
            out.push(Piece::Mark(number));
        }
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_apart() {
        assert_eq!(
            pieces("lid A¹² en"),
            [Piece::Words("lid A"), Piece::Mark(12), Piece::Words(" en")]
        );
        assert!(pieces("").is_empty());
    }
}
