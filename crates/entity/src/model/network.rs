//! The network in whole numbers, as it runs: tables of 8 bits, weights of 8 bits, sums of 32.
//!
//! A row of a matrix has one scale: the greatest weight is 127. What goes into a matrix is brought to 16 bits: the rows
//! of the tables as they are, and the output of a normalisation, which lies around one, times [`NORM_SCALE`]. The rest is
//! in floating point (see `product`).

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use std::borrow::Cow;

use crate::model::features::Features;
use crate::model::parameters::{LayerParameters, Linear, Norm, Parameters};
use crate::model::product::{Inputs, Instructions, Lanes, Matrix, Work};
use crate::model::shape::{Layer, Shape};

/// What a normalised number is multiplied by. Those beyond ±16 are cut there.
const NORM_SCALE: f32 = 2_048.0;

/// The greatest weight of 8 bits.
const GREATEST: f32 = 127.0;

/// The greatest weight of the input matrix. With it a sum over all inputs stays below 32 bits.
const GREATEST_INPUT: f32 = 8_191.0;

/// A table of rows of 8 bits, with one scale for all.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    /// The bytes are numbers from -127 to 127.
    pub numbers: Cow<'static, [u8]>,
    /// How many numbers a row has.
    pub width: usize,
    /// What the numbers are to be multiplied by.
    pub scale: f32,
}

/// A layer.
struct LayerNumbers {
    kind: Layer,
    norm: Norm,
    matrix: Matrix,
}

/// The network.
pub(crate) struct Network {
    shape: Shape,
    tables: Vec<Rows>,
    flags: Rows,
    input: Matrix,
    layers: Vec<LayerNumbers>,
    norm: Norm,
    output: Matrix,
}

/// The buffers of a run, kept from sentence to sentence.
#[derive(Default)]
pub(crate) struct Activations {
    input: Inputs,
    state: Vec<f32>,
    normed: Inputs,
    out: Vec<f32>,
    /// For each unit the score of each tag.
    pub emissions: Vec<f32>,
}

impl Network {
    /// From tables in whole numbers and the other parameters in floating point, whose own tables are not read.
    pub fn new(shape: Shape, tables: Vec<Rows>, flags: Rows, parameters: &Parameters) -> Network {
        let column_scales: Vec<f32> =
            tables.iter().chain([&flags]).flat_map(|rows| std::iter::repeat_n(rows.scale, rows.width)).collect();
        let input = Matrix::new(&parameters.input, |column| column_scales[column], GREATEST_INPUT);
        let of_norm = |linear: &Linear| Matrix::new(linear, |_| 1.0 / NORM_SCALE, GREATEST);
        let layers = shape.layers.iter().zip(&parameters.layers);
        let layers = layers
            .map(|(&kind, LayerParameters { norm, linear })| LayerNumbers {
                kind,
                norm: norm.clone(),
                matrix: of_norm(linear),
            })
            .collect();
        let output = of_norm(&parameters.output);
        Network { tables, flags, input, layers, norm: parameters.norm.clone(), output, shape }
    }

    /// Scores each tag of each unit.
    pub fn run(&self, features: &Features, activations: &mut Activations, instructions: Instructions) {
        instructions.run(Run { network: self, features, activations });
    }
}

/// One run, for the processor's instructions.
struct Run<'r> {
    network: &'r Network,
    features: &'r Features,
    activations: &'r mut Activations,
}

impl Work for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Run { network, features, activations } = self;
        let width = network.shape.width;
        network.look_up(features, &mut activations.input);
        network.input.multiply(&activations.input, &mut activations.state, lanes);
        for layer in &network.layers {
            let Activations { state, normed, out, .. } = &mut *activations;
            match layer.kind {
                Layer::Convolution { dilation } => {
                    normalise_window(&layer.norm, state, width, dilation, normed);
                    layer.matrix.multiply(normed, out, lanes);
                    for (state, out) in state.iter_mut().zip(&*out) {
                        *state += out.max(0.0);
                    }
                }
                Layer::Gate => {
                    normalise(&layer.norm, state, width, normed);
                    layer.matrix.multiply(normed, out, lanes);
                    recur(out, width, state);
                }
            }
        }
        normalise(&network.norm, &activations.state, width, &mut activations.normed);
        network.output.multiply(&activations.normed, &mut activations.emissions, lanes);
    }
}

