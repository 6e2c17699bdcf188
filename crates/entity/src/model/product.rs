//! Products of matrices in whole numbers: 16 bits times 16 bits, summed in 32.
//!
//! A matrix is kept in blocks of eight rows, in a block the columns two by two: the numbers that one instruction
//! multiplies and adds in pairs lie together, and the eight sums stand side by side. Two blocks are multiplied with four
//! units at a time, so that what is read is used more than once. `pulp` says which instructions the machine has.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use pulp::NullaryFnOnce;

use crate::model::parameters::Linear;

/// The rows of a block.
const LANES: usize = 8;

/// The units that are multiplied at a time.
const UNITS: usize = 4;

/// A matrix, and what is added after it.
pub(crate) struct Matrix {
    /// For each block, for each pair of columns, both numbers of each row.
    weights: Vec<[i16; 2 * LANES]>,
    /// Pairs of columns.
    pairs: usize,
    rows: usize,
    /// What a sum of each row is multiplied by, and what is added then; for whole blocks.
    scales: Vec<[f32; LANES]>,
    bias: Vec<[f32; LANES]>,
}

/// Numbers of 16 bits that go into a matrix, in pairs.
#[derive(Default)]
pub(crate) struct Inputs {
    pairs: Vec<i32>,
}

impl Inputs {
    /// Makes room for so many numbers, an even count, and gives them.
    #[inline(always)]
    pub fn reset(&mut self, numbers: usize) -> &mut [i16] {
        self.pairs.clear();
        self.pairs.resize(numbers.div_ceil(2), 0);
        bytemuck::cast_slice_mut(&mut self.pairs)
    }
}

impl Matrix {
    /// The matrix in whole numbers up to `greatest`, for inputs that are to be multiplied by a scale for each column. It
    /// has an even number of columns.
    pub fn new(linear: &Linear, column_scale: impl Fn(usize) -> f32, greatest: f32) -> Matrix {
        let rows = linear.bias.len();
        let columns = linear.weight.len() / rows.max(1);
        let pairs = columns.div_ceil(2);
        let blocks = rows.div_ceil(LANES);
        let mut matrix = Matrix {
            weights: vec![[0; 2 * LANES]; blocks * pairs],
            pairs,
            rows,
            scales: vec![[0.0; LANES]; blocks],
            bias: vec![[0.0; LANES]; blocks],
        };
        for (row, weights) in linear.weight.chunks_exact(columns).enumerate() {
            let (block, lane) = (row / LANES, row % LANES);
            let scaled = || weights.iter().enumerate().map(|(column, weight)| weight * column_scale(column));
            let scale = scaled().fold(0.0_f32, |most, weight| most.max(weight.abs())).max(f32::MIN_POSITIVE) / greatest;
            for (column, weight) in scaled().enumerate() {
                matrix.weights[block * pairs + column / 2][2 * lane + column % 2] = (weight / scale).round() as i16;
            }
            matrix.scales[block][lane] = scale;
            matrix.bias[block][lane] = linear.bias[row];
        }
        matrix
    }

    /// Multiplies the inputs of each unit, one after another, with the matrix.
    #[inline(always)]
    pub fn multiply<L: Lanes>(&self, inputs: &Inputs, out: &mut Vec<f32>, lanes: L) {
        let units = inputs.pairs.len() / self.pairs;
        out.clear();
        out.resize(units * self.rows, 0.0);
        let mut unit = 0;
        while unit + UNITS <= units {
            self.multiply_units::<UNITS, L>(inputs, unit, out, lanes);
            unit += UNITS;
        }
        while unit < units {
            self.multiply_units::<1, L>(inputs, unit, out, lanes);
            unit += 1;
        }
    }

    #[inline(always)]
    fn multiply_units<const N: usize, L: Lanes>(&self, inputs: &Inputs, first: usize, out: &mut [f32], lanes: L) {
        let units: [&[i32]; N] = std::array::from_fn(|unit| &inputs.pairs[(first + unit) * self.pairs..][..self.pairs]);
        let mut blocks = self.weights.chunks_exact(2 * self.pairs);
        let mut block = 0;
        for two in blocks.by_ref() {
            let (one, other) = two.split_at(self.pairs);
            let mut sums = [[lanes.zero(); N]; 2];
            for (pair, (one, other)) in one.iter().zip(other).enumerate() {
                for (unit, inputs) in units.iter().enumerate() {
                    let input = inputs[pair];
                    sums[0][unit] = lanes.add_products(sums[0][unit], one, input);
                    sums[1][unit] = lanes.add_products(sums[1][unit], other, input);
                }
            }
            self.write(sums[0], block, first, out, lanes);
            self.write(sums[1], block + 1, first, out, lanes);
            block += 2;
        }
        let last = blocks.remainder();
        if !last.is_empty() {
            let mut sums = [lanes.zero(); N];
            for (pair, weights) in last.iter().enumerate() {
                for (sums, inputs) in sums.iter_mut().zip(units) {
                    *sums = lanes.add_products(*sums, weights, inputs[pair]);
                }
            }
            self.write(sums, block, first, out, lanes);
        }
    }

