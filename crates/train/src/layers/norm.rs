//! Layer normalisation (Ba, Kiros, Hinton 2016): each unit's numbers get mean 0 and variance 1,
//! `x̂ = (x - mean) / √(variance + ε)`, without gain and bias, which the matrix after it has already.

use ndarray::Array2;

/// The ε under the root. Training and inference have to agree on it.
pub(crate) const NORM_EPSILON: f32 = 1e-5;

/// The activations that the backward pass needs.
pub(super) struct Kept {
    /// x̂.
    normal: Array2<f32>,
    /// `1 / √(variance + ε)` for each unit.
    scales: Vec<f32>,
}

/// Returns the normalised rows.
#[allow(clippy::cast_precision_loss)] // widths are small
pub(super) fn forward(input: &Array2<f32>) -> (Array2<f32>, Kept) {
    let share = 1.0 / input.ncols() as f32;
    let mut normal = input.clone();
    let mut scales = Vec::with_capacity(input.nrows());
    for mut row in normal.rows_mut() {
        let row = row.as_slice_mut().expect("rows in order");
        let mean = sum(row) * share;
        for value in &mut *row {
            *value -= mean;
        }
        let scale = (dot(row, row) * share + NORM_EPSILON).sqrt().recip();
        for value in row {
            *value *= scale;
        }
        scales.push(scale);
    }
    (normal.clone(), Kept { normal, scales })
}

/// Returns the gradient of the input: `dx = (dx̂ - mean(dx̂) - x̂ · mean(dx̂ ⊙ x̂)) / √(variance + ε)`.
#[allow(clippy::cast_precision_loss)] // widths are small
pub(super) fn backward(kept: &Kept, mut output_gradient: Array2<f32>) -> Array2<f32> {
    let share = 1.0 / output_gradient.ncols() as f32;
    for ((mut row, normal), scale) in output_gradient.rows_mut().into_iter().zip(kept.normal.rows()).zip(&kept.scales) {
        let row = row.as_slice_mut().expect("rows in order");
        let normal = normal.to_slice().expect("rows in order");
        let mean = sum(row) * share;
        let slope = dot(row, normal) * share;
        for (value, normal) in row.iter_mut().zip(normal) {
            *value = scale * (*value - mean - normal * slope);
        }
    }
    output_gradient
}

/// Returns a sum, computed in eight strands that the compiler can keep in one register.
fn sum(values: &[f32]) -> f32 {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        sums.iter_mut().zip(eight).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().chain(rest).sum()
}

/// Returns a scalar product, computed in eight strands.
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
    use crate::toy;

    #[test]
    fn mean_and_variance() {
        let (output, _) = forward(&toy::matrix(3, 11, 1));
        for row in output.rows() {
            assert!(row.sum().abs() < 1e-5 && (row.dot(&row) - 11.0).abs() < 1e-2);
        }
    }

    #[test]
    fn gradient_is_the_slope() {
        let input = toy::matrix(3, 11, 3);
        let direction = toy::matrix(3, 11, 4);
        let input_gradient = backward(&forward(&input).1, direction.clone());
        toy::check(input.as_slice().unwrap(), input_gradient.as_slice().unwrap(), |input| {
            toy::along(&forward(&toy::shaped(input, 3)).0, &direction)
        });
    }
}
