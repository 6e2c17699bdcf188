//! The connection matrix: the cost of one word following another, by the right context of the first and the left context
//! of the second.

use std::collections::HashMap;
use std::io::{self, Write};

/// A table of costs, one for each right context of a word and each left context of the word after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matrix {
    rights: usize,
    lefts: usize,
    /// The cost of (right, left) at `right + rights * left`.
    costs: Vec<i16>,
}

/// New ids for contexts: `left[old]` and `right[old]`.
pub(crate) struct Renumbering {
    pub left: Vec<u16>,
    pub right: Vec<u16>,
}

impl Matrix {
    /// Creates a matrix of `rights` times `lefts` costs, the right contexts varying fastest; none when the number of costs
    /// differs or there are no contexts.
    pub fn new(rights: usize, lefts: usize, costs: Vec<i16>) -> Option<Matrix> {
        let fits = rights > 0 && lefts > 0 && rights.checked_mul(lefts) == Some(costs.len());
        fits.then_some(Matrix { rights, lefts, costs })
    }

    /// Reads the text of a `matrix.def`: the two sizes, then a line `right left cost` for each pair.
    ///
    /// # Errors
    ///
    /// The number of the line, counted from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Matrix, (usize, String)> {
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let (header, _) = lines.next().ok_or((1, "expected the two sizes, found nothing".to_owned()))?;
        let [rights, lefts] =
            numbers::<u16, 2>(header).ok_or_else(|| (1, format!("expected two sizes, found {header:?}")))?;
        let (rights, lefts) = (usize::from(rights), usize::from(lefts));
        let mut costs = vec![None; rights * lefts];
        for (line, number) in lines {
            let [right, left, cost] = numbers::<i32, 3>(line).ok_or_else(|| {
                (number, format!("expected a right context, a left context and a cost, found {line:?}"))
            })?;
            let cell = usize::try_from(right)
                .ok()
                .zip(usize::try_from(left).ok())
                .filter(|&(right, left)| right < rights && left < lefts)
                .and_then(|(right, left)| costs.get_mut(right + rights * left))
                .ok_or_else(|| (number, format!("expected contexts below {rights} and {lefts}, found {line:?}")))?;
            *cell = Some(i16::try_from(cost).map_err(|_| (number, format!("the cost {cost} is out of range")))?);
        }
        let found = costs.iter().flatten().count();
        if found != costs.len() || found == 0 {
            return Err((1, format!("expected {} costs ({rights} × {lefts}), found {found}", costs.len())));
        }
        Ok(Matrix { rights, lefts, costs: costs.into_iter().flatten().collect() })
    }

    /// Returns the number of right contexts: the ids of a word for the word after it.
    pub fn rights(&self) -> usize {
        self.rights
    }

    /// Returns the number of left contexts: the ids of a word for the word before it.
    pub fn lefts(&self) -> usize {
        self.lefts
    }

    /// Merges contexts whose costs are all equal into one id.
    ///
    /// The analyses stay the same, and the table shrinks: by two thirds for mecab-ko-dic, which then stays in the
    /// processor's cache. Id 0, the beginning and end of a sentence, stays 0.
    pub fn merge_equal_contexts(&mut self) -> Renumbering {
        let left = self.merge_equal_rows();
        self.transpose();
        let right = self.merge_equal_rows();
        self.transpose();
        Renumbering { left, right }
    }

    /// Keeps the first of equal rows (one for each left context) and returns the new row of each.
    fn merge_equal_rows(&mut self) -> Vec<u16> {
        let mut merged = Vec::new();
        let mut ids = Vec::with_capacity(self.lefts);
        let mut seen = HashMap::new();
        for row in self.costs.chunks_exact(self.rights) {
            let next = seen.len() as u16;
            let id = *seen.entry(row).or_insert(next);
            if id == next {
                merged.extend_from_slice(row);
            }
            ids.push(id);
        }
        self.lefts = seen.len();
        self.costs = merged;
        ids
    }

    fn transpose(&mut self) {
        let columns = (0..self.rights).flat_map(|right| self.costs.iter().skip(right).step_by(self.rights));
        self.costs = columns.copied().collect();
        (self.rights, self.lefts) = (self.lefts, self.rights);
    }

    /// Writes the text of a `matrix.def`.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{} {}", self.rights, self.lefts)?;
        let mut line = Vec::with_capacity(24);
        for (left, row) in self.costs.chunks_exact(self.rights).enumerate() {
            for (right, &cost) in row.iter().enumerate() {
                line.clear();
                push_number(&mut line, right);
                line.push(b' ');
                push_number(&mut line, left);
                line.push(b' ');
                if cost < 0 {
                    line.push(b'-');
                }
                push_number(&mut line, usize::from(cost.unsigned_abs()));
                line.push(b'\n');
                out.write_all(&line)?;
            }
        }
        Ok(())
    }

    #[cfg(test)]
    pub fn cost(&self, right: usize, left: usize) -> i16 {
        self.costs[right + self.rights * left]
    }
}

/// Parses the numbers of a line, if there are exactly `N`.
fn numbers<T: std::str::FromStr, const N: usize>(line: &str) -> Option<[T; N]> {
    let numbers: Option<Vec<T>> = line.split_ascii_whitespace().map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// Appends a number in decimal. The table has millions of lines, for which `write!` takes several seconds.
fn push_number(line: &mut Vec<u8>, mut number: usize) {
    let start = line.len();
    loop {
        line.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    line[start..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "3 2\n0 0 5\n1 0 -10\n2 0 5\n0 1 32767\n1 1 -32768\n2 1 32767\n";

    #[test]
    fn the_text_reads_back() {
        let matrix = Matrix::parse(TEXT).unwrap();
        assert_eq!((matrix.rights(), matrix.lefts()), (3, 2));
        assert_eq!((matrix.cost(1, 0), matrix.cost(1, 1), matrix.cost(2, 1)), (-10, -32768, 32767));
        let mut out = Vec::new();
        matrix.write(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), TEXT);
    }

    #[test]
    fn merging_keeps_every_cost() {
        let matrix = Matrix::parse(TEXT).unwrap();
        let mut merged = matrix.clone();
        let ids = merged.merge_equal_contexts();
        assert_eq!((merged.rights(), merged.lefts()), (2, 2), "right contexts 0 and 2 cost the same");
        assert_eq!(ids.right, [0, 1, 0]);
        assert_eq!(ids.left, [0, 1]);
        for right in 0..3 {
            for left in 0..2 {
                let merged_cost = merged.cost(ids.right[right].into(), ids.left[left].into());
                assert_eq!(merged_cost, matrix.cost(right, left));
            }
        }
    }

    #[test]
    fn wrong_lines_are_named() {
        let cases = [
            ("", 1, "found nothing"),
            ("3\n", 1, "expected two sizes"),
            ("1 1\n0 0\n", 2, "expected a right context"),
            ("1 1\n\n0 1 5\n", 3, "expected contexts below 1 and 1"),
            ("1 1\n0 0 40000\n", 2, "out of range"),
            ("2 1\n0 0 4\n", 1, "expected 2 costs (2 × 1), found 1"),
            ("0 0\n", 1, "expected 0 costs"),
        ];
        for (text, line, message) in cases {
            let (found_line, cause) = Matrix::parse(text).unwrap_err();
            assert_eq!(found_line, line, "{text:?}");
            assert!(cause.contains(message), "{text:?}: {cause}");
        }
    }
}
