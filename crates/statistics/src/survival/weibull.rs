//! Weibull model of the time until an event.
//!
//! `S(t) = exp(−(t/λ)^ρ)`, fitted by maximum likelihood to right-censored data. With
//! `λ^ρ = Σ t^ρ / d` profiled out, the shape solves
//! `1/ρ + mean(ln t | event) − Σ t^ρ ln t / Σ t^ρ = 0` (Kalbfleisch and Prentice 2002, §3.6).

use super::{Observations, SurvivalError};

/// A fitted Weibull model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    /// Scale λ: the time by which 63.2 % have had the event.
    pub scale: f64,
    /// Shape ρ: above 1 the hazard rises with time.
    pub shape: f64,
    /// Log-likelihood at the maximum.
    pub log_likelihood: f64,
}

const MAXIMUM_STEPS: usize = 200;

/// Maximum likelihood fit.
///
/// Delayed entry enters the likelihood through the conditional survival; it is not supported
/// here and an entry time is refused.
///
/// # Errors
/// [`SurvivalError::AllCensored`], [`SurvivalError::TimeZero`], [`SurvivalError::NoSpread`] if all
/// units have the same time, [`SurvivalError::LengthMismatch`] if there is delayed entry.
pub fn fit(observations: &Observations) -> Result<Weibull, SurvivalError> {
    if let Some(entry) = observations.entry() {
        return Err(SurvivalError::LengthMismatch {
            what: "entry",
            found: entry.len(),
            expected: 0,
        });
    }
    let events = observations.events() as f64;
    if events == 0.0 {
        return Err(SurvivalError::AllCensored);
    }
    if let Some(unit) = observations.exit().iter().position(|time| *time <= 0.0) {
        return Err(SurvivalError::TimeZero(unit));
    }
    // Logarithms relative to the largest keep t^ρ inside the range of a double.
    let largest = observations.last_time().ln();
    let logs: Vec<f64> = observations
        .exit()
        .iter()
        .map(|time| time.ln() - largest)
        .collect();
    let event_logs = logs
        .iter()
        .zip(observations.event())
        .filter(|(_, event)| **event);
    let mean_log = event_logs.map(|(log, _)| log).sum::<f64>() / events;
    if logs.iter().all(|log| log.abs() < 1e-12) {
        return Err(SurvivalError::NoSpread);
    }
    let score = |shape: f64| {
        let (mut weights, mut weighted) = (0.0, 0.0);
        for log in &logs {
            let weight = (shape * log).exp();
            weights += weight;
            weighted += weight * log;
        }
        1.0 / shape + mean_log - weighted / weights
    };
    let shape = root_of_decreasing(score)?;
    let power_sum: f64 = logs.iter().map(|log| (shape * log).exp()).sum();
    let log_scale = largest + (power_sum / events).ln() / shape;
    let log_likelihood = events * (shape.ln() - shape * log_scale)
        + (shape - 1.0) * events * (mean_log + largest)
        - events;
    Ok(Weibull {
        scale: log_scale.exp(),
        shape,
        log_likelihood,
    })
}

fn root_of_decreasing(score: impl Fn(f64) -> f64) -> Result<f64, SurvivalError> {
    let (mut low, mut high) = (1e-6, 1.0);
    let mut steps = 0;
    while score(high) > 0.0 {
        high *= 2.0;
        steps += 1;
        // All events at the very last time: the shape grows without bound.
        if steps > 60 {
            return Err(SurvivalError::MonotoneLikelihood);
        }
    }
    for _ in 0..MAXIMUM_STEPS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return Ok(middle);
        }
        if score(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(f64::midpoint(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degenerate_data_are_refused() {
        let run = |times: &[f64], events: &[bool]| {
            fit(&Observations::right_censored(times.to_vec(), events.to_vec()).unwrap())
        };
        assert_eq!(
            run(&[1.0, 2.0], &[false, false]),
            Err(SurvivalError::AllCensored)
        );
        assert_eq!(
            run(&[1.0, 0.0], &[true, true]),
            Err(SurvivalError::TimeZero(1))
        );
        assert_eq!(
            run(&[2.0, 2.0], &[true, true]),
            Err(SurvivalError::NoSpread)
        );
        assert_eq!(
            run(&[1.0, 2.0], &[false, true]),
            Err(SurvivalError::MonotoneLikelihood)
        );
    }
}
