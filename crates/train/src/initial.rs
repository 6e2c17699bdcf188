//! The initial parameters of training.

use crate::random::Random;
use gisa_model::parameters::{Linear, Parameters};
use gisa_model::shape::Shape;

/// Standard deviation of the numbers of tables.
const TABLE_DEVIATION: f32 = 0.1;

/// Draws initial parameters: tables from a normal distribution, matrices from a uniform one within `1 / √columns` (LeCun et al. 1998, "Efficient backprop", 4.6),
/// and transitions of zero.
pub(crate) fn initial(shape: &Shape, seed: u64) -> Parameters {
    let mut parameters = Parameters::zeros(shape);
    // Streams from the far end, for those from the near end are the steps of training.
    let mut streams = (0..u64::MAX).rev().map(|stream| Random::new(seed, stream));
    let mut stream = || streams.next().expect("more streams than arrays");
    for table in &mut parameters.tables {
        let mut random = stream();
        for value in table {
            *value = TABLE_DEVIATION * random.normal();
        }
    }
    fill(&mut parameters.flags, shape.flags.rows, &mut stream());
    fill_linear(&mut parameters.input, shape.inputs(), &mut stream());
    for (kind, linear) in shape.layers.iter().zip(&mut parameters.layers) {
        fill_linear(linear, kind.matrix(shape.width).1, &mut stream());
    }
    fill_linear(&mut parameters.output, shape.width, &mut stream());
    parameters
}

fn fill_linear(linear: &mut Linear, columns: usize, random: &mut Random) {
    fill(&mut linear.weight, columns, random);
    fill(&mut linear.bias, columns, random);
}

#[allow(clippy::cast_precision_loss)] // columns are few
fn fill(values: &mut [f32], columns: usize, random: &mut Random) {
    let bound = (columns.max(1) as f32).sqrt().recip();
    for value in values {
        *value = random.within(bound);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn same_for_a_seed() {
        let shape = toy::shape();
        assert_eq!(shape.width, 8);
        assert_eq!(initial(&shape, 1), initial(&shape, 1));
        assert_ne!(initial(&shape, 1), initial(&shape, 2));
        let parameters = initial(&shape, 1);
        assert!(parameters.output.weight.iter().all(|weight| weight.abs() <= 8f32.sqrt().recip()));
        assert_ne!(parameters.tables[0][..4], parameters.tables[1][..4]);
    }
}
