//! Many short texts in one block of memory.

/// An append-only list of texts, addressed by number.
///
/// All texts stand behind each other in one string; `ends[i]` is where text `i` ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    block: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text and gives its number.
    pub(crate) fn push(&mut self, text: &str) -> u32 {
        let number = self.ends.len() as u32;
        self.block.push_str(text);
        self.ends.push(self.block.len() as u32);
        number
    }

    /// The text with this number.
    ///
    /// # Panics
    /// When there is no such text; callers hold numbers that this list gave out.
    pub(crate) fn get(&self, number: usize) -> &str {
        let start = if number == 0 {
            0
        } else {
            self.ends[number - 1] as usize
        };
        &self.block[start..self.ends[number] as usize]
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The block and the ends, for writing.
    pub(crate) fn parts(&self) -> (&str, &[u32]) {
        (&self.block, &self.ends)
    }

    /// Puts a list together again; `None` when the parts do not fit each other.
    pub(crate) fn from_parts(block: String, ends: Vec<u32>) -> Option<Texts> {
        let fits = ends.is_sorted()
            && ends.iter().all(|&end| block.is_char_boundary(end as usize))
            && ends.last().map_or(0, |&end| end as usize) == block.len();
        fits.then_some(Texts { block, ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_pushed() {
        let mut texts = Texts::default();
        for text in ["kok", "", "ምግቢ"] {
            texts.push(text);
        }
        assert_eq!(
            [texts.get(0), texts.get(1), texts.get(2)],
            ["kok", "", "ምግቢ"]
        );
        let (block, ends) = texts.parts();
        assert_eq!(
            Texts::from_parts(block.to_owned(), ends.to_vec()),
            Some(texts.clone())
        );
    }

    #[test]
    fn refuses_parts_that_do_not_fit() {
        assert_eq!(Texts::from_parts("ab".into(), vec![1]), None);
        assert_eq!(Texts::from_parts("ab".into(), vec![2, 1, 2]), None);
        assert_eq!(Texts::from_parts("é".into(), vec![1, 2]), None);
        assert_eq!(Texts::from_parts(String::new(), vec![9]), None);
    }
}
