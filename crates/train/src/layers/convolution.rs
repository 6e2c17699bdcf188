//! A convolution over three units of a sentence: `relu(W · [x₋ | x | x₊] + b)`, zeros beyond it.

use std::ops::Range;

use ndarray::Array2;

use crate::layers::linear;
use gisa_model::parameters::Linear;

/// The activations that the backward pass needs.
pub(super) struct Kept {
    /// `[x₋ | x | x₊]` of each unit.
    windows: Array2<f32>,
    output: Array2<f32>,
}

/// Returns the output for each unit.
pub(super) fn forward(linear: &Linear, input: &Array2<f32>, texts: &[Range<usize>]) -> (Array2<f32>, Kept) {
    let windows = windows(input, texts);
    let mut output = linear::forward(linear, &windows);
    output.mapv_inplace(|value| value.max(0.0));
    (output.clone(), Kept { windows, output })
}

/// Adds to the gradient of the matrix; returns that of the input.
pub(super) fn backward(
    linear: &Linear,
    kept: &Kept,
    mut output_gradient: Array2<f32>,
    texts: &[Range<usize>],
    gradient: &mut Linear,
) -> Array2<f32> {
    output_gradient.zip_mut_with(&kept.output, |slope, &output| *slope = if output > 0.0 { *slope } else { 0.0 });
    let windows = linear::backward(linear, &kept.windows, &output_gradient, gradient);
    gather(&windows, texts)
}

/// Returns each unit with its neighbours.
fn windows(input: &Array2<f32>, texts: &[Range<usize>]) -> Array2<f32> {
    let width = input.ncols();
    let input = input.as_slice().expect("rows in order");
    let mut windows = Array2::zeros((input.len() / width, 3 * width));
    let rows = windows.as_slice_mut().expect("rows in order");
    for_each_neighbour(texts, |unit, place, neighbour| {
        let window = &mut rows[(3 * unit + place) * width..][..width];
        window.copy_from_slice(&input[neighbour * width..][..width]);
    });
    windows
}

/// Returns for each unit the sum over the windows it is in: the transpose of [`windows`].
fn gather(windows: &Array2<f32>, texts: &[Range<usize>]) -> Array2<f32> {
    let width = windows.ncols() / 3;
    let mut sums = Array2::zeros((windows.nrows(), width));
    let windows = windows.as_slice().expect("rows in order");
    let rows = sums.as_slice_mut().expect("rows in order");
    for_each_neighbour(texts, |unit, place, neighbour| {
        let window = &windows[(3 * unit + place) * width..][..width];
        rows[neighbour * width..][..width].iter_mut().zip(window).for_each(|(sum, value)| *sum += value);
    });
    sums
}

/// Calls `see` for each unit of each window: the unit the window is for, the position in the window, and the unit there.
fn for_each_neighbour(texts: &[Range<usize>], mut see: impl FnMut(usize, usize, usize)) {
    for text in texts {
        for unit in text.clone() {
            for place in 0..3 {
                // Windows do not reach beyond the text.
                let neighbour = (unit + place).checked_sub(1);
                if let Some(neighbour) = neighbour.filter(|neighbour| text.contains(neighbour)) {
                    see(unit, place, neighbour);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn sees_nothing_beyond_the_sentence() {
        let input = toy::shaped(&[1.0, 2.0, 3.0, 4.0], 4);
        let windows = windows(&input, &[0..3, 3..4]);
        assert_eq!(windows.as_slice().unwrap(), [0., 1., 2., 1., 2., 3., 2., 3., 0., 0., 4., 0.]);
    }

    #[test]
    fn gradient_is_the_slope() {
        let sentences = [0..4, 4..5, 5..7];
        let linear = Linear { weight: toy::numbers(36, 1), bias: toy::numbers(4, 2) };
        let input = toy::matrix(7, 3, 3);
        let direction = toy::matrix(7, 4, 4);
        let mut gradient = Linear { weight: vec![0.0; 36], bias: vec![0.0; 4] };
        let kept = forward(&linear, &input, &sentences).1;
        let input_gradient = backward(&linear, &kept, direction.clone(), &sentences, &mut gradient);

        let along =
            |linear: &Linear, input: &Array2<f32>| toy::along(&forward(linear, input, &sentences).0, &direction);
        toy::check(input.as_slice().unwrap(), input_gradient.as_slice().unwrap(), |input| {
            along(&linear, &toy::shaped(input, 7))
        });
        toy::check(&linear.weight, &gradient.weight, |weight| {
            along(&Linear { weight: weight.to_vec(), ..linear.clone() }, &input)
        });
    }
}
