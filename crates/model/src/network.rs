//! Int8-quantized inference.
//!
//! The input matrix is linear, so the projection of a sum of rows is the sum of their projections: rows are projected once,
//! when a model is opened, and stored in 8 bits (`Embedding`). The other matrices have weights of 7 bits with one scale for
//! each row; their inputs, which are normalised, are multiplied by `NORM_SCALE` and saturated to 8 bits, and sums have 32
//! bits (see `product`). Everything else is in floating point.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use crate::embedding::Embedding;
use crate::features::Features;
use crate::lanes::{Instructions, LANES, Lanes, Work};
use crate::parameters::Linear;
use crate::product::{Inputs, Matrix, ZERO};
use crate::shape::{Layer, STRIDE};

/// Scale of normalised inputs. Values beyond ±8 saturate.
const NORM_SCALE: f32 = 16.0;

/// The score of what is impossible.
pub const NEVER: f32 = -1e6;

/// The quantized network.
#[derive(Debug)]
pub struct Network {
    width: usize,
    embedding: Embedding,
    layers: Vec<(Layer, Matrix)>,
    output: Matrix,
}

/// The buffers of a run, kept from text to text.
#[derive(Debug, Default)]
pub struct Activations {
    /// Starts of the rows of a unit.
    rows: Vec<usize>,
    state: Vec<f32>,
    /// The normalised state, with a unit of zeros at both ends.
    normed: Vec<u8>,
    gates: Vec<f32>,
    hidden: Vec<f32>,
    /// Scores of each unit, [`Network::scores`] for each.
    pub emissions: Vec<f32>,
}

impl Network {
    /// Creates a network from its embedding, the matrices of its layers, and the output matrix.
    pub fn new(embedding: Embedding, layers: impl Iterator<Item = (Layer, Linear)>, output: &Linear) -> Network {
        let matrix = |linear: &Linear| Matrix::new(linear, 1.0 / NORM_SCALE);
        Network {
            width: embedding.width(),
            layers: layers.map(|(kind, linear)| (kind, matrix(&linear))).collect(),
            output: matrix(output),
            embedding,
        }
    }

    /// Returns the number of scores of a unit: one for each row of the output matrix.
    pub fn scores(&self) -> usize {
        self.output.outputs()
    }

    /// Computes the scores of each unit, into [`Activations::emissions`].
    pub fn run(&self, features: &Features, activations: &mut Activations, instructions: Instructions) {
        instructions.run(Run { network: self, features, activations });
    }
}

/// One run of the network.
struct Run<'r> {
    network: &'r Network,
    features: &'r Features,
    activations: &'r mut Activations,
}

impl Work for Run<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Run { network, features, activations } = self;
        let Activations { rows, state, normed, gates, hidden, emissions } = activations;
        let width = network.width;
        network.embedding.look_up(features, rows, state, lanes);
        for (kind, matrix) in &network.layers {
            normalise(state, width, normed, lanes);
            match kind {
                Layer::Convolution => {
                    matrix.multiply(windows(normed, width), lanes, |unit, row, numbers| {
                        let state: &mut [f32; LANES] = first_mut(&mut state[unit * width + row..]);
                        let positive = lanes.max(numbers, lanes.splat(0.0));
                        *state = lanes.store(lanes.add(lanes.load(state), positive));
                    });
                }
                Layer::Gate => {
                    gates.resize(2 * state.len(), 0.0);
                    matrix.multiply(units(normed, width), lanes, |unit, row, numbers| {
                        *first_mut(&mut gates[2 * unit * width + row..]) = lanes.store(numbers);
                    });
                    recur(gates, width, hidden, state, lanes);
                }
            }
        }
        normalise(state, width, normed, lanes);
        let scores = network.scores();
        emissions.resize(features.rows.len() * scores, 0.0);
        network.output.multiply(units(normed, width), lanes, |unit, row, numbers| {
            *first_mut(&mut emissions[unit * scores + row..]) = lanes.store(numbers);
        });
    }
}

/// Returns the inputs of each unit by itself.
#[inline(always)]
fn units(normed: &[u8], width: usize) -> Inputs<'_> {
    let units = (normed.len() / width).saturating_sub(2);
    Inputs { quads: normed[width..].as_chunks().0, step: width / 4, units }
}

/// Returns the inputs of each unit between those of its neighbours.
#[inline(always)]
fn windows(normed: &[u8], width: usize) -> Inputs<'_> {
    Inputs { quads: normed.as_chunks().0, ..units(normed, width) }
}

/// Returns the first eight numbers.
#[inline(always)]
fn first_mut(numbers: &mut [f32]) -> &mut [f32; LANES] {
    numbers.first_chunk_mut().expect("whole lanes")
}

/// Normalises each unit: mean 0 and variance 1 (Ba, Kiros, Hinton 2016, "Layer normalization").
#[inline(always)]
fn normalise<L: Lanes>(state: &[f32], width: usize, normed: &mut Vec<u8>, lanes: L) {
    normed.resize(state.len() + 2 * width, ZERO);
    let last = normed.len() - width;
    normed[..width].fill(ZERO);
    normed[last..].fill(ZERO);
    let normed = &mut normed[width..last];
    for (state, normed) in state.chunks_exact(width).zip(normed.chunks_exact_mut(width)) {
        normalise_unit(state.as_chunks().0, normed.as_chunks_mut().0, lanes);
    }
}

