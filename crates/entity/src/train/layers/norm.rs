//! Layer normalisation (Ba, Kiros, Hinton 2016): each unit's numbers brought to mean 0 and variance 1, then gain and
//! bias: `x̂ = (x - mean) / √(variance + ε)`, `y = x̂ ⊙ gain + bias`.

use ndarray::{Array2, Zip};

use crate::model::parameters::Norm;

/// The ε under the root: what a model is trained with it must be used with.
pub(crate) const NORM_EPSILON: f32 = 1e-5;

/// What is kept for the way back.
pub(super) struct Kept {
    /// x̂.
    normal: Array2<f32>,
    /// `1 / √(variance + ε)` for each unit.
    scales: Vec<f32>,
}

/// The normalised rows.
#[allow(clippy::cast_precision_loss)] // widths are small
pub(super) fn forward(norm: &Norm, input: &Array2<f32>) -> (Array2<f32>, Kept) {
    let share = 1.0 / norm.gain.len() as f32;
    let mut normal = input.clone();
    let mut output = Array2::zeros(input.raw_dim());
    let mut scales = Vec::with_capacity(input.nrows());
    Zip::from(normal.rows_mut()).and(output.rows_mut()).for_each(|mut normal, mut output| {
        let normal = normal.as_slice_mut().expect("rows in order");
        let output = output.as_slice_mut().expect("rows in order");
        let mean = sum(normal) * share;
        for value in &mut *normal {
            *value -= mean;
        }
        let scale = (dot(normal, normal) * share + NORM_EPSILON).sqrt().recip();
        for (((value, output), gain), bias) in normal.iter_mut().zip(output).zip(&norm.gain).zip(&norm.bias) {
            *value *= scale;
            *output = *value * gain + bias;
        }
        scales.push(scale);
    });
    (output, Kept { normal, scales })
}

/// Adds to the gradient of gain and bias; gives that of what went in:
/// `dx = (dx̂ - mean(dx̂) - x̂ · mean(dx̂ ⊙ x̂)) / √(variance + ε)` with `dx̂ = dy ⊙ gain`.
#[allow(clippy::cast_precision_loss)] // widths are small
pub(super) fn backward(norm: &Norm, kept: &Kept, mut output_gradient: Array2<f32>, gradient: &mut Norm) -> Array2<f32> {
    let share = 1.0 / norm.gain.len() as f32;
    for ((mut row, normal), scale) in output_gradient.rows_mut().into_iter().zip(kept.normal.rows()).zip(&kept.scales) {
        let row = row.as_slice_mut().expect("rows in order");
        let normal = normal.to_slice().expect("rows in order");
        let sums = gradient.gain.iter_mut().zip(&mut gradient.bias);
        for (((value, normal), (gain_sum, bias_sum)), gain) in row.iter_mut().zip(normal).zip(sums).zip(&norm.gain) {
            *gain_sum += *value * normal;
            *bias_sum += *value;
            *value *= gain;
        }
        let mean = sum(row) * share;
        let slope = dot(row, normal) * share;
        for (value, normal) in row.iter_mut().zip(normal) {
            *value = scale * (*value - mean - normal * slope);
        }
    }
    output_gradient
}

/// A sum in eight strands, which the compiler can keep in one register.
fn sum(values: &[f32]) -> f32 {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        sums.iter_mut().zip(eight).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().chain(rest).sum()
}

/// A scalar product, likewise.
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let ((left, left_rest), (right, right_rest)) = (left.as_chunks::<8>(), right.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (left, right) in left.iter().zip(right) {
        sums.iter_mut().zip(left).zip(right).for_each(|((sum, left), right)| *sum += left * right);
    }
    sums.iter().sum::<f32>() + left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::toy;

    #[test]
    fn mean_and_variance() {
        let norm = Norm { gain: vec![1.0; 11], bias: vec![0.0; 11] };
        let (output, _) = forward(&norm, &toy::matrix(3, 11, 1));
        for row in output.rows() {
            assert!(row.sum().abs() < 1e-5 && (row.dot(&row) - 11.0).abs() < 1e-2);
        }
    }

    #[test]
    fn gradient_is_the_slope() {
        let norm = Norm { gain: toy::numbers(11, 1), bias: toy::numbers(11, 2) };
        let input = toy::matrix(3, 11, 3);
        let direction = toy::matrix(3, 11, 4);
        let mut gradient = Norm { gain: vec![0.0; 11], bias: vec![0.0; 11] };
        let input_gradient = backward(&norm, &forward(&norm, &input).1, direction.clone(), &mut gradient);

        let along = |norm: &Norm, input: &Array2<f32>| toy::along(&forward(norm, input).0, &direction);
        toy::check(input.as_slice().unwrap(), input_gradient.as_slice().unwrap(), |input| {
            along(&norm, &toy::shaped(input, 3))
        });
        toy::check(&norm.gain, &gradient.gain, |gain| along(&Norm { gain: gain.to_vec(), ..norm.clone() }, &input));
        toy::check(&norm.bias, &gradient.bias, |bias| along(&Norm { bias: bias.to_vec(), ..norm.clone() }, &input));
    }
}
