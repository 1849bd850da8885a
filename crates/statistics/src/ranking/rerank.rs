//! A constrained order: the best candidates first, with minimum and maximum shares per group in
//! every prefix.
//!
//! The greedy rule of Geyik, Ambler and Kenthapadi (2019): at place `k` every group must have at
//! least `⌊p·k⌋` and may have at most `⌈p·k⌉` units; a group short of its minimum goes first,
//! otherwise the best candidate of a group below its maximum. Whether such an order may be used
//! at all is not a statistical question.

use super::RankingError;

/// A candidate with its group and score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Group, numbered from 0.
    pub group: usize,
    /// Score, higher is better.
    pub score: f64,
}

/// Indices of the first `places` candidates in constrained order. Equal scores keep the order of
/// the input; if the constraints leave no candidate, the best remaining one is taken.
///
/// # Errors
/// [`RankingError::Empty`], [`RankingError::NotFinite`], [`RankingError::NotAProbability`] if the
/// shares are negative, do not add to 1, or a group has none.
pub fn constrained_order(
    candidates: &[Candidate],
    shares: &[f64],
    places: usize,
) -> Result<Vec<usize>, RankingError> {
    if candidates.is_empty() {
        return Err(RankingError::Empty);
    }
    if let Some(unit) = candidates
        .iter()
        .position(|candidate| !candidate.score.is_finite())
    {
        return Err(RankingError::NotFinite(unit));
    }
    let sum: f64 = shares.iter().sum();
    let valid = shares.iter().all(|share| (0.0..=1.0).contains(share)) && (sum - 1.0).abs() < 1e-9;
    if !valid
        || candidates
            .iter()
            .any(|candidate| candidate.group >= shares.len())
    {
        return Err(RankingError::NotAProbability(sum));
    }
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| candidates[*b].score.total_cmp(&candidates[*a].score));
    let mut counts = vec![0_usize; shares.len()];
    let mut result = Vec::with_capacity(places.min(candidates.len()));
    while result.len() < places && !order.is_empty() {
        let place = (result.len() + 1) as f64;
        let short = |group: usize| (counts[group] as f64) < (shares[group] * place + 1e-9).floor();
        let open = |group: usize| (counts[group] as f64) < (shares[group] * place - 1e-9).ceil();
        let position = order
            .iter()
            .position(|unit| short(candidates[*unit].group))
            .or_else(|| order.iter().position(|unit| open(candidates[*unit].group)))
            .unwrap_or(0);
        let unit = order.remove(position);
        counts[candidates[unit].group] += 1;
        result.push(unit);
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_each_group_in_six_places() {
        // The example of AIF360's test suite: four of group 0 (100 … 70), five of group 1
        // (60 … 20), one of group 0 (10); six places at equal shares give three of each.
        let mut candidates: Vec<Candidate> = [100.0, 90.0, 80.0, 70.0]
            .map(|score| Candidate { group: 0, score })
            .to_vec();
        candidates
            .extend([60.0, 50.0, 40.0, 30.0, 20.0].map(|score| Candidate { group: 1, score }));
        candidates.push(Candidate {
            group: 0,
            score: 10.0,
        });
        let order = constrained_order(&candidates, &[0.5, 0.5], 6).unwrap();
        let of_group_1 = order
            .iter()
            .filter(|unit| candidates[**unit].group == 1)
            .count();
        assert_eq!(of_group_1, 3);
        assert_eq!(order[0], 0);
    }

    #[test]
    fn bad_input_is_named() {
        let candidate = Candidate {
            group: 0,
            score: 1.0,
        };
        assert_eq!(constrained_order(&[], &[1.0], 3), Err(RankingError::Empty));
        assert!(constrained_order(&[candidate], &[0.4, 0.4], 3).is_err());
        assert!(
            constrained_order(
                &[Candidate {
                    group: 2,
                    score: 1.0
                }],
                &[1.0],
                3
            )
            .is_err()
        );
        assert_eq!(constrained_order(&[candidate], &[1.0], 3), Ok(vec![0]));
    }
}
