//! Int8 matrix products: 8 bits times 8 bits, summed in 32.
//!
//! A matrix is stored in blocks of as many rows as there are lanes, and in a block the columns four by four: the numbers
//! that one instruction multiplies and adds are adjacent, and the eight sums fill one register. Two blocks, which fit the
//! first-level cache, are multiplied with all units, four at a time, so that everything read is used more than once.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::lanes::{BYTES, LANES, Lanes};
use crate::parameters::Linear;

/// Number of units that are multiplied at a time.
const UNITS: usize = 4;

/// Greatest weight: the sum of two products with inputs of up to 255 fits 16 bits.
const GREATEST: f32 = 63.0;

/// The zero point of the inputs.
pub const ZERO: u8 = 128;

/// A quantized matrix with a bias.
#[derive(Debug)]
pub struct Matrix {
    /// For each block, for each four columns, the four numbers of each row.
    weights: Vec<[i8; BYTES]>,
    /// Number of groups of four columns.
    quads: usize,
    /// Scale of the sum of each row, and the bias that is added to the product.
    scales: Vec<[f32; LANES]>,
    bias: Vec<[f32; LANES]>,
}

/// The inputs of a matrix: numbers of 8 bits with the zero point [`ZERO`], in groups of four. The columns of a unit may
/// overlap those of the units after it.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'i> {
    /// The groups of four, from those of the first unit on.
    pub quads: &'i [[u8; 4]],
    /// Distance in groups from the first one of a unit to that of the next unit.
    pub step: usize,
    /// Number of units.
    pub units: usize,
}

