//! Constraints as bitmaps over the documents of a segment: who is let through, all at once.
//!
//! For every ordered field there is a bitmap for each demanded value, for every licence and part
//! of the week one bitmap of who demands it.
//! A candidate's bitmaps are combined before any score is looked at, so that only documents
//! that can be open are found at all.
//! A gate may let through too much, never too little: dates and rare constraints are judged on
//! what is found.

use super::kernel::{Gate, padded};
use super::words::{Field, Words};

/// The bitmaps of a segment.
pub(crate) struct Gates {
    side: Side,
    fields: Box<[FieldGate]>,
    /// Licences and parts of the week with the bitmap of the documents that have the bit.
    licences: Box<[(u32, Bitmap)]>,
    day_parts: Box<[(u32, Bitmap)]>,
    /// All bits that any document has.
    any: Words,
    bits: Box<[u64]>,
    words: usize,
}

/// Number of a bitmap.
type Bitmap = u32;

/// Which side of a pair the documents are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Documents demand, queries offer.
    Demands,
    /// Documents offer, queries demand.
    Offers,
}

impl Side {
    /// Values are compared so that a document passes if its value is at most that of the query;
    /// for offers, more is better, so the values are mirrored.
    fn mirrored(self, value: u8) -> u8 {
        match self {
            Side::Demands => value,
            Side::Offers => u8::MAX - value,
        }
    }
}

/// Values of a field, ascending; the bitmap of each says which documents have at most that.
struct FieldGate {
    field: Field,
    values: Box<[u8]>,
    first: Bitmap,
}

/// Bitmaps under construction.
struct Drawing<'a> {
    documents: &'a [Words],
    bits: Vec<u64>,
    words: usize,
}

impl Drawing<'_> {
    fn draw(&mut self, has: impl Fn(&Words) -> bool) -> Bitmap {
        let from = self.bits.len();
        self.bits.resize(from + self.words, 0);
        for (local, document) in self.documents.iter().enumerate() {
            self.bits[from + local / 64] |= u64::from(has(document)) << (local % 64);
        }
        (from / self.words) as Bitmap
    }
}

impl Gates {
    /// Builds the bitmaps of the documents of a segment, which has at least one.
    pub(crate) fn build(side: Side, documents: &[Words]) -> Gates {
        let mut drawing = Drawing {
            documents,
            bits: Vec::new(),
            words: padded(documents.len()) / 64,
        };
        let fields = Field::all()
            .filter_map(|field| FieldGate::build(side, field, &mut drawing))
            .collect();
        let any = documents.iter().fold(Words::default(), Words::union);
        let licences = ones(any.licences)
            .map(|bit| (bit, drawing.draw(|w| w.licences >> bit & 1 == 1)))
            .collect();
        let day_parts = ones(any.day_parts().into())
            .map(|bit| (bit, drawing.draw(|w| w.day_parts() >> bit & 1 == 1)))
            .collect();
        Gates {
            side,
            fields,
            licences,
            day_parts,
            any,
            words: drawing.words,
            bits: drawing.bits.into(),
        }
    }

    /// Collects the bitmaps that documents must pass for a query of the other side.
    pub(crate) fn collect<'a>(&'a self, query: &Words, gates: &mut Vec<Gate<'a>>) -> Passable {
        gates.clear();
        for gate in &self.fields {
            let level = self.side.mirrored(gate.field.get(query.levels));
            match gate.values.iter().filter(|value| **value <= level).count() {
                0 => return Passable::Nothing,
                all if all == gate.values.len() => {}
                some => gates.push(Gate {
                    bits: self.bitmap(gate.first + some as u32 - 1),
                    flip: 0,
                }),
            }
        }
        // Whoever demands what the query lacks is stopped; whoever lacks what it demands as well.
        let (flip, licences, day_parts) = match self.side {
            Side::Demands => (u64::MAX, !query.licences, !query.day_parts()),
            Side::Offers => {
                let nobody = (query.licences & !self.any.licences)
                    | u64::from(query.day_parts() & !self.any.day_parts());
                if nobody != 0 {
                    return Passable::Nothing;
                }
                (0, query.licences, query.day_parts())
            }
        };
        for (bits, needs) in [
            (licences, &self.licences),
            (u64::from(day_parts), &self.day_parts),
        ] {
            let asked = needs.iter().filter(|(bit, _)| bits >> bit & 1 == 1);
            gates.extend(asked.map(|(_, bitmap)| Gate {
                bits: self.bitmap(*bitmap),
                flip,
            }));
        }
        Passable::Some
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        let values: usize = self.fields.iter().map(|gate| gate.values.len()).sum();
        size_of_val(&*self.bits)
            + size_of_val(&*self.licences)
            + size_of_val(&*self.day_parts)
            + size_of_val(&*self.fields)
            + values
    }

    #[inline]
    fn bitmap(&self, number: Bitmap) -> &[u64] {
        &self.bits[number as usize * self.words..][..self.words]
    }
}

impl FieldGate {
    /// The bitmaps of a field, unless no document demands anything in it.
    fn build(side: Side, field: Field, drawing: &mut Drawing<'_>) -> Option<FieldGate> {
        let value = move |words: &Words| side.mirrored(field.get(words.levels));
        let mut values: Vec<u8> = drawing.documents.iter().map(value).collect();
        values.sort_unstable();
        values.dedup();
        if values == [0] {
            return None;
        }
        let first = (drawing.bits.len() / drawing.words) as Bitmap;
        for most in &values {
            drawing.draw(|words| value(words) <= *most);
        }
        Some(FieldGate {
            field,
            values: values.into(),
            first,
        })
    }
}

/// Whether a query can pass the gates of a segment at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passable {
    /// No document passes.
    Nothing,
    /// The bitmaps tell.
    Some,
}

fn ones(bits: u64) -> impl Iterator<Item = u32> {
    (0..64).filter(move |bit| bits >> bit & 1 == 1)
}
