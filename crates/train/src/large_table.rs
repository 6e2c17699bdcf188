//! Large tables: those whose rows are trained one by one.

use gisa_model::shape::Table;

/// Least number of rows of a large table: such tables are updated row by row, without weight decay, and dropped out by the
/// row.
pub(crate) const LARGE: usize = 1000;

/// Returns whether a table is updated row by row.
pub(crate) fn is_large(table: Table) -> bool {
    table.rows >= LARGE
}
