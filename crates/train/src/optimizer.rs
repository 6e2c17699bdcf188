//! The optimizer: Adam, with running means of gradients and of their squares (Kingma and Ba 2015),
//! `p -= rate · m̂ / (√v̂ + ε)`.
//!
//! Rows of large tables, and their means, change only in steps in which they are looked up. All other parameters have
//! weight decay (Loshchilov and Hutter 2019, "Decoupled weight decay regularization"), and their
//! gradient is clipped to norm 1 (Pascanu, Mikolov, Bengio 2013).

use std::ops::Range;

use ndarray::Array2;
use rayon::prelude::*;

use crate::batch::Units;
use crate::dataset::Dataset;
use crate::large_table::is_large;
use crate::layers::lookup;
use crate::options::Options;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

/// Decay rates of the mean of the gradients and of that of their squares.
const BETAS: (f32, f32) = (0.9, 0.98);
const EPSILON: f32 = 1e-8;
/// Greatest norm of a gradient.
const LONGEST: f64 = 1.0;

/// The means of all parameters.
pub(super) struct Optimizer {
    steps: i32,
    /// m and v of each parameter outside large tables, array by array.
    dense: Vec<Vec<[f32; 2]>>,
    tables: Vec<TableMoments>,
}

/// The means of a large table: for each row all m, then all v. Empty for a table that is not large.
struct TableMoments {
    values: Vec<f32>,
}

/// A part of a batch with the gradient of its embeddings.
pub(super) struct LookedUp {
    pub units: Units,
    pub words: Vec<u32>,
    pub slopes: Array2<f32>,
}

/// The rates of a step, with the bias correction of the means.
#[derive(Clone, Copy)]
struct Rate {
    /// `rate / (1 - β₁ᵗ)`.
    first: f32,
    /// `1 / √(1 - β₂ᵗ)`.
    second: f32,
    decay: f32,
}

impl Optimizer {
    /// Creates an optimizer for a shape and the arrays of its gradient.
    pub fn new(shape: &Shape, gradient: &Parameters) -> Optimizer {
        let large = shape.tables.iter().map(|&table| if is_large(table) { 2 * table.rows * table.width } else { 0 });
        Optimizer {
            steps: 0,
            dense: gradient.arrays().iter().map(|array| vec![[0.0; 2]; array.len()]).collect(),
            tables: large.map(|length| TableMoments { values: vec![0.0; length] }).collect(),
        }
    }

    /// Updates the parameters, at a share of the rates.
    pub fn step(
        &mut self,
        (shape, data): (&Shape, &Dataset),
        parameters: &mut Parameters,
        gradient: &Parameters,
        looked_up: &[LookedUp],
        (options, rate_share): (&Options, f32),
    ) {
        self.steps += 1;
        let rate = self.rate(options.learning_rate * rate_share, options.weight_decay);
        let shortened = shortening(gradient);
        for ((parameters, gradient), moments) in
            parameters.arrays_mut().into_iter().zip(gradient.arrays()).zip(&mut self.dense)
        {
            for ((parameter, slope), moments) in parameters.iter_mut().zip(gradient).zip(moments) {
                *parameter -= rate.change(*parameter, slope * shortened, moments);
            }
        }
        let rate = self.rate(options.table_rate * rate_share, 0.0);
        let columns = lookup::columns(shape);
        let tables = parameters.tables.par_iter_mut().zip(&mut self.tables).zip(columns).enumerate();
        tables.filter(|(table, _)| is_large(shape.tables[*table])).for_each(|(table, ((rows, moments), columns))| {
            let width = columns.len();
            for_each_row(data, looked_up, table, &columns, |row, slopes| {
                moments.step(&mut rows[row * width..][..width], row, slopes, rate);
            });
        });
    }

    fn rate(&self, rate: f32, decay: f32) -> Rate {
        let (first, second) = (1.0 - BETAS.0.powi(self.steps), 1.0 - BETAS.1.powi(self.steps));
        Rate { first: rate / first, second: second.sqrt().recip(), decay: rate * decay }
    }
}

impl Rate {
    /// Updates the means of a parameter; returns the decrease of the parameter.
    fn change(self, parameter: f32, slope: f32, [first, second]: &mut [f32; 2]) -> f32 {
        *first += (1.0 - BETAS.0) * (slope - *first);
        *second += (1.0 - BETAS.1) * (slope * slope - *second);
        self.decay * parameter + self.first * *first / (second.sqrt() * self.second + EPSILON)
    }
}