impl Matrix {
    /// Quantizes a matrix, for inputs that have the given scale. The number of columns is a multiple of four; blocks are
    /// padded with rows of zeros.
    pub fn new(linear: &Linear, input_scale: f32) -> Matrix {
        let rows = linear.bias.len();
        let columns = linear.weight.len() / rows.max(1);
        let quads = columns.div_ceil(4);
        let blocks = rows.div_ceil(LANES);
        let mut matrix = Matrix {
            weights: vec![[0; BYTES]; blocks * quads],
            quads,
            scales: vec![[0.0; LANES]; blocks],
            bias: vec![[0.0; LANES]; blocks],
        };
        for (row, weights) in linear.weight.chunks_exact(columns).enumerate() {
            let (block, lane) = (row / LANES, row % LANES);
            let greatest = weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs())).max(f32::MIN_POSITIVE);
            let scale = greatest / GREATEST;
            let mut of_zero = 0.0;
            for (column, weight) in weights.iter().enumerate() {
                let weight = (weight / scale).round() as i8;
                matrix.weights[block * quads + column / 4][4 * lane + column % 4] = weight;
                of_zero += f32::from(weight) * f32::from(ZERO);
            }
            matrix.scales[block][lane] = scale * input_scale;
            matrix.bias[block][lane] = linear.bias[row] - of_zero * scale * input_scale;
        }
        matrix
    }

    /// Returns the number of outputs of a unit: the rows and the padding of the last block.
    pub fn outputs(&self) -> usize {
        LANES * self.scales.len()
    }

    /// Multiplies the matrix with the columns of each unit. Calls `take` with eight outputs at a time: the unit, the first
    /// row of the eight, and the numbers.
    #[inline(always)]
    pub fn multiply<L: Lanes>(&self, inputs: Inputs<'_>, lanes: L, mut take: impl FnMut(usize, usize, L::Floats)) {
        let mut block = 0;
        while block + 1 < self.scales.len() {
            self.multiply_blocks::<2, L>(block, inputs, lanes, &mut take);
            block += 2;
        }
        if block < self.scales.len() {
            self.multiply_blocks::<1, L>(block, inputs, lanes, &mut take);
        }
    }

    /// Multiplies `B` blocks with all units.
    #[inline(always)]
    fn multiply_blocks<const B: usize, L: Lanes>(
        &self,
        block: usize,
        inputs: Inputs<'_>,
        lanes: L,
        take: &mut impl FnMut(usize, usize, L::Floats),
    ) {
        let mut unit = 0;
        while unit + UNITS <= inputs.units {
            self.multiply_units::<B, UNITS, L>(block, inputs, unit, lanes, take);
            unit += UNITS;
        }
        match inputs.units - unit {
            3 => self.multiply_units::<B, 3, L>(block, inputs, unit, lanes, take),
            2 => self.multiply_units::<B, 2, L>(block, inputs, unit, lanes, take),
            1 => self.multiply_units::<B, 1, L>(block, inputs, unit, lanes, take),
            _ => {}
        }
    }

    /// Multiplies `B` blocks with `N` units.
    #[inline(always)]
    fn multiply_units<const B: usize, const N: usize, L: Lanes>(
        &self,
        block: usize,
        Inputs { quads, step, .. }: Inputs<'_>,
        unit: usize,
        lanes: L,
        take: &mut impl FnMut(usize, usize, L::Floats),
    ) {
        let columns = self.quads;
        let weights: [&[_]; B] = std::array::from_fn(|each| &self.weights[(block + each) * columns..][..columns]);
        let inputs: [&[_]; N] = std::array::from_fn(|each| &quads[(unit + each) * step..][..columns]);
        let mut sums = [[lanes.zero(); N]; B];
        for quad in 0..columns {
            for (sums, weights) in sums.iter_mut().zip(weights) {
                for (sum, inputs) in sums.iter_mut().zip(inputs) {
                    *sum = lanes.add_products(*sum, &weights[quad], inputs[quad]);
                }
            }
        }
        for (block, sums) in (block..).zip(sums) {
            let (scales, bias) = (&self.scales[block], &self.bias[block]);
            for (unit, sums) in (unit..).zip(sums) {
                let product = lanes.mul(lanes.floats(sums), lanes.load(scales));
                take(unit, block * LANES, lanes.add(product, lanes.load(bias)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Instructions, Work};

    struct Product<'p>(&'p Matrix, Inputs<'p>, &'p mut Vec<f32>);

    impl Work for Product<'_> {
        #[inline(always)]
        fn run<L: Lanes>(self, lanes: L) {
            let Product(matrix, inputs, out) = self;
            let rows = matrix.outputs();
            out.resize(inputs.units * rows, f32::NAN);
            matrix.multiply(inputs, lanes, |unit, row, numbers| {
                out[unit * rows + row..][..LANES].copy_from_slice(&lanes.store(numbers));
            });
        }
    }

    #[test]
    fn every_product_is_right() {
        for (rows, columns, step, units) in
            [(1, 4, 4, 1), (8, 8, 8, 4), (9, 8, 4, 5), (25, 12, 12, 7), (16, 16, 16, 8), (40, 24, 8, 3), (3, 4, 4, 0)]
        {
            let number = |place: usize| ((place * 37) % 41) as f32 / 20.0 - 1.0;
            let linear = Linear {
                weight: (0..rows * columns).map(number).collect(),
                bias: (0..rows).map(|row| number(row + 7)).collect(),
            };
            let matrix = Matrix::new(&linear, 0.01);
            let numbers: Vec<u8> = (0..units * step + columns).map(|place| ((place * 7919) % 256) as u8).collect();
            let inputs = Inputs { quads: numbers.as_chunks().0, step: step / 4, units };
            let mut expected = Vec::new();
            for unit in 0..units {
                let rows = linear.weight.chunks_exact(columns).zip(&linear.bias).map(|(weights, bias)| {
                    let inputs = numbers[unit * step..].iter();
                    weights.iter().zip(inputs).map(|(weight, &x)| weight * 0.01 * (f32::from(x) - 128.0)).sum::<f32>()
                        + bias
                });
                expected.extend(rows.chain(std::iter::repeat(0.0)).take(matrix.outputs()));
            }
            let (mut found, mut portable) = (Vec::new(), Vec::new());
            Instructions::detect().run(Product(&matrix, inputs, &mut found));
            Instructions::Portable.run(Product(&matrix, inputs, &mut portable));
            assert_eq!(found, portable);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() < 0.02 * columns as f32, "{found}, expected {expected}");
            }
        }
    }
}
