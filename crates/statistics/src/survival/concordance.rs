//! How well a risk score orders the times until an event (Harrell et al. 1982).

use super::cox_risk_sets::{Stratum, strata};
use super::observations::check_length;
use super::{Observations, SurvivalError};

/// Concordance of a risk score with the observed times, within strata.
///
/// Share of comparable pairs in which the unit with the higher score has the event first; equal
/// scores count one half. A pair is comparable if one unit has the event while the other is
/// under observation and stays so longer; two events at the same time are not comparable, an
/// event and a censoring at the same time are.
///
/// # Errors
/// [`SurvivalError::LengthMismatch`]; [`SurvivalError::AllCensored`] if no pair is comparable.
pub fn concordance(
    observations: &Observations,
    scores: &[f64],
    stratum: Option<&[usize]>,
) -> Result<f64, SurvivalError> {
    check_length("score", scores.len(), observations.len())?;
    let mut ranked: Vec<f64> = scores.iter().map(|score| score + 0.0).collect();
    ranked.sort_by(f64::total_cmp);
    ranked.dedup();
    let rank = |unit: usize| ranked.partition_point(|value| *value < scores[unit]);
    let (mut agreeing, mut comparable) = (0.0, 0.0);
    for stratum in strata(observations, stratum) {
        let (a, c) = concordant_pairs(&stratum, observations, &rank, ranked.len());
        agreeing += a;
        comparable += c;
    }
    if comparable > 0.0 {
        Ok(agreeing / comparable)
    } else {
        Err(SurvivalError::AllCensored)
    }
}

fn concordant_pairs(
    stratum: &Stratum,
    observations: &Observations,
    rank: &impl Fn(usize) -> usize,
    ranks: usize,
) -> (f64, f64) {
    let (exit, event) = (observations.exit(), observations.event());
    let mut by_entry: Vec<usize> = stratum.units().to_vec();
    if let Some(entry) = observations.entry() {
        by_entry.sort_by(|a, b| entry[*b].total_cmp(&entry[*a]));
    }
    let mut present = Tally::new(ranks);
    let (mut agreeing, mut comparable) = (0.0, 0.0);
    let mut leaving = 0;
    for tied in stratum.units().chunk_by(|a, b| exit[*a] == exit[*b]) {
        let time = exit[tied[0]];
        for unit in tied.iter().filter(|unit| !event[**unit]) {
            present.add(rank(*unit), 1);
        }
        if let Some(entry) = observations.entry() {
            while let Some(unit) = by_entry.get(leaving).filter(|unit| entry[**unit] >= time) {
                // Only units already counted can leave: their exit lies after their entry.
                present.add(rank(*unit), -1);
                leaving += 1;
            }
        }
        for unit in tied.iter().filter(|unit| event[**unit]) {
            let rank = rank(*unit);
            let (below, up_to) = (present.below(rank), present.below(rank + 1));
            agreeing += below as f64 + (up_to - below) as f64 / 2.0;
            comparable += present.below(ranks) as f64;
        }
        for unit in tied.iter().filter(|unit| event[**unit]) {
            present.add(rank(*unit), 1);
        }
    }
    (agreeing, comparable)
}

/// Counts per rank with cumulative sums in logarithmic time (Fenwick 1994).
struct Tally {
    tree: Vec<i64>,
}

impl Tally {
    fn new(size: usize) -> Self {
        Self {
            tree: vec![0; size + 1],
        }
    }

    fn add(&mut self, rank: usize, change: i64) {
        let mut index = rank + 1;
        while let Some(slot) = self.tree.get_mut(index) {
            *slot += change;
            index += index & index.wrapping_neg();
        }
    }

    fn below(&self, rank: usize) -> i64 {
        let mut index = rank;
        let mut sum = 0;
        while index > 0 {
            sum += self.tree[index];
            index &= index - 1;
        }
        sum
    }
}