    /// Writes the sums of a block for some units, scaled.
    #[inline(always)]
    fn write<const N: usize, L: Lanes>(
        &self,
        sums: [L::Sums; N],
        block: usize,
        first: usize,
        out: &mut [f32],
        lanes: L,
    ) {
        let rows = (self.rows - block * LANES).min(LANES);
        let (scales, bias) = (&self.scales[block], &self.bias[block]);
        for (unit, sums) in sums.into_iter().enumerate() {
            let sums = lanes.numbers(sums);
            let numbers: [f32; LANES] = std::array::from_fn(|lane| sums[lane] as f32 * scales[lane] + bias[lane]);
            let start = (first + unit) * self.rows + block * LANES;
            out[start..start + rows].copy_from_slice(&numbers[..rows]);
        }
    }
}

/// Eight sums side by side.
pub(crate) trait Lanes: Copy {
    /// The sums.
    type Sums: Copy;
    /// Sums of nothing.
    fn zero(self) -> Self::Sums;
    /// Adds to each sum its two weights times the two numbers of a pair.
    fn add_products(self, sums: Self::Sums, weights: &[i16; 2 * LANES], pair: i32) -> Self::Sums;
    /// The sums as numbers.
    fn numbers(self, sums: Self::Sums) -> [i32; LANES];
}

/// With the instructions that every processor has.
#[derive(Clone, Copy)]
pub(crate) struct Portable;

impl Lanes for Portable {
    type Sums = [i32; LANES];

    #[inline(always)]
    fn zero(self) -> [i32; LANES] {
        [0; LANES]
    }

    #[inline(always)]
    fn add_products(self, mut sums: [i32; LANES], weights: &[i16; 2 * LANES], pair: i32) -> [i32; LANES] {
        let [first, second]: [i16; 2] = bytemuck::cast(pair);
        for (lane, sum) in sums.iter_mut().enumerate() {
            let products =
                i32::from(weights[2 * lane]) * i32::from(first) + i32::from(weights[2 * lane + 1]) * i32::from(second);
            *sum += products;
        }
        sums
    }

    #[inline(always)]
    fn numbers(self, sums: [i32; LANES]) -> [i32; LANES] {
        sums
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::__m256i;

    use pulp::x86::V3;

    use super::{LANES, Lanes};

    impl Lanes for V3 {
        type Sums = __m256i;

        #[inline(always)]
        fn zero(self) -> __m256i {
            self.avx._mm256_setzero_si256()
        }

        #[inline(always)]
        fn add_products(self, sums: __m256i, weights: &[i16; 2 * LANES], pair: i32) -> __m256i {
            let products = self.avx2._mm256_madd_epi16(pulp::cast(*weights), self.avx._mm256_set1_epi32(pair));
            self.avx2._mm256_add_epi32(sums, products)
        }

        #[inline(always)]
        fn numbers(self, sums: __m256i) -> [i32; LANES] {
            pulp::cast(sums)
        }
    }
}

/// The instructions of the machine.
#[derive(Clone, Copy)]
pub(crate) enum Instructions {
    /// AVX2 and what comes with it.
    #[cfg(target_arch = "x86_64")]
    Avx2(pulp::x86::V3),
    /// What every processor has.
    Portable,
}

/// Work that is done with whatever instructions there are.
pub(crate) trait Work {
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

    struct Product<'p>(&'p Matrix, &'p Inputs, &'p mut Vec<f32>);

    impl Work for Product<'_> {
        #[inline(always)]
        fn run<L: Lanes>(self, lanes: L) {
            self.0.multiply(self.1, self.2, lanes);
        }
    }

    #[test]
    fn every_product_is_right() {
        for (rows, columns, units) in [(1, 2, 1), (8, 6, 4), (9, 4, 5), (25, 10, 7), (16, 16, 8), (40, 22, 3)] {
            let number = |place: usize| ((place * 37) % 41) as f32 / 20.0 - 1.0;
            let linear = Linear {
                weight: (0..rows * columns).map(number).collect(),
                bias: (0..rows).map(|row| number(row + 7)).collect(),
            };
            let matrix = Matrix::new(&linear, |_| 0.001, 32_767.0);
            let mut inputs = Inputs::default();
            let numbers: Vec<i16> = (0..units * columns)
                .map(|place| ((place * 7919) % 2001) as u16)
                .map(|number| number.cast_signed() - 1000)
                .collect();
            inputs.reset(numbers.len()).copy_from_slice(&numbers);
            let expected: Vec<f32> = numbers
                .chunks_exact(columns)
                .flat_map(|unit| {
                    linear.weight.chunks_exact(columns).zip(&linear.bias).map(move |(weights, bias)| {
                        weights.iter().zip(unit).map(|(weight, &x)| weight * 0.001 * f32::from(x)).sum::<f32>() + bias
                    })
                })
                .collect();
            let (mut found, mut portable) = (Vec::new(), Vec::new());
            Instructions::detect().run(Product(&matrix, &inputs, &mut found));
            Instructions::Portable.run(Product(&matrix, &inputs, &mut portable));
            assert_eq!(found, portable);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() < 0.01, "{found}, expected {expected}");
            }
        }
    }
}
