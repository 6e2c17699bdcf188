//! Lanes: SIMD over eight numbers, with AVX2 where the machine has it.
//!
//! `pulp` detects the instructions. Each lane is computed as it would be by itself, and sums over lanes have a fixed order,
//! so results are the same on all machines.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use pulp::NullaryFnOnce;

/// Number of 32-bit lanes.
pub const LANES: usize = 8;

/// Number of 16-bit lanes.
pub const WORDS: usize = 2 * LANES;

/// Number of 8-bit lanes.
pub const BYTES: usize = 4 * LANES;

/// 1.5 · 2²³: added to a small number, it leaves the nearest integer in the lowest bits.
const ROUNDS: f32 = 12_582_912.0;

/// Operations on lanes.
pub trait Lanes: Copy {
    /// Integers of 32 bits.
    type Sums: Copy;
    /// Floating-point numbers.
    type Floats: Copy;
    /// Integers of 16 bits.
    type Words: Copy;

    /// Returns sums of zero.
    fn zero(self) -> Self::Sums;
    /// Adds to each sum its four weights times the four numbers of a quad. The sum of two adjacent products has to fit 16
    /// bits.
    fn add_products(self, sums: Self::Sums, weights: &[i8; BYTES], quad: [u8; 4]) -> Self::Sums;
    /// Converts sums to floating point.
    fn floats(self, sums: Self::Sums) -> Self::Floats;

    /// Returns words of zero.
    fn no_words(self) -> Self::Words;
    /// Adds word by word, with saturation.
    fn add_words(self, words: Self::Words, more: &[i8; WORDS]) -> Self::Words;
    /// Returns the words as an array.
    fn words(self, words: Self::Words) -> [i16; WORDS];

