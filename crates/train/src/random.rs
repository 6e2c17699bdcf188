//! Random numbers, reproducible for a seed and a stream on every machine.

use std::f32::consts::TAU;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// A stream of random numbers (PCG XSL 128/64; O'Neill 2014, "PCG: A family of simple fast space-efficient
/// statistically good algorithms for random number generation").
pub(super) struct Random(Pcg64);

impl Random {
    /// Creates one of the streams of a seed. Each has a state of its own: the generator's own streams are correlated (Vigna, "The wrap-up on PCG generators").
    pub fn new(seed: u64, stream: u64) -> Random {
        let place = mixed(mixed(seed).wrapping_add(stream));
        let state = u128::from(mixed(place)) << 64 | u128::from(mixed(!place));
        Random(Pcg64::new(state, u128::from(place)))
    }

    /// Returns an integer below a bound (Lemire 2019, "Fast random integer generation in an interval", without the rejection).
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Returns a number from 0 to below 1.
    #[allow(clippy::cast_precision_loss)] // 24 bits fit
    pub fn unit(&mut self) -> f32 {
        (self.0.next_u64() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Returns a number between a bound and its negative.
    pub fn within(&mut self, bound: f32) -> f32 {
        (2.0 * self.unit() - 1.0) * bound
    }

    /// Returns a number from the standard normal distribution (Box and Muller 1958).
    pub fn normal(&mut self) -> f32 {
        let (length, turn) = (1.0 - self.unit(), self.unit());
        (-2.0 * length.ln()).sqrt() * (TAU * turn).cos()
    }

    /// Returns `true` with the given probability.
    pub fn happens(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Shuffles values (Fisher and Yates 1938).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }

    /// Draws factors of dropout: 0 with the given probability, else the factor that preserves the mean (Srivastava et al. 2014,
    /// "Dropout: A simple way to prevent neural networks from overfitting"). The probability is rounded to 16 bits.
    pub fn drop_out(&mut self, factors: &mut [f32], probability: f32) {
        #[allow(clippy::cast_sign_loss)] // probabilities are not below zero
        let bound = (probability * 65536.0).round() as u32;
        let kept = 1.0 / (1.0 - probability);
        for four in factors.chunks_mut(4) {
            let bits = self.0.next_u64();
            for (place, factor) in four.iter_mut().enumerate() {
                // Without a branch: no processor guesses these right.
                let is_kept = (bits >> (16 * place)) as u32 & 0xffff >= bound;
                *factor = kept * f32::from(u8::from(is_kept));
            }
        }
    }
}

/// Returns a well-mixed hash of a number (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
/// generators", as in `SplitMix64`).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_stay_as_they_are() {
        // A trained model depends on these: were they others, it could not be made again.
        let mut random = Random::new(7, 1);
        let drawn: Vec<_> = (0..4).map(|_| random.below(1000)).collect();
        assert_eq!(drawn, [725, 854, 223, 605]);
        assert_ne!(drawn, (0..4).map(|_| random.below(1000)).collect::<Vec<_>>());
    }

    #[test]
    fn streams_have_nothing_to_do_with_each_other() {
        let factors = |stream| {
            let mut factors = vec![0.0; 100_000];
            Random::new(5, stream).drop_out(&mut factors, 0.5);
            factors
        };
        let (one, next) = (factors(1), factors(2));
        let same = one.iter().zip(&next).filter(|(one, next)| (**one > 0.0) == (**next > 0.0)).count();
        assert!((49_300..50_700).contains(&same), "{same}");
    }

    #[test]
    fn shares_are_as_asked() {
        let mut random = Random::new(0, 0);
        let mut factors = vec![9.0; 100_001];
        random.drop_out(&mut factors, 0.3);
        let dropped = factors.iter().filter(|&&factor| factor == 0.0).count();
        assert!((29_500..30_500).contains(&dropped), "{dropped}");
        assert!(factors.iter().all(|&factor| factor == 0.0 || (factor - 1.0 / 0.7).abs() < 1e-6));

        let normal: Vec<_> = (0..100_000).map(|_| f64::from(random.normal())).collect();
        let mean = normal.iter().sum::<f64>() / 1e5;
        let variance = normal.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    }

    #[test]
    fn shuffled_values_are_all_there() {
        let mut values: Vec<_> = (0..100).collect();
        Random::new(3, 0).shuffle(&mut values);
        assert_ne!(values[..5], [0, 1, 2, 3, 4]);
        values.sort_unstable();
        assert_eq!(values, (0..100).collect::<Vec<_>>());
    }
}