impl TableMoments {
    fn step(&mut self, parameters: &mut [f32], row: usize, slopes: &[f32], rate: Rate) {
        let width = slopes.len();
        let (first, second) = self.values[2 * row * width..][..2 * width].split_at_mut(width);
        for (((parameter, slope), first), second) in parameters.iter_mut().zip(slopes).zip(first).zip(second) {
            let mut moments = [*first, *second];
            *parameter -= rate.change(*parameter, *slope, &mut moments);
            [*first, *second] = moments;
        }
    }
}

/// Returns the factor that clips a gradient to its greatest norm.
fn shortening(gradient: &Parameters) -> f32 {
    let square = |array: &[f32]| array.iter().map(|&slope| f64::from(slope).powi(2)).sum::<f64>();
    let length = gradient.arrays().into_iter().map(square).sum::<f64>().sqrt();
    (LONGEST / (length + 1e-6)).min(1.0) as f32
}

/// Calls `see` with every row of a table that was looked up, in order, and the sum of the gradients of its units.
pub(super) fn for_each_row(
    data: &Dataset,
    looked_up: &[LookedUp],
    table: usize,
    columns: &Range<usize>,
    mut see: impl FnMut(usize, &[f32]),
) {
    let mut places = Vec::new();
    for (part, LookedUp { units, words, .. }) in looked_up.iter().enumerate() {
        let rows = units.sources.iter().zip(words).map(|(&source, &word)| lookup::row(data, source, table, word));
        places.extend(rows.enumerate().map(|(unit, row)| (row as u32, part as u32, unit as u32)));
    }
    places.sort_unstable();
    let mut sum = vec![0.0; columns.len()];
    for places in places.chunk_by(|one, next| one.0 == next.0) {
        sum.fill(0.0);
        for &(_, part, unit) in places {
            let slopes = looked_up[part as usize].slopes.row(unit as usize);
            lookup::add(&mut sum, &slopes.to_slice().expect("rows in order")[columns.clone()]);
        }
        see(places[0].0 as usize, &sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::no_gradient;
    use crate::toy;

    #[test]
    fn first_steps_are_as_long_as_the_rate() {
        // m̂ / √v̂ is the gradient's sign as long as it stays the same.
        let mut optimizer = Optimizer { steps: 0, dense: Vec::new(), tables: Vec::new() };
        let (mut parameter, mut moments) = (5.0, [0.0; 2]);
        for step in 1..=3u8 {
            optimizer.steps += 1;
            parameter -= optimizer.rate(0.1, 0.0).change(parameter, -3.0, &mut moments);
            assert!((parameter - 5.0 - 0.1 * f32::from(step)).abs() < 1e-4, "{parameter}");
        }
        let decay = optimizer.rate(0.1, 0.5).change(2.0, 0.0, &mut [0.0; 2]);
        assert!((decay - 0.1).abs() < 1e-6, "{decay}");
    }

    #[test]
    fn long_gradients_are_shortened() {
        let mut gradient = no_gradient(&toy::shape());
        assert!((shortening(&gradient) - 1.0).abs() < 1e-6);
        (gradient.output.bias[0], gradient.input.bias[1]) = (3.0, 4.0);
        assert!((shortening(&gradient) - 0.2).abs() < 1e-6);
    }

    #[test]
    fn only_rows_that_were_looked_up_change() {
        let (shape, data) = (toy::shape(), toy::data(1, 1));
        let mut parameters = Parameters::zeros(&shape);
        let gradient = no_gradient(&shape);
        let units = Units::new(&data, &[0]);
        let words = units.sources.iter().map(|&source| data.rows(source)[0]).collect::<Vec<_>>();
        let slopes = Array2::ones((units.len(), shape.looked_up()));
        let looked_up = [LookedUp { units, words: words.clone(), slopes }];
        let options = Options { table_rate: 0.5, ..Options::default() };
        let mut optimizer = Optimizer::new(&shape, &gradient);
        optimizer.step((&shape, &data), &mut parameters, &gradient, &looked_up, (&options, 1.0));
        let width = shape.tables[0].width;
        for (row, values) in (0u32..).zip(parameters.tables[0].chunks_exact(width)) {
            let expected = if words.contains(&row) { -0.5 } else { 0.0 };
            assert!(values.iter().all(|value| (value - expected).abs() < 1e-4), "{row}: {values:?}");
        }
    }
}
