//! The average of the parameters over the last steps, which generalises better than the last ones (Polyak and Juditsky
//! 1992, "Acceleration of stochastic approximation by averaging"), weighted so that older ones count less.

use rayon::prelude::*;

use gisa_model::parameters::Parameters;

/// Interval in steps between updates of the average.
const EVERY: usize = 10;
/// Number of parameters that a thread updates at a time.
const STRETCH: usize = 1 << 16;

/// The running average.
pub(super) struct Average {
    kept: f32,
    parameters: Parameters,
}

impl Average {
    /// Creates an average that starts at `parameters` and keeps the share `kept` of itself at each step.
    pub fn new(kept: f32, parameters: Parameters) -> Average {
        Average { kept, parameters }
    }

    #[cfg(test)]
    /// Returns the average.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Returns the average.
    pub fn into_parameters(self) -> Parameters {
        self.parameters
    }

    /// Updates the average with the parameters after a step (counted from 1), if it is one of the interval. The first
    /// steps have nearly equal weight.
    #[allow(clippy::cast_precision_loss)] // steps are few
    pub fn take(&mut self, step: usize, steps: usize, parameters: &Parameters) {
        if !step.is_multiple_of(EVERY) && step != steps {
            return;
        }
        let turns = step as f32 / EVERY as f32;
        let kept = self.kept.powf(EVERY as f32).min((1.0 + turns) / (EVERY as f32 + turns));
        for (average, now) in self.parameters.arrays_mut().into_iter().zip(parameters.arrays()) {
            average.par_chunks_mut(STRETCH).zip(now.par_chunks(STRETCH)).for_each(|(average, now)| {
                average.iter_mut().zip(now).for_each(|(average, now)| *average += (1.0 - kept) * (now - *average));
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn moves_towards_the_parameters_every_tenth_step() {
        let zeros = Parameters::zeros(&toy::shape());
        let mut ones = zeros.clone();
        ones.arrays_mut().into_iter().for_each(|array| array.fill(1.0));
        let mut average = Average::new(0.9, zeros.clone());
        average.take(9, 100, &ones);
        assert_eq!(*average.parameters(), zeros);
        average.take(10, 100, &ones);
        assert!((average.parameters().output.bias[0] - (1.0 - 2.0 / 11.0)).abs() < 1e-5);
        let mut last = Average::new(0.9, zeros);
        last.take(1000, 1000, &ones);
        assert!((last.into_parameters().output.bias[0] - (1.0 - 0.9f32.powi(10))).abs() < 1e-5);
    }
}
