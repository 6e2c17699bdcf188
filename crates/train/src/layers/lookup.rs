//! Embeddings: the row of a unit in each table and the sum of the rows of its flags, concatenated.

use std::ops::Range;

use ndarray::Array2;

use crate::batch::Units;
use crate::dataset::Dataset;
use crate::large_table::is_large;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

/// Returns the columns of each table, and of the flags after them.
pub(crate) fn columns(shape: &Shape) -> Vec<Range<usize>> {
    let mut end = 0;
    let column = |width| {
        end += width;
        end - width..end
    };
    shape.tables.iter().map(|table| table.width).chain([shape.flags.width]).map(column).collect()
}

/// Returns the row of a unit in a table. `word` is its row in the first one, which dropout may have replaced.
pub(crate) fn row(data: &Dataset, source: usize, table: usize, word: u32) -> usize {
    if table == 0 { word as usize } else { data.rows(source)[table] as usize }
}

/// Returns the embedding of each unit. `words` has the units' rows in the first table.
pub(super) fn forward(
    shape: &Shape,
    parameters: &Parameters,
    data: &Dataset,
    units: &Units,
    words: &[u32],
) -> Array2<f32> {
    let columns = columns(shape);
    let (flag_columns, columns) = columns.split_last().expect("those of the flags at least");
    let mut looked_up = Array2::zeros((units.len(), shape.looked_up()));
    for ((mut output, &source), &word) in looked_up.rows_mut().into_iter().zip(&units.sources).zip(words) {
        let output = output.as_slice_mut().expect("rows in order");
        for (table, (values, columns)) in parameters.tables.iter().zip(columns).enumerate() {
            let start = row(data, source, table, word) * columns.len();
            output[columns.clone()].copy_from_slice(&values[start..][..columns.len()]);
        }
        for &flag in data.flags(source) {
            add(&mut output[flag_columns.clone()], &parameters.flags[usize::from(flag) * flag_columns.len()..]);
        }
    }
    looked_up
}

/// Adds to the gradient of the flags and of tables that are not large. The optimizer updates large tables itself, for it
/// needs the rows that were looked up alone.
pub(super) fn backward(
    shape: &Shape,
    data: &Dataset,
    units: &Units,
    words: &[u32],
    output_gradient: &Array2<f32>,
    gradient: &mut Parameters,
) {
    let columns = columns(shape);
    let (flag_columns, columns) = columns.split_last().expect("those of the flags at least");
    for ((slopes, &source), &word) in output_gradient.rows().into_iter().zip(&units.sources).zip(words) {
        let slopes = slopes.to_slice().expect("rows in order");
        for (table, columns) in columns.iter().enumerate().filter(|(table, _)| !is_large(shape.tables[*table])) {
            let start = row(data, source, table, word) * columns.len();
            add(&mut gradient.tables[table][start..][..columns.len()], &slopes[columns.clone()]);
        }
        for &flag in data.flags(source) {
            let start = usize::from(flag) * flag_columns.len();
            add(&mut gradient.flags[start..][..flag_columns.len()], &slopes[flag_columns.clone()]);
        }
    }
}

/// Returns the embedding of each unit, followed by the part it reads of its neighbours: `[x | x₋ | x₊]`, zeros beyond the
/// text.
pub(super) fn with_neighbours(shape: &Shape, looked_up: &Array2<f32>, texts: &[Range<usize>]) -> Array2<f32> {
    let (own, beside, inputs) = (shape.looked_up(), shape.seen_beside(), shape.inputs());
    let mut all = Array2::zeros((looked_up.nrows(), inputs));
    let rows = all.as_slice_mut().expect("rows in order");
    let looked_up = looked_up.as_slice().expect("rows in order");
    for (input, looked_up) in rows.chunks_exact_mut(inputs).zip(looked_up.chunks_exact(own)) {
        input[..own].copy_from_slice(looked_up);
    }
    for_each_pair(texts, |before, after| {
        let seen = |unit: usize| &looked_up[unit * own..][..beside];
        rows[after * inputs + own..][..beside].copy_from_slice(seen(before));
        rows[before * inputs + own + beside..][..beside].copy_from_slice(seen(after));
    });
    all
}

/// Returns the gradient of the embeddings, given that of the output of [`with_neighbours`].
pub(super) fn without_neighbours(shape: &Shape, all: &Array2<f32>, texts: &[Range<usize>]) -> Array2<f32> {
    let (own, beside, inputs) = (shape.looked_up(), shape.seen_beside(), shape.inputs());
    let mut looked_up = Array2::zeros((all.nrows(), own));
    let sums = looked_up.as_slice_mut().expect("rows in order");
    let all = all.as_slice().expect("rows in order");
    for (sum, input) in sums.chunks_exact_mut(own).zip(all.chunks_exact(inputs)) {
        sum.copy_from_slice(&input[..own]);
    }
    for_each_pair(texts, |before, after| {
        add(&mut sums[before * own..][..beside], &all[after * inputs + own..][..beside]);
        add(&mut sums[after * own..][..beside], &all[before * inputs + own + beside..][..beside]);
    });
    looked_up
}

/// Calls `see` with every unit of a text and the next one.
fn for_each_pair(texts: &[Range<usize>], mut see: impl FnMut(usize, usize)) {
    for text in texts {
        (text.start + 1..text.end).for_each(|after| see(after - 1, after));
    }
}

/// Adds `values` to `sums`.
pub(crate) fn add(sums: &mut [f32], values: &[f32]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}