impl Network {
    /// Puts the rows of each unit side by side.
    #[inline(always)]
    fn look_up(&self, features: &Features, input: &mut Inputs) {
        // An odd number of inputs has a zero at the end.
        let width = self.shape.inputs().next_multiple_of(2);
        let numbers = input.reset(features.rows.len() * width);
        let units = features.rows.iter().zip(&features.flag_ranges);
        for (numbers, (rows, flags)) in numbers.chunks_exact_mut(width).zip(units) {
            let mut rest = numbers;
            for (table, &row) in self.tables.iter().zip(rows) {
                let (here, after) = rest.split_at_mut(table.width);
                for (here, &number) in here.iter_mut().zip(table.row(row as usize)) {
                    *here = widened(number);
                }
                rest = after;
            }
            for &flag in &features.flags[flags.start as usize..flags.end as usize] {
                let row = self.flags.row(usize::from(flag));
                for (sum, &number) in rest.iter_mut().zip(row) {
                    *sum += widened(number);
                }
            }
        }
    }
}

impl Rows {
    /// Rows in whole numbers.
    pub fn new(numbers: &[f32], width: usize) -> Rows {
        let greatest = numbers.iter().fold(0.0_f32, |greatest, number| greatest.max(number.abs()));
        let scale = greatest.max(f32::MIN_POSITIVE) / GREATEST;
        let numbers = numbers.iter().map(|number| ((number / scale).round() as i8).cast_unsigned()).collect();
        Rows { numbers, width, scale }
    }

    #[inline(always)]
    fn row(&self, row: usize) -> &[u8] {
        &self.numbers[row * self.width..(row + 1) * self.width]
    }
}

/// A number of a table.
#[inline(always)]
fn widened(number: u8) -> i16 {
    i16::from(number.cast_signed())
}

/// Normalises each unit: mean 0 and variance 1 (Ba, Kiros, Hinton 2016, "Layer normalization"), then gain and bias.
#[inline(always)]
fn normalise(norm: &Norm, state: &[f32], width: usize, normed: &mut Inputs) {
    let normed = normed.reset(state.len());
    for (state, normed) in state.chunks_exact(width).zip(normed.chunks_exact_mut(width)) {
        normalise_unit(norm, state, normed);
    }
}

/// As [`normalise`], for each unit those before and after it beside it.
#[inline(always)]
fn normalise_window(norm: &Norm, state: &[f32], width: usize, dilation: usize, normed: &mut Inputs) {
    let units = state.len() / width;
    let normed = normed.reset(3 * state.len());
    for (unit, numbers) in state.chunks_exact(width).enumerate() {
        let middle = (3 * unit + 1) * width;
        normalise_unit(norm, numbers, &mut normed[middle..middle + width]);
    }
    for unit in 0..units {
        let middle = (3 * unit + 1) * width;
        if unit + dilation < units {
            // This unit is the one before the other.
            normed.copy_within(middle..middle + width, 3 * (unit + dilation) * width);
        }
        if unit >= dilation {
            normed.copy_within(middle..middle + width, (3 * (unit - dilation) + 2) * width);
        }
    }
}

#[inline(always)]
fn normalise_unit(norm: &Norm, numbers: &[f32], out: &mut [i16]) {
    const EPSILON: f32 = 1e-5;
    let count = numbers.len() as f32;
    let mean = sum(numbers, |number| number) / count;
    let variance = sum(numbers, |number| (number - mean) * (number - mean)) / count;
    let scale = NORM_SCALE / (variance + EPSILON).sqrt();
    for (((out, number), gain), bias) in out.iter_mut().zip(numbers).zip(&norm.gain).zip(&norm.bias) {
        *out = rounded((number - mean) * scale * gain + bias * NORM_SCALE);
    }
}

