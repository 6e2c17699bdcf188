//! Lanes: numbers side by side that one instruction works on, with the instructions of the machine.
//!
//! `pulp` says which there are. Every lane is worked on as the others are, and sums over lanes are taken in one order, so
//! that all machines find the same numbers.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use pulp::NullaryFnOnce;

/// How many numbers of 32 bits stand side by side.
pub const LANES: usize = 8;

/// How many numbers of 16 bits do.
pub const WORDS: usize = 2 * LANES;

/// How many numbers of 8 bits do.
pub const BYTES: usize = 4 * LANES;

/// Added to a small number this leaves its nearest whole number in the lowest bits: 1.5 · 2²³.
const ROUNDS: f32 = 12_582_912.0;

/// Instructions for numbers side by side.
pub trait Lanes: Copy {
    /// Whole numbers of 32 bits.
    type Sums: Copy;
    /// Numbers in floating point.
    type Floats: Copy;
    /// Whole numbers of 16 bits.
    type Words: Copy;

    /// Sums of nothing.
    fn zero(self) -> Self::Sums;
    /// Adds to each sum its four weights times the four numbers of a quad. Of two products side by side the sum has to be
    /// one of 16 bits.
    fn add_products(self, sums: Self::Sums, weights: &[i8; BYTES], quad: [u8; 4]) -> Self::Sums;
    /// Sums in floating point.
    fn floats(self, sums: Self::Sums) -> Self::Floats;

    /// No words but zero.
    fn no_words(self) -> Self::Words;
    /// Adds word by word; what is too great is cut.
    fn add_words(self, words: Self::Words, more: &[i8; WORDS]) -> Self::Words;
    /// The words.
    fn words(self, words: Self::Words) -> [i16; WORDS];

    /// One number in all lanes.
    fn splat(self, number: f32) -> Self::Floats;
    /// Numbers as they stand.
    fn load(self, numbers: &[f32; LANES]) -> Self::Floats;
    /// The numbers.
    fn store(self, numbers: Self::Floats) -> [f32; LANES];
    /// `a + b`.
    fn add(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a - b`.
    fn sub(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a · b`.
    fn mul(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a / b`.
    fn div(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// The greater of `a` and `b`; `b` where one is no number.
    fn max(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// The lesser of `a` and `b`; `b` where one is no number.
    fn min(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// The nearest whole numbers of 8 bits without a sign, of two halves the even one; for numbers within 32 bits.
    fn bytes(self, numbers: [Self::Floats; 2]) -> [u8; WORDS];
    /// Two to the power of the whole number that stands in the lowest bits of each number, from -126 to 127.
    fn power(self, bits: Self::Floats) -> Self::Floats;

    /// Numbers between two others.
    #[inline(always)]
    fn clamp(self, numbers: Self::Floats, least: f32, most: f32) -> Self::Floats {
        self.min(self.max(numbers, self.splat(least)), self.splat(most))
    }

    /// The sum of all lanes.
    #[inline(always)]
    fn sum(self, numbers: Self::Floats) -> f32 {
        let [a, b, c, d, e, f, g, h] = self.store(numbers);
        ((a + e) + (c + g)) + ((b + f) + (d + h))
    }

    /// The greatest of all lanes.
    #[inline(always)]
    fn greatest(self, numbers: Self::Floats) -> f32 {
        self.store(numbers).into_iter().fold(f32::NEG_INFINITY, |a, b| if a > b { a } else { b })
    }

    /// The exponentials of numbers that are not above zero, within 2e-5 of themselves, without a branch: the whole part of
    /// the power of two goes into the exponent, a polynomial gives the rest.
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

    /// The nearest whole numbers of 8 bits.
    #[inline(always)]
    fn rounded(self, numbers: Self::Floats) -> [i8; LANES] {
        let cut = self.clamp(numbers, -127.0, 127.0);
        self.store(self.add(cut, self.splat(ROUNDS))).map(|number| number.to_bits() as i8)
    }
}

/// The instructions that every processor has.
#[derive(Clone, Copy)]
pub struct Portable;

/// A number for each lane.
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

/// The instructions of the machine.
#[derive(Clone, Copy)]
pub enum Instructions {
    /// AVX2 and what comes with it.
    #[cfg(target_arch = "x86_64")]
    Avx2(pulp::x86::V3),
    /// What every processor has.
    Portable,
}

/// Work that is done with whatever instructions there are.
pub trait Work {
    /// Does it.
    fn run<L: Lanes>(self, lanes: L);
}

impl Instructions {
    /// Those of this machine.
    pub fn detect() -> Instructions {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = pulp::x86::V3::try_new() {
            return Instructions::Avx2(avx2);
        }
        Instructions::Portable
    }

    /// Does work with them.
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

    /// Each instruction on some numbers.
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
