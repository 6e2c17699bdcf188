//! The mean over the other occurrences of a unit's form in its text, times a matrix: `y = W · mean(x) + b`. Units whose
//! form occurs once have no output.

use ndarray::Array2;

use crate::layers::linear;
use gisa_model::parameters::Linear;

/// The activations that the backward pass needs.
pub(super) struct Kept {
    /// The mean of each occurrence, form by form.
    means: Array2<f32>,
}

/// Returns the output for each unit, given the occurrences of each form.
pub(super) fn forward(linear: &Linear, input: &Array2<f32>, occurrences: &[Vec<usize>]) -> (Array2<f32>, Kept) {
    let means = of_others(occurrences, input.ncols(), |_, place| input.row(place).to_slice().expect("rows in order"));
    let mut output = Array2::zeros((input.nrows(), linear.bias.len()));
    let changes = linear::forward(linear, &means);
    for (&place, change) in occurrences.iter().flatten().zip(changes.rows()) {
        output.row_mut(place).assign(&change);
    }
    (output, Kept { means })
}

/// Adds to the gradient of the matrix; returns that of the input. An occurrence is in the mean of each of the others.
pub(super) fn backward(
    linear: &Linear,
    kept: &Kept,
    output_gradient: &Array2<f32>,
    occurrences: &[Vec<usize>],
    gradient: &mut Linear,
) -> Array2<f32> {
    let mut changes = Array2::zeros((kept.means.nrows(), output_gradient.ncols()));
    for (mut change, &place) in changes.rows_mut().into_iter().zip(occurrences.iter().flatten()) {
        change.assign(&output_gradient.row(place));
    }
    let slopes = linear::backward(linear, &kept.means, &changes, gradient);
    let shares = of_others(occurrences, slopes.ncols(), |at, _| slopes.row(at).to_slice().expect("rows in order"));
    let mut input_gradient = Array2::zeros((output_gradient.nrows(), slopes.ncols()));
    for (&place, share) in occurrences.iter().flatten().zip(shares.rows()) {
        input_gradient.row_mut(place).assign(&share);
    }
    input_gradient
}

/// Returns for each occurrence, form by form, the mean of the rows of the others. `row` gets the number of an
/// occurrence and its place among the units.
#[allow(clippy::cast_precision_loss)] // occurrences are few
fn of_others<'r>(occurrences: &[Vec<usize>], width: usize, row: impl Fn(usize, usize) -> &'r [f32]) -> Array2<f32> {
    let mut means = Array2::zeros((occurrences.iter().map(Vec::len).sum(), width));
    let mut sum = vec![0.0; width];
    let mut first = 0;
    for places in occurrences {
        sum.fill(0.0);
        for (at, &place) in (first..).zip(places) {
            sum.iter_mut().zip(row(at, place)).for_each(|(sum, value)| *sum += value);
        }
        let share = 1.0 / (places.len() - 1) as f32;
        for (at, &place) in (first..).zip(places) {
            let mean = means.row_mut(at).into_slice().expect("rows in order");
            let others = sum.iter().zip(row(at, place)).map(|(sum, value)| (sum - value) * share);
            mean.iter_mut().zip(others).for_each(|(mean, other)| *mean = other);
        }
        first += places.len();
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn each_occurrence_reads_the_others() {
        let linear = Linear { weight: vec![1., 0., 0., 1.], bias: vec![0.5, 0.0] };
        let input = toy::shaped(&[1., 2., 9., 9., 3., 4., 5., 6.], 4);
        let (output, _) = forward(&linear, &input, &[vec![0, 2, 3]]);
        assert_eq!(output, toy::shaped(&[4.5, 5., 0., 0., 3.5, 4., 2.5, 3.], 4));
        assert_eq!(forward(&linear, &input, &[]).0, toy::shaped(&[0.0; 8], 4));
    }

    #[test]
    fn gradient_is_the_slope() {
        let occurrences = [vec![0, 3, 4], vec![1, 6]];
        let linear = Linear { weight: toy::numbers(12, 1), bias: toy::numbers(4, 2) };
        let input = toy::matrix(7, 3, 3);
        let direction = toy::matrix(7, 4, 4);
        let mut gradient = Linear { weight: vec![0.0; 12], bias: vec![0.0; 4] };
        let kept = forward(&linear, &input, &occurrences).1;
        let input_gradient = backward(&linear, &kept, &direction, &occurrences, &mut gradient);

        let along =
            |linear: &Linear, input: &Array2<f32>| toy::along(&forward(linear, input, &occurrences).0, &direction);
        toy::check(input.as_slice().unwrap(), input_gradient.as_slice().unwrap(), |input| {
            along(&linear, &toy::shaped(input, 7))
        });
        toy::check(&linear.weight, &gradient.weight, |weight| {
            along(&Linear { weight: weight.to_vec(), ..linear.clone() }, &input)
        });
        toy::check(&linear.bias, &gradient.bias, |bias| {
            along(&Linear { bias: bias.to_vec(), ..linear.clone() }, &input)
        });
    }
}