#[inline(always)]
fn normalise_unit<L: Lanes>(numbers: &[[f32; LANES]], out: &mut [[u8; STRIDE]], lanes: L) {
    const EPSILON: f32 = 1e-5;
    let count = (LANES * numbers.len()) as f32;
    let mean = lanes.splat(sum(numbers, |numbers| numbers, lanes) / count);
    let square = |numbers| {
        let distance = lanes.sub(numbers, mean);
        lanes.mul(distance, distance)
    };
    let variance = sum(numbers, square, lanes) / count;
    let scale = lanes.splat(NORM_SCALE / (variance + EPSILON).sqrt());
    let zero = lanes.splat(f32::from(ZERO));
    let normal = |numbers| lanes.add(lanes.mul(lanes.sub(lanes.load(numbers), mean), scale), zero);
    for (out, [low, high]) in out.iter_mut().zip(numbers.as_chunks().0) {
        *out = lanes.bytes([normal(low), normal(high)]);
    }
}

/// A sum over numbers, in two strands of which none waits for the other.
#[inline(always)]
fn sum<L: Lanes>(numbers: &[[f32; LANES]], of: impl Fn(L::Floats) -> L::Floats, lanes: L) -> f32 {
    let mut strands = [lanes.splat(0.0); 2];
    for [one, other] in numbers.as_chunks().0 {
        strands[0] = lanes.add(strands[0], of(lanes.load(one)));
        strands[1] = lanes.add(strands[1], of(lanes.load(other)));
    }
    lanes.sum(lanes.add(strands[0], strands[1]))
}

/// Runs the gated recurrence over the units in both directions, and adds its outputs to their state.
#[inline(always)]
fn recur<L: Lanes>(gates: &[f32], width: usize, hidden: &mut Vec<f32>, state: &mut [f32], lanes: L) {
    hidden.clear();
    hidden.resize(width, 0.0);
    let half = width / 2;
    let (forward, backward) = hidden.split_at_mut(half);
    let units = state.len() / width;
    for unit in 0..units {
        step(forward, &gates[2 * unit * width..], &mut state[unit * width..], width, 0, lanes);
        let unit = units - 1 - unit;
        step(backward, &gates[2 * unit * width..], &mut state[unit * width..], width, half, lanes);
    }
}

/// Runs one step of the recurrence for half of the width: `h += σ(a) · (tanh(b) - h)`, with both functions as quotients and
/// one division for the two.
#[inline(always)]
fn step<L: Lanes>(hidden: &mut [f32], gates: &[f32], state: &mut [f32], width: usize, from: usize, lanes: L) {
    let gate = gates[from..from + hidden.len()].as_chunks().0;
    let value = gates[width + from..width + from + hidden.len()].as_chunks().0;
    let state = state[from..from + hidden.len()].as_chunks_mut().0;
    let hidden = hidden.as_chunks_mut().0;
    for (((hidden, gate), value), state) in hidden.iter_mut().zip(gate).zip(value).zip(state) {
        // σ(a) = ½ + ½ tanh(½ a)
        let (above, below) = tangent(lanes.mul(lanes.load(gate), lanes.splat(0.5)), lanes);
        let (value_above, value_below) = tangent(lanes.load(value), lanes);
        let all_below = lanes.mul(lanes.add(below, below), value_below);
        let open = lanes.div(lanes.add(below, above), all_below);
        let past = lanes.load(hidden);
        let change = lanes.sub(value_above, lanes.mul(past, value_below));
        let now = lanes.add(past, lanes.mul(open, change));
        *hidden = lanes.store(now);
        *state = lanes.store(lanes.add(lanes.load(state), now));
    }
}

