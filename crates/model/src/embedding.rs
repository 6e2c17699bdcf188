//! The embedding of a unit: the sum of the rows that are looked up for it, each projected by the input matrix when the
//! model is opened.

#![allow(clippy::inline_always, reason = "what is not inlined is not compiled for the instructions of the machine")]

use std::borrow::Cow;

use crate::features::Features;
use crate::lanes::{Instructions, Lanes, Work};
use crate::parameters::Linear;
use crate::shape::STRIDE;
use crate::shape::Shape;

/// Greatest number of a quantized table.
const GREATEST: f32 = 127.0;

/// An int8-quantized table with one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The rows, as bytes from -127 to 127.
    pub numbers: Cow<'static, [u8]>,
    /// Width of a row.
    pub width: usize,
    /// Scale: the factor from stored numbers to the values of the table.
    pub scale: f32,
}

impl Rows {
    /// Quantizes a table.
    pub fn new(numbers: &[f32], width: usize) -> Rows {
        let greatest = numbers.iter().fold(0.0_f32, |greatest, number| greatest.max(number.abs()));
        let scale = greatest.max(f32::MIN_POSITIVE) / GREATEST;
        let numbers = numbers.iter().map(|number| ((number / scale).round() as i8).cast_unsigned()).collect();
        Rows { numbers, width, scale }
    }
}

/// The tables, projected by the input matrix.
///
/// A row of a table that neighbours read has three parts of the network's width: its contributions to the unit itself, to
/// the next unit and to the previous one; other rows have the first part alone.
#[derive(Debug)]
pub struct Embedding {
    width: usize,
    /// The projected rows of all tables, those of the flags at the end.
    numbers: Vec<[i8; STRIDE]>,
    /// Start of each table, and of the flags, in `numbers`.
    starts: Vec<usize>,
    /// Number of tables that the neighbours read.
    beside: usize,
    /// Scale of a sum of rows, and the bias that is added to the product.
    scale: f32,
    bias: Vec<[f32; STRIDE]>,
}

impl Embedding {
    /// Projects and quantizes every row of the tables. `greatest` is the greatest projected number, as
    /// [`greatest`](Self::greatest) computes it.
    pub fn new(shape: &Shape, tables: &[Rows], flags: &Rows, input: &Linear, greatest: f32) -> Embedding {
        let width = shape.width;
        let scale = greatest.max(f32::MIN_POSITIVE) / GREATEST;
        let mut numbers = Vec::with_capacity(Embedding::length(shape));
        let mut starts = Vec::with_capacity(tables.len() + 1);
        for (rows, parts) in parts(shape, tables, flags, input) {
            starts.push(numbers.len());
            let factors: Vec<f32> = parts.iter().map(|weight| weight * rows.scale / scale).collect();
            Instructions::detect().run(Fold { rows, factors: &factors, numbers: &mut numbers });
        }
        Embedding { width, numbers, starts, beside: shape.beside, scale, bias: input.bias.as_chunks().0.to_vec() }
    }

    /// Returns the length of `numbers` for a shape.
    fn length(shape: &Shape) -> usize {
        let parts = |table: usize| if table < shape.beside { 3 } else { 1 };
        let tables = shape.tables.iter().enumerate().map(|(table, of)| of.rows * parts(table));
        (tables.sum::<usize>() + shape.flags.rows) * shape.width / STRIDE
    }

