//! The networks that the recipe trains: the small one that becomes the model, and the large ones that label for it.

use gisa_model::features::{self, FLAGS, TABLES, Vocabulary};
use gisa_model::shape::{Layer, Shape, Table};

/// Widths of the tables' rows: surface, first and last tag, class, shape, place, then the hashed ones.
const SMALL_WIDTHS: [usize; TABLES] = [64, 12, 8, 8, 16, 8, 16, 16, 16, 16, 16, 16, 16, 16];
const LARGE_WIDTHS: [usize; TABLES] = [64, 12, 8, 8, 16, 8, 32, 32, 32, 32, 16, 32, 32, 32];

/// Width of the rows of the hints.
const HINT_WIDTH: usize = 48;

/// Returns the shape of the small network. It reads the surfaces of neighbouring units, which costs no more than the sum
/// of two further rows, and has no convolution.
pub(super) fn small(vocabulary: &Vocabulary, tags: usize) -> Shape {
    Shape {
        tables: features::tables(vocabulary, SMALL_WIDTHS),
        beside: 1,
        flags: Table { rows: FLAGS, width: 24 },
        width: 128,
        layers: vec![Layer::Gate, Layer::Gate],
        tags,
    }
}

/// Returns the shape of a teacher: the small network with wider tables.
pub(super) fn teacher(vocabulary: &Vocabulary, tags: usize) -> Shape {
    Shape { tables: features::tables(vocabulary, LARGE_WIDTHS), ..small(vocabulary, tags) }
}

/// Returns the shape of a corrector: a teacher with convolutions, and a further table for the tags of the hints.
pub(super) fn corrector(vocabulary: &Vocabulary, tags: usize, hint_tags: usize) -> Shape {
    let mut shape = teacher(vocabulary, tags);
    shape.layers = [Layer::Convolution, Layer::Gate].repeat(2);
    shape.beside = 0;
    shape.tables.push(Table { rows: hint_tags, width: HINT_WIDTH });
    shape
}
