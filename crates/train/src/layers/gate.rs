//! A gated recurrence in both directions (Martin and Cundy 2018, "Parallelizing linear recurrent neural nets over
//! sequence length"): `z = σ(first half of W·x + b)`, `c = tanh(second half)`, `h = (1 - z) ⊙ h₋ + z ⊙ c`, with `h₋` of
//! the unit before for the first half of the width and of the unit after for the other, zero beyond the text.

use std::ops::Range;

use ndarray::Array2;

use crate::layers::linear;
use gisa_model::parameters::Linear;

/// The activations that the backward pass needs.
pub(super) struct Kept {
    input: Array2<f32>,
    /// z and c of each unit.
    gates: Array2<f32>,
    /// h of each unit.
    states: Array2<f32>,
}

/// Returns the output for each unit.
pub(super) fn forward(linear: &Linear, input: Array2<f32>, texts: &[Range<usize>]) -> (Array2<f32>, Kept) {
    let mut gates = linear::forward(linear, &input);
    let width = gates.ncols() / 2;
    for mut row in gates.rows_mut() {
        let (update, candidate) = row.as_slice_mut().expect("rows in order").split_at_mut(width);
        for value in update {
            *value = sigmoid(*value);
        }
        for value in candidate {
            *value = tanh(*value);
        }
    }
    let mut states = Array2::zeros((input.nrows(), width));
    let rows = states.as_slice_mut().expect("rows in order");
    let gate_rows = gates.as_slice().expect("rows in order");
    for_each_step(texts, width, |unit, before, columns| {
        let (update, candidate) = gate_rows[2 * unit * width..][..2 * width].split_at(width);
        for column in columns {
            let past = before.map_or(0.0, |before| rows[before * width + column]);
            rows[unit * width + column] = past + update[column] * (candidate[column] - past);
        }
    });
    (states.clone(), Kept { input, gates, states })
}

/// Adds to the gradient of the matrix; returns that of the input. With `s` the gradient of all later units along `h`,
/// `s = dh + (1 - z₊) ⊙ s₊`, `dz = s ⊙ (c - h₋)`, `dc = s ⊙ z`.
pub(super) fn backward(
    linear: &Linear,
    kept: &Kept,
    mut output_gradient: Array2<f32>,
    texts: &[Range<usize>],
    gradient: &mut Linear,
) -> Array2<f32> {
    let width = output_gradient.ncols();
    let slopes = output_gradient.as_slice_mut().expect("rows in order");
    let gates = kept.gates.as_slice().expect("rows in order");
    let states = kept.states.as_slice().expect("rows in order");
    let mut gate_gradient = Array2::zeros(kept.gates.raw_dim());
    let gate_slopes = gate_gradient.as_slice_mut().expect("rows in order");
    for_each_step_back(texts, width, |unit, before, columns| {
        let (update, candidate) = gates[2 * unit * width..][..2 * width].split_at(width);
        let (update_slope, candidate_slope) = gate_slopes[2 * unit * width..][..2 * width].split_at_mut(width);
        for column in columns {
            let slope = slopes[unit * width + column];
            let (z, c) = (update[column], candidate[column]);
            let mut past = 0.0;
            if let Some(before) = before {
                past = states[before * width + column];
                slopes[before * width + column] += (1.0 - z) * slope;
            }
            update_slope[column] = slope * (c - past) * z * (1.0 - z);
            candidate_slope[column] = slope * z * (1.0 - c * c);
        }
    });
    linear::backward(linear, &kept.input, &gate_gradient, gradient)
}

/// Calls `step` for every unit in both directions: the unit, the previous one, and the columns of the direction.
fn for_each_step(texts: &[Range<usize>], width: usize, mut step: impl FnMut(usize, Option<usize>, Range<usize>)) {
    for text in texts {
        for unit in text.clone() {
            step(unit, (unit > text.start).then(|| unit - 1), 0..width / 2);
        }
        for unit in text.clone().rev() {
            step(unit, (unit + 1 < text.end).then_some(unit + 1), width / 2..width);
        }
    }
}

/// Calls `step` as [`for_each_step`] does, in the opposite order.
fn for_each_step_back(texts: &[Range<usize>], width: usize, mut step: impl FnMut(usize, Option<usize>, Range<usize>)) {
    for text in texts {
        for unit in text.clone().rev() {
            step(unit, (unit > text.start).then(|| unit - 1), 0..width / 2);
        }
        for unit in text.clone() {
            step(unit, (unit + 1 < text.end).then_some(unit + 1), width / 2..width);
        }
    }
}

fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + exp(-value))
}

fn tanh(value: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * value) + 1.0)
}

/// Returns `eˣ` with a relative error below 1e-5, in operations that the compiler can vectorize: `2ⁿ · 2ᶠ` with `n` put into
/// the exponent and a polynomial for `2ᶠ`, `f` between -½ and ½ (coefficients: the Taylor series, `ln 2ᵏ / k!`).
fn exp(value: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5 · 2²³: adding a number to it rounds the number.
    let power = (value * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let shifted = power + ROUND;
    let whole = shifted - ROUND;
    let f = power - whole;
    let series = 1.540_353e-4;
    let series = series * f + 1.333_355_8e-3;
    let series = series * f + 9.618_129e-3;
    let series = series * f + 5.550_411e-2;
    let series = series * f + 2.402_265e-1;
    let series = series * f + std::f32::consts::LN_2;
    let series = series * f + 1.0;
    let exponent = f32::from_bits(shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    series * exponent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn exponential() {
        for step in -8000i16..8000 {
            let value = f32::from(step) / 100.0;
            let (fast, exact) = (f64::from(exp(value)), f64::from(value).exp());
            assert!((fast / exact - 1.0).abs() < 1e-5, "{value}: {fast} {exact}");
            assert!((tanh(value) - value.tanh()).abs() < 2e-6, "{value}");
        }
        assert!(sigmoid(-1e9) < 1e-30 && (sigmoid(1e9) - 1.0).abs() < 1e-7);
    }

    #[test]
    fn runs_both_ways() {
        // Gates all half open, candidates the input.
        let linear = Linear { weight: vec![0., 0., 0., 0., 1., 0., 0., 1.], bias: vec![0.0; 4] };
        let input = toy::shaped(&[9., 0., 0., 0., 0., 9.], 3);
        let (states, _) = forward(&linear, input, std::slice::from_ref(&(0..3)));
        let expected = [0.5, 0.125, 0.25, 0.25, 0.125, 0.5];
        assert!(states.iter().zip(expected).all(|(state, expected)| (state - expected).abs() < 1e-3), "{states}");
    }

    #[test]
    fn gradient_is_the_slope() {
        let sentences = [0..4, 4..5, 5..7];
        let linear = Linear { weight: toy::numbers(24, 1), bias: toy::numbers(8, 2) };
        let input = toy::matrix(7, 3, 3);
        let direction = toy::matrix(7, 4, 4);
        let mut gradient = Linear { weight: vec![0.0; 24], bias: vec![0.0; 8] };
        let kept = forward(&linear, input.clone(), &sentences).1;
        let input_gradient = backward(&linear, &kept, direction.clone(), &sentences, &mut gradient);

        let along = |linear: &Linear, input: &Array2<f32>| {
            toy::along(&forward(linear, input.clone(), &sentences).0, &direction)
        };
        toy::check(input.as_slice().unwrap(), input_gradient.as_slice().unwrap(), |input| {
            along(&linear, &toy::shaped(input, 7))
        });
        toy::check(&linear.weight, &gradient.weight, |weight| {
            along(&Linear { weight: weight.to_vec(), ..linear.clone() }, &input)
        });
    }
}