    /// Returns the greatest absolute value in a projected row.
    pub fn greatest(shape: &Shape, tables: &[Rows], flags: &Rows, input: &Linear) -> f32 {
        let of_table = |(rows, parts): (&Rows, Vec<f32>)| {
            let outputs = parts.len() / rows.width.max(1);
            let mut sums = vec![0.0_f32; outputs];
            let mut greatest = 0.0_f32;
            for row in rows.numbers.chunks_exact(rows.width.max(1)) {
                sums.fill(0.0);
                for (byte, weights) in row.iter().zip(parts.chunks_exact(outputs)) {
                    let number = f32::from(byte.cast_signed());
                    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += number * weight);
                }
                greatest = sums.iter().fold(greatest, |greatest, sum| greatest.max(sum.abs()));
            }
            greatest * rows.scale
        };
        parts(shape, tables, flags, input).map(of_table).fold(0.0, f32::max)
    }

    /// Returns the width of the network.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Writes the embedding of each unit. `rows` is a buffer for the starts of a unit's rows.
    #[inline(always)]
    pub fn look_up<L: Lanes>(&self, features: &Features, rows: &mut Vec<usize>, out: &mut Vec<f32>, lanes: L) {
        out.resize(features.rows.len() * self.width, 0.0);
        for (unit, out) in out.chunks_exact_mut(self.width).enumerate() {
            self.find_rows(features, unit, rows);
            // As many sums at a time as registers hold beside the operands.
            let mut place = 0;
            while place + 4 <= self.bias.len() {
                self.sum_rows::<4, L>(rows, place, out, lanes);
                place += 4;
            }
            match self.bias.len() - place {
                3 => self.sum_rows::<3, L>(rows, place, out, lanes),
                2 => self.sum_rows::<2, L>(rows, place, out, lanes),
                1 => self.sum_rows::<1, L>(rows, place, out, lanes),
                _ => {}
            }
        }
    }

    /// Writes `P` chunks of the sum of some rows.
    #[inline(always)]
    fn sum_rows<const P: usize, L: Lanes>(&self, rows: &[usize], place: usize, out: &mut [f32], lanes: L) {
        let mut sums = [lanes.no_words(); P];
        for row in rows {
            let numbers = &self.numbers[row + place..][..P];
            for (sum, numbers) in sums.iter_mut().zip(numbers) {
                *sum = lanes.add_words(*sum, numbers);
            }
        }
        let scale = lanes.splat(self.scale);
        let bias = self.bias[place..place + P].as_flattened().as_chunks().0;
        let out = out[place * STRIDE..(place + P) * STRIDE].as_chunks_mut().0;
        let sums = sums.map(|sum| lanes.words(sum).map(f32::from));
        for ((out, sum), bias) in out.iter_mut().zip(sums.as_flattened().as_chunks().0).zip(bias) {
            *out = lanes.store(lanes.add(lanes.mul(lanes.load(sum), scale), lanes.load(bias)));
        }
    }

    /// Finds the starts of the rows of a unit: its own, those of its flags, and those it reads of its neighbours.
    #[inline(always)]
    fn find_rows(&self, features: &Features, unit: usize, found: &mut Vec<usize>) {
        let width = self.bias.len();
        let (seen, own) = self.starts[..self.starts.len() - 1].split_at(self.beside);
        let rows = &features.rows[unit];
        found.clear();
        found.extend(seen.iter().zip(rows).map(|(start, &row)| start + row as usize * 3 * width));
        found.extend(own.iter().zip(&rows[self.beside..]).map(|(start, &row)| start + row as usize * width));
        let flags = &features.flag_ranges[unit];
        let start = self.starts[self.starts.len() - 1];
        let flags = &features.flags[flags.start as usize..flags.end as usize];
        found.extend(flags.iter().map(|&flag| start + usize::from(flag) * width));
        if let Some(before) = unit.checked_sub(1) {
            let rows = seen.iter().zip(&features.rows[before]);
            found.extend(rows.map(|(start, &row)| start + (row as usize * 3 + 1) * width));
        }
        if let Some(after) = features.rows.get(unit + 1) {
            found.extend(seen.iter().zip(after).map(|(start, &row)| start + (row as usize * 3 + 2) * width));
        }
    }
}

/// Returns each table, the flags last, with its columns of the input matrix: for each number of a row its weights in each
/// part.
fn parts<'p>(
    shape: &'p Shape,
    tables: &'p [Rows],
    flags: &'p Rows,
    input: &'p Linear,
) -> impl Iterator<Item = (&'p Rows, Vec<f32>)> {
    let mut column = 0;
    tables.iter().chain([flags]).enumerate().map(move |(table, rows)| {
        let first = column;
        column += rows.width;
        let own = shape.looked_up();
        let before = own + first;
        let after = own + shape.seen_beside() + first;
        let firsts = [first, before, after];
        let firsts = if table < shape.beside { &firsts[..] } else { &firsts[..1] };
        let inputs = shape.inputs();
        let mut parts = Vec::with_capacity(rows.width * firsts.len() * shape.width);
        for number in 0..rows.width {
            for first in firsts {
                parts.extend((0..shape.width).map(|output| input.weight[output * inputs + first + number]));
            }
        }
        (rows, parts)
    })
}

/// Projection of the rows of a table.
struct Fold<'f> {
    rows: &'f Rows,
    /// For each number of a row its weight in each output.
    factors: &'f [f32],
    numbers: &'f mut Vec<[i8; STRIDE]>,
}

impl Work for Fold<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        let Fold { rows, factors, numbers } = self;
        let places = factors.len() / rows.width.max(1) / STRIDE;
        let factors = factors.as_chunks().0;
        for row in rows.numbers.chunks_exact(rows.width.max(1)) {
            // As many sums at a time as registers hold, so that none waits for another.
            let mut place = 0;
            while place + 4 <= places {
                fold::<4, L>(row, &factors[place..], places, numbers, lanes);
                place += 4;
            }
            while place < places {
                fold::<1, L>(row, &factors[place..], places, numbers, lanes);
                place += 1;
            }
        }
    }
}

/// Appends `P` chunks of a projected row. The factors of each of its numbers are `places` chunks apart.
#[inline(always)]
fn fold<const P: usize, L: Lanes>(
    row: &[u8],
    factors: &[[f32; STRIDE]],
    places: usize,
    numbers: &mut Vec<[i8; STRIDE]>,
    lanes: L,
) {
    let mut sums = [[lanes.splat(0.0); 2]; P];
    for (byte, factors) in row.iter().zip(factors.chunks(places)) {
        let number = lanes.splat(f32::from(byte.cast_signed()));
        for (sums, factors) in sums.iter_mut().zip(&factors[..P]) {
            for (sum, factors) in sums.iter_mut().zip(factors.as_chunks().0) {
                *sum = lanes.add(*sum, lanes.mul(number, lanes.load(factors)));
            }
        }
    }
    for sums in sums {
        let rounded = sums.map(|sum| lanes.rounded(sum));
        numbers.extend_from_slice(rounded.as_flattened().as_chunks().0);
    }
}