    /// Returns one number in all lanes.
    fn splat(self, number: f32) -> Self::Floats;
    /// Loads numbers.
    fn load(self, numbers: &[f32; LANES]) -> Self::Floats;
    /// Stores numbers.
    fn store(self, numbers: Self::Floats) -> [f32; LANES];
    /// Returns `a + b`.
    fn add(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Returns `a - b`.
    fn sub(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Returns `a · b`.
    fn mul(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Returns `a / b`.
    fn div(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Returns the greater of `a` and `b`; `b` where either is NaN.
    fn max(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Returns the lesser of `a` and `b`; `b` where either is NaN.
    fn min(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Rounds to unsigned integers of 8 bits, ties to even, with saturation; for numbers within 32 bits.
    fn bytes(self, numbers: [Self::Floats; 2]) -> [u8; WORDS];
    /// Returns two to the power of the integer in the lowest bits of each number, from -126 to 127.
    fn power(self, bits: Self::Floats) -> Self::Floats;

    /// Clamps numbers to a range.
    #[inline(always)]
    fn clamp(self, numbers: Self::Floats, least: f32, most: f32) -> Self::Floats {
        self.min(self.max(numbers, self.splat(least)), self.splat(most))
    }

    /// Returns the sum of all lanes.
    #[inline(always)]
    fn sum(self, numbers: Self::Floats) -> f32 {
        let [a, b, c, d, e, f, g, h] = self.store(numbers);
        ((a + e) + (c + g)) + ((b + f) + (d + h))
    }

    /// Returns the greatest of all lanes.
    #[inline(always)]
    fn greatest(self, numbers: Self::Floats) -> f32 {
        self.store(numbers).into_iter().fold(f32::NEG_INFINITY, |a, b| if a > b { a } else { b })
    }

    /// Returns the exponentials of numbers not above zero, with a relative error below 2e-5 and without a branch: the integer
    /// part of the power of two goes into the exponent, a polynomial approximates the rest.
    #[inline(always)]
    fn exponential(self, x: Self::Floats) -> Self::Floats {
        let power = self.max(self.mul(x, self.splat(std::f32::consts::LOG2_E)), self.splat(-126.0));
        let bits = self.add(power, self.splat(ROUNDS));
        let whole = self.sub(bits, self.splat(ROUNDS));
        let part = self.mul(self.sub(power, whole), self.splat(std::f32::consts::LN_2));
        let mut rest = self.splat(1.0 / 120.0);
        for factor in [1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
            rest = self.add(self.mul(rest, part), self.splat(factor));
        }
        self.mul(self.power(bits), rest)
    }

    /// Rounds to signed integers from -127 to 127.
    #[inline(always)]
    fn rounded(self, numbers: Self::Floats) -> [i8; LANES] {
        let cut = self.clamp(numbers, -127.0, 127.0);
        self.store(self.add(cut, self.splat(ROUNDS))).map(|number| number.to_bits() as i8)
    }
}

/// Lanes without SIMD instructions, for every processor.
#[derive(Debug, Clone, Copy)]
pub struct Portable;

/// Returns an array of one value for each lane.
#[inline(always)]
fn each<T>(of: impl Fn(usize) -> T) -> [T; LANES] {
    std::array::from_fn(of)
}

impl Lanes for Portable {
    type Sums = [i32; LANES];
    type Floats = [f32; LANES];
    type Words = [i16; WORDS];

    #[inline(always)]
    fn zero(self) -> [i32; LANES] {
        [0; LANES]
    }

    #[inline(always)]
    fn add_products(self, sums: [i32; LANES], weights: &[i8; BYTES], quad: [u8; 4]) -> [i32; LANES] {
        let product = |place: usize, number: u8| i32::from(weights[place]) * i32::from(number);
        each(|lane| (0..4).fold(sums[lane], |sum, place| sum + product(4 * lane + place, quad[place])))
    }

    #[inline(always)]
    fn floats(self, sums: [i32; LANES]) -> [f32; LANES] {
        sums.map(|sum| sum as f32)
    }

    #[inline(always)]
    fn no_words(self) -> [i16; WORDS] {
        [0; WORDS]
    }

    #[inline(always)]
    fn add_words(self, words: [i16; WORDS], more: &[i8; WORDS]) -> [i16; WORDS] {
        std::array::from_fn(|lane| words[lane].saturating_add(i16::from(more[lane])))
    }

    #[inline(always)]
    fn words(self, words: [i16; WORDS]) -> [i16; WORDS] {
        words
    }

    #[inline(always)]
    fn splat(self, number: f32) -> [f32; LANES] {
        [number; LANES]
    }

    #[inline(always)]
    fn load(self, numbers: &[f32; LANES]) -> [f32; LANES] {
        *numbers
    }

    #[inline(always)]
    fn store(self, numbers: [f32; LANES]) -> [f32; LANES] {
        numbers
    }

    #[inline(always)]
    fn add(self, a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        each(|lane| a[lane] + b[lane])
    }

    #[inline(always)]
    fn sub(self, a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        each(|lane| a[lane] - b[lane])
    }

    #[inline(always)]
    fn mul(self, a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        each(|lane| a[lane] * b[lane])
    }

    #[inline(always)]
    fn div(self, a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        each(|lane| a[lane] / b[lane])
    }

    #[inline(always)]
    fn max(self, a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        each(|lane| if a[lane] > b[lane] { a[lane] } else { b[lane] })
    }

    #[inline(always)]
    fn min(self, a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
        each(|lane| if a[lane] < b[lane] { a[lane] } else { b[lane] })
    }

    #[inline(always)]
    fn bytes(self, numbers: [[f32; LANES]; 2]) -> [u8; WORDS] {
        let numbers = numbers.as_flattened();
        #[expect(clippy::cast_sign_loss, reason = "numbers below zero become zero")]
        std::array::from_fn(|place| numbers[place].round_ties_even() as u8)
    }

    #[inline(always)]
    fn power(self, bits: [f32; LANES]) -> [f32; LANES] {
        bits.map(|number| f32::from_bits((number.to_bits() << 23).wrapping_add(127 << 23)))
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{__m256, __m256i};

    use pulp::x86::V3;

    use super::{BYTES, LANES, Lanes, WORDS};

    impl Lanes for V3 {
        type Sums = __m256i;
        type Floats = __m256;
        type Words = __m256i;

        #[inline(always)]
        fn zero(self) -> __m256i {
            self.avx._mm256_setzero_si256()
        }

        #[inline(always)]
        fn add_products(self, sums: __m256i, weights: &[i8; BYTES], quad: [u8; 4]) -> __m256i {
            let quads = self.avx._mm256_set1_epi32(i32::from_ne_bytes(quad));
            let pairs = self.avx2._mm256_maddubs_epi16(quads, pulp::cast(*weights));
            let products = self.avx2._mm256_madd_epi16(pairs, self.avx._mm256_set1_epi16(1));
            self.avx2._mm256_add_epi32(sums, products)
        }

        #[inline(always)]
        fn floats(self, sums: __m256i) -> __m256 {
            self.avx._mm256_cvtepi32_ps(sums)
        }

        #[inline(always)]
        fn no_words(self) -> __m256i {
            self.avx._mm256_setzero_si256()
        }

        #[inline(always)]
        fn add_words(self, words: __m256i, more: &[i8; WORDS]) -> __m256i {
            self.avx2._mm256_adds_epi16(words, self.avx2._mm256_cvtepi8_epi16(pulp::cast(*more)))
        }

        #[inline(always)]
        fn words(self, words: __m256i) -> [i16; WORDS] {
            pulp::cast(words)
        }

        #[inline(always)]
        fn splat(self, number: f32) -> __m256 {
            self.avx._mm256_set1_ps(number)
        }

        #[inline(always)]
        fn load(self, numbers: &[f32; LANES]) -> __m256 {
            pulp::cast(*numbers)
        }

        #[inline(always)]
        fn store(self, numbers: __m256) -> [f32; LANES] {
            pulp::cast(numbers)
        }

        #[inline(always)]
        fn add(self, a: __m256, b: __m256) -> __m256 {
            self.avx._mm256_add_ps(a, b)
        }

        #[inline(always)]
        fn sub(self, a: __m256, b: __m256) -> __m256 {
            self.avx._mm256_sub_ps(a, b)
        }

        #[inline(always)]
        fn mul(self, a: __m256, b: __m256) -> __m256 {
            self.avx._mm256_mul_ps(a, b)
        }

        #[inline(always)]
        fn div(self, a: __m256, b: __m256) -> __m256 {
            self.avx._mm256_div_ps(a, b)
        }

        #[inline(always)]
        fn max(self, a: __m256, b: __m256) -> __m256 {
            self.avx._mm256_max_ps(a, b)
        }

        #[inline(always)]
        fn min(self, a: __m256, b: __m256) -> __m256 {
            self.avx._mm256_min_ps(a, b)
        }

        #[inline(always)]
        fn bytes(self, numbers: [__m256; 2]) -> [u8; WORDS] {
            let [low, high] = numbers.map(|numbers| self.avx._mm256_cvtps_epi32(numbers));
            // What is packed has the halves of both in turns.
            let words = self.avx2._mm256_permute4x64_epi64::<0b11_01_10_00>(self.avx2._mm256_packs_epi32(low, high));
            let (low, high) = (self.avx._mm256_castsi256_si128(words), self.avx2._mm256_extracti128_si256::<1>(words));
            pulp::cast(self.sse2._mm_packus_epi16(low, high))
        }

        #[inline(always)]
        fn power(self, bits: __m256) -> __m256 {
            let exponents = self.avx2._mm256_slli_epi32::<23>(pulp::cast(bits));
            pulp::cast(self.avx2._mm256_add_epi32(exponents, self.avx._mm256_set1_epi32(127 << 23)))
        }
    }
}

/// The instruction set to run with.
#[derive(Debug, Clone, Copy)]
pub enum Instructions {
    /// AVX2 (x86-64-v3).
    #[cfg(target_arch = "x86_64")]
    Avx2(pulp::x86::V3),
    /// No SIMD instructions.
    Portable,
}

/// Work that is generic over the instruction set.
pub trait Work {
    /// Does the work.
    fn run<L: Lanes>(self, lanes: L);
}

impl Instructions {
    /// Detects the best instruction set of this machine.
    pub fn detect() -> Instructions {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = pulp::x86::V3::try_new() {
            return Instructions::Avx2(avx2);
        }
        Instructions::Portable
    }

    /// Does work with the instruction set.
    pub fn run<W: Work>(self, work: W) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2(lanes) => lanes.vectorize(With { work, lanes }),
            Instructions::Portable => work.run(Portable),
        }
    }
}

struct With<W, L> {
    work: W,
    lanes: L,
}

impl<W: Work, L: Lanes> NullaryFnOnce for With<W, L> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.work.run(self.lanes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every operation on some numbers.
    struct All<'a>(&'a mut Vec<f32>);

    impl Work for All<'_> {
        #[inline(always)]
        fn run<L: Lanes>(self, lanes: L) {
            let (one, two) = (each(|lane| lane as f32 * 3.7 - 11.3), each(|lane| 2.9 - lane as f32 * 1.3));
            let (a, b) = (lanes.load(&one), lanes.load(&two));
            for floats in [
                lanes.add(a, b),
                lanes.sub(a, b),
                lanes.mul(a, b),
                lanes.div(a, b),
                lanes.max(a, b),
                lanes.min(a, b),
                lanes.clamp(a, -2.0, 5.5),
                lanes.exponential(lanes.min(a, lanes.splat(0.0))),
            ] {
                self.0.extend(lanes.store(floats));
            }
            self.0.extend([lanes.sum(a), lanes.greatest(b)]);
            self.0.extend(lanes.rounded(lanes.mul(a, lanes.splat(30.0))).map(f32::from));
            let words = std::array::from_fn(|lane| [-128, -40, 5, 127][lane % 4]);
            let sum = lanes.add_words(lanes.add_words(lanes.add_words(lanes.no_words(), &words), &words), &words);
            self.0.extend(lanes.words(sum).map(f32::from));
            let both = [lanes.mul(a, lanes.splat(40.0)), lanes.mul(b, lanes.splat(-1e8))];
            self.0.extend(lanes.bytes(both).map(f32::from));
            self.0.extend(lanes.bytes([lanes.load(&each(|lane| lane as f32 / 2.0)), a]).map(f32::from));
            let bytes = std::array::from_fn(|lane| [-63, 5, 0, 62, -1][lane % 5]);
            self.0.extend(lanes.store(lanes.floats(lanes.add_products(lanes.zero(), &bytes, [255, 0, 17, 254]))));
        }
    }

    #[test]
    fn all_machines_find_the_same() {
        let (mut here, mut anywhere) = (Vec::new(), Vec::new());
        Instructions::detect().run(All(&mut here));
        Instructions::Portable.run(All(&mut anywhere));
        assert_eq!(here, anywhere);
        assert!((here[1] - (3.7 - 11.3 + 2.9 - 1.3)).abs() < 1e-5, "{}", here[1]);
    }

    struct Exponentials;

    impl Work for Exponentials {
        fn run<L: Lanes>(self, lanes: L) {
            for step in 0..=2_000_u16 {
                let x = -f32::from(step) / 25.0;
                let (found, expected) = (lanes.store(lanes.exponential(lanes.splat(x)))[0], x.exp());
                assert!((found - expected).abs() <= 2e-5 * expected, "{x}: {found}, expected {expected}");
            }
            assert!(lanes.store(lanes.exponential(lanes.splat(-1e6)))[0] < 1e-37);
        }
    }

    #[test]
    fn exponentials_are_near_enough() {
        Instructions::detect().run(Exponentials);
    }
}