/// Returns the hyperbolic tangent as a quotient of polynomials (a continued fraction of Lambert, 1768), within 1e-4.
#[inline(always)]
fn tangent<L: Lanes>(x: L::Floats, lanes: L) -> (L::Floats, L::Floats) {
    let x = lanes.clamp(x, -4.97, 4.97);
    let square = lanes.mul(x, x);
    let polynomial = |first: f32, rest: [f32; 3]| {
        let add = |sum, factor| lanes.add(lanes.mul(sum, square), lanes.splat(factor));
        rest.into_iter().fold(lanes.splat(first), add)
    };
    let above = lanes.mul(x, polynomial(1.0, [378.0, 17_325.0, 135_135.0]));
    (above, polynomial(28.0, [3_150.0, 62_370.0, 135_135.0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedding::Rows;
    use crate::features::{FLAGS, TABLES};
    use crate::lanes::Portable;
    use crate::parameters::Parameters;
    use crate::shape::{Shape, Table};

    /// Arbitrary numbers around zero.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|place| (((place + seed) * 7919 + 31 * seed) % 2003) as f32 / 1001.0 - 1.0).collect()
    }

    fn example() -> (Shape, Parameters) {
        let mut tables = vec![Table { rows: 8, width: 6 }; TABLES];
        tables[1].width = 3;
        let shape = Shape {
            tables,
            beside: 2,
            flags: Table { rows: FLAGS, width: 4 },
            width: 2 * STRIDE,
            layers: vec![Layer::Convolution, Layer::Gate, Layer::Convolution, Layer::Gate],
            tags: 5,
        };
        let mut parameters = Parameters::zeros(&shape);
        for (seed, array) in parameters.arrays_mut().into_iter().enumerate() {
            // Matrices as they are in a trained network.
            let scale = if array.len() > 100 { 0.3 } else { 1.0 };
            let values = numbers(array.len(), seed);
            array.iter_mut().zip(values).for_each(|(number, value)| *number = scale * value);
        }
        (shape, parameters)
    }

    fn features(units: usize) -> Features {
        let mut features = Features::default();
        let row = |unit: u32| std::array::from_fn(|table| (unit * 5 + table as u32 * 3) % 8);
        features.rows = (0..units as u32).map(row).collect();
        // Flags of two lists.
        features.flags = (0..units as u16).flat_map(|unit| [unit % 4, 4 + (unit + 2) % 4]).collect();
        features.flag_ranges =
            (0..units as u32).map(|unit| 2 * unit..2 * unit + if unit % 3 == 0 { 0 } else { 2 }).collect();
        features
    }

    fn linear(linear: &Linear, input: &[f32]) -> Vec<f32> {
        let rows = linear.weight.chunks_exact(input.len()).zip(&linear.bias);
        rows.map(|(row, bias)| row.iter().zip(input).map(|(a, b)| a * b).sum::<f32>() + bias).collect()
    }

    fn norm(x: &[f32]) -> Vec<f32> {
        let mean = x.iter().sum::<f32>() / x.len() as f32;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / x.len() as f32;
        x.iter().map(|x| (x - mean) / (variance + 1e-5).sqrt()).collect()
    }

    /// The network as `shape` defines it, in floating point.
    fn plain(shape: &Shape, parameters: &Parameters, features: &Features) -> Vec<f32> {
        let units = features.rows.len();
        let mut looked_up: Vec<Vec<f32>> = Vec::new();
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
            looked_up.push(input);
        }
        let nothing = vec![0.0; shape.seen_beside()];
        let seen = |unit: Option<usize>| {
            unit.and_then(|unit| looked_up.get(unit)).map_or(&nothing[..], |row| &row[..nothing.len()])
        };
        let mut state: Vec<Vec<f32>> = (0..units)
            .map(|unit| [&looked_up[unit], seen(unit.checked_sub(1)), seen(Some(unit + 1))].concat())
            .map(|input| linear(&parameters.input, &input))
            .collect();
        for (kind, layer) in shape.layers.iter().zip(&parameters.layers) {
            let normed: Vec<Vec<f32>> = state.iter().map(|x| norm(x)).collect();
            let zero = vec![0.0; shape.width];
            match *kind {
                Layer::Convolution => {
                    for (unit, state) in state.iter_mut().enumerate() {
                        let before = unit.checked_sub(1).map_or(&zero, |unit| &normed[unit]);
                        let after = normed.get(unit + 1).unwrap_or(&zero);
                        let out = linear(layer, &[&before[..], &normed[unit], after].concat());
                        state.iter_mut().zip(out).for_each(|(state, out)| *state += out.max(0.0));
                    }
                }
                Layer::Gate => {
                    let gates: Vec<Vec<f32>> = normed.iter().map(|x| linear(layer, x)).collect();
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
        state.iter().flat_map(|x| linear(&parameters.output, &norm(x))).collect()
    }

    #[test]
    fn whole_numbers_give_nearly_what_floating_point_gives() {
        let (shape, parameters) = example();
        let tables: Vec<Rows> = parameters
            .tables
            .iter()
            .zip(&shape.tables)
            .map(|(numbers, table)| Rows::new(numbers, table.width))
            .collect();
        let flags = Rows::new(&parameters.flags, shape.flags.width);
        let greatest = Embedding::greatest(&shape, &tables, &flags, &parameters.input);
        let embedding = Embedding::new(&shape, &tables, &flags, &parameters.input, greatest);
        let layers = shape.layers.iter().copied().zip(parameters.layers.clone());
        let network = Network::new(embedding, layers, &parameters.output);
        let mut activations = Activations::default();
        for units in [0, 1, 2, 3, 4, 5, 11] {
            let features = features(units);
            network.run(&features, &mut activations, Instructions::detect());
            let found: Vec<f32> = activations
                .emissions
                .chunks_exact(network.scores())
                .flat_map(|unit| &unit[..shape.tags])
                .copied()
                .collect();
            let expected = plain(&shape, &parameters, &features);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() < 0.1, "{found}, expected {expected}, of {units} units");
            }
        }
    }

    #[test]
    fn the_tangent_is_near_enough() {
        for step in -800..=800 {
            let x = step as f32 / 100.0;
            let (above, below) = tangent([x; LANES], Portable);
            let found = above[0] / below[0];
            assert!((found - x.tanh()).abs() < 2e-4, "{x}: {found}");
        }
    }
}