/// A sum over numbers, eight at a time.
#[inline(always)]
fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = numbers.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, &number) in sums.iter_mut().zip(eight) {
            *sum += of(number);
        }
    }
    sums.iter().sum::<f32>() + rest.iter().map(|&number| of(number)).sum::<f32>()
}

/// The nearest whole number of 16 bits. Added to 1.5 · 2²³ a number stands in the lowest bits of the sum.
#[inline(always)]
fn rounded(number: f32) -> i16 {
    (number.clamp(-32_767.0, 32_767.0) + 12_582_912.0).to_bits() as i16
}

/// Runs the gated recurrence over the units in both directions, and adds what it gives to their state.
#[inline(always)]
fn recur(gates: &[f32], width: usize, state: &mut [f32]) {
    let half = width / 2;
    let units = state.len() / width;
    let mut hidden = vec![0.0; width];
    let (forward, backward) = hidden.split_at_mut(half);
    for unit in 0..units {
        step(forward, &gates[2 * unit * width..], &mut state[unit * width..], width, 0);
        let unit = units - 1 - unit;
        step(backward, &gates[2 * unit * width..], &mut state[unit * width..], width, half);
    }
}

#[inline(always)]
fn step(hidden: &mut [f32], gates: &[f32], state: &mut [f32], width: usize, from: usize) {
    let gate = &gates[from..from + hidden.len()];
    let value = &gates[width + from..width + from + hidden.len()];
    let state = &mut state[from..from + hidden.len()];
    for (((hidden, gate), value), state) in hidden.iter_mut().zip(gate).zip(value).zip(state) {
        let open = sigmoid(*gate);
        *hidden += open * (tanh(*value) - *hidden);
        *state += *hidden;
    }
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// The hyperbolic tangent as a quotient of polynomials (a continued fraction of Lambert, 1768), within 1e-4: it can be
/// worked out for many numbers at once.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let square = x * x;
    let above = x * (135_135.0 + square * (17_325.0 + square * (378.0 + square)));
    let below = 135_135.0 + square * (62_370.0 + square * (3_150.0 + square * 28.0));
    above / below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::features::TABLES;
    use crate::model::shape::Table;

    /// Numbers with nothing special about them, around zero.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|place| (((place + seed) * 7919 + 31 * seed) % 2003) as f32 / 1001.0 - 1.0).collect()
    }

    fn example() -> (Shape, Parameters) {
        let shape = Shape {
            tables: vec![Table { rows: 8, width: 6 }; TABLES],
            flags: Table { rows: 5, width: 4 },
            width: 10,
            layers: vec![
                Layer::Convolution { dilation: 1 },
                Layer::Gate,
                Layer::Convolution { dilation: 2 },
                Layer::Gate,
            ],
            tags: 5,
        };
        let mut parameters = Parameters::zeros(&shape);
        for (seed, array) in parameters.arrays_mut().into_iter().enumerate() {
            let values = numbers(array.len(), seed);
            array.copy_from_slice(&values);
        }
        (shape, parameters)
    }

    fn features(units: usize) -> Features {
        let mut features = Features::default();
        let row = |unit: u32| std::array::from_fn(|table| (unit * 5 + table as u32 * 3) % 8);
        features.rows = (0..units as u32).map(row).collect();
        features.flags = (0..units as u16).flat_map(|unit| [unit % 5, (unit + 2) % 5]).collect();
        features.flag_ranges =
            (0..units as u32).map(|unit| 2 * unit..2 * unit + if unit % 3 == 0 { 0 } else { 2 }).collect();
        features
    }

    fn linear(linear: &Linear, input: &[f32]) -> Vec<f32> {
        let rows = linear.weight.chunks_exact(input.len()).zip(&linear.bias);
        rows.map(|(row, bias)| row.iter().zip(input).map(|(a, b)| a * b).sum::<f32>() + bias).collect()
    }

    fn norm(norm: &Norm, x: &[f32]) -> Vec<f32> {
        let mean = x.iter().sum::<f32>() / x.len() as f32;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / x.len() as f32;
        let scaled = x.iter().map(|x| (x - mean) / (variance + 1e-5).sqrt());
        scaled.zip(&norm.gain).zip(&norm.bias).map(|((x, gain), bias)| x * gain + bias).collect()
    }

    /// The network as `shape` explains it, in floating point.
    fn plain(shape: &Shape, parameters: &Parameters, features: &Features) -> Vec<f32> {
        let units = features.rows.len();
        let mut state: Vec<Vec<f32>> = Vec::new();
        for (rows, flags) in features.rows.iter().zip(&features.flag_ranges) {
            let mut input = Vec::new();
            for ((numbers, table), &row) in parameters.tables.iter().zip(&shape.tables).zip(rows) {
                input.extend_from_slice(&numbers[row as usize * table.width..][..table.width]);
            }
            let mut sum = vec![0.0; shape.flags.width];
            for &flag in &features.flags[flags.start as usize..flags.end as usize] {
                let row = &parameters.flags[usize::from(flag) * sum.len()..];
                sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
            }
            input.extend(sum);
            state.push(linear(&parameters.input, &input));
        }
        for (kind, layer) in shape.layers.iter().zip(&parameters.layers) {
            let normed: Vec<Vec<f32>> = state.iter().map(|x| norm(&layer.norm, x)).collect();
            let zero = vec![0.0; shape.width];
            match *kind {
                Layer::Convolution { dilation } => {
                    for (unit, state) in state.iter_mut().enumerate() {
                        let before = unit.checked_sub(dilation).map_or(&zero, |unit| &normed[unit]);
                        let after = normed.get(unit + dilation).unwrap_or(&zero);
                        let out = linear(&layer.linear, &[&before[..], &normed[unit], after].concat());
                        state.iter_mut().zip(out).for_each(|(state, out)| *state += out.max(0.0));
                    }
                }
                Layer::Gate => {
                    let gates: Vec<Vec<f32>> = normed.iter().map(|x| linear(&layer.linear, x)).collect();
                    for place in 0..shape.width {
                        let mut hidden = 0.0;
                        for step in 0..units {
                            let unit = if place < shape.width / 2 { step } else { units - 1 - step };
                            let open = 1.0 / (1.0 + (-gates[unit][place]).exp());
                            hidden = (1.0 - open) * hidden + open * gates[unit][shape.width + place].tanh();
                            state[unit][place] += hidden;
                        }
                    }
                }
            }
        }
        state.iter().flat_map(|x| linear(&parameters.output, &norm(&parameters.norm, x))).collect()
    }

    #[test]
    fn whole_numbers_give_nearly_what_floating_point_gives() {
        let (shape, parameters) = example();
        let rows = |numbers: &[f32], table: Table| Rows::new(numbers, table.width);
        let tables =
            parameters.tables.iter().zip(&shape.tables).map(|(numbers, table)| rows(numbers, *table)).collect();
        let flags = rows(&parameters.flags, shape.flags);
        let network = Network::new(shape.clone(), tables, flags, &parameters);
        let mut activations = Activations::default();
        for units in [0, 1, 2, 3, 4, 5, 11] {
            let features = features(units);
            network.run(&features, &mut activations, Instructions::detect());
            let expected = plain(&shape, &parameters, &features);
            assert_eq!(activations.emissions.len(), expected.len());
            for (found, expected) in activations.emissions.iter().zip(&expected) {
                assert!((found - expected).abs() < 0.1, "{found}, expected {expected}, of {units} units");
            }
        }
    }

    #[test]
    fn the_tangent_is_near_enough() {
        for step in -800..=800 {
            let x = step as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}: {}", tanh(x));
        }
    }
}
