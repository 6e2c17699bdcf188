//! A matrix with a bias, applied to each unit: `Y = X · Wᵀ + b`.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use gisa_model::parameters::Linear;

fn matrix(linear: &Linear, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((linear.bias.len(), columns), &linear.weight).expect("the shape's matrix")
}

/// Returns the output for an input, a row for each unit.
pub(super) fn forward(linear: &Linear, input: &Array2<f32>) -> Array2<f32> {
    let mut output = Array2::zeros((input.nrows(), linear.bias.len()));
    for mut row in output.rows_mut() {
        row.as_slice_mut().expect("rows in order").copy_from_slice(&linear.bias);
    }
    general_mat_mul(1.0, input, &matrix(linear, input.ncols()).t(), 1.0, &mut output);
    output
}

/// Adds to the gradient of the matrix and the bias; returns that of the input: `dX = dY · W`, `dW = dYᵀ · X`.
pub(super) fn backward(
    linear: &Linear,
    input: &Array2<f32>,
    output_gradient: &Array2<f32>,
    gradient: &mut Linear,
) -> Array2<f32> {
    let columns = input.ncols();
    for row in output_gradient.rows() {
        gradient.bias.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    let mut weight = ArrayViewMut2::from_shape((gradient.bias.len(), columns), &mut gradient.weight).expect("as above");
    general_mat_mul(1.0, &output_gradient.t(), input, 1.0, &mut weight);
    output_gradient.dot(&matrix(linear, columns))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn gradient_is_the_slope() {
        let linear = Linear { weight: toy::numbers(15, 1), bias: toy::numbers(3, 2) };
        let input = toy::matrix(4, 5, 3);
        let direction = toy::matrix(4, 3, 4);
        let mut gradient = Linear { weight: vec![0.0; 15], bias: vec![0.0; 3] };
        let input_gradient = backward(&linear, &input, &direction, &mut gradient);

        let along = |linear: &Linear, input: &Array2<f32>| toy::along(&forward(linear, input), &direction);
        toy::check(input.as_slice().unwrap(), input_gradient.as_slice().unwrap(), |input| {
            along(&linear, &toy::shaped(input, 4))
        });
        toy::check(&linear.weight, &gradient.weight, |weight| {
            along(&Linear { weight: weight.to_vec(), ..linear.clone() }, &input)
        });
        toy::check(&linear.bias, &gradient.bias, |bias| {
            along(&Linear { bias: bias.to_vec(), ..linear.clone() }, &input)
        });
    }
}
