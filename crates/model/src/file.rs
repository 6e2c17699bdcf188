//! Model files: a header, which describes the model and its training, and the parameters.
//!
//! ```text
//! "GISAMODL"                    8 bytes
//! version, length of the header 2 numbers of 32 bits
//! the header                    JSON: labels, shape, training, licence, digest of lists and features
//! fingerprints of surfaces      64 bits each
//! tables, then the flags        for each the scale (f32), then bytes from -127 to 127
//! greatest                      f32, the greatest number of a row after the input matrix (`Embedding::greatest`)
//! all other parameters          f32, in the order of `Parameters::arrays`
//! SHA-256 of all before it      32 bytes
//! ```
//!
//! Numbers are little endian. The tables stay where the file's bytes are, so a model that is built into a program is not
//! copied.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::embedding::{Embedding, Rows};
use crate::error::ModelError;
use crate::features::{self, FLAGS, TABLES, Vocabulary};
use crate::parameters::Parameters;
use crate::shape::STRIDE;
use crate::shape::{Layer, Shape, Table};
use crate::tags::{MOST_LABELS, Tags};

const MAGIC: &[u8; 8] = b"GISAMODL";

/// Version of the layout of the file and the meaning of the features; raised when either changes.
const VERSION: u32 = 4;

const HASH_BYTES: usize = 32;

/// The description of a model: the part of its file that people read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Name of the model: `fast`, or the trainer's own name.
    pub name: String,
    /// The labels, in the order of their tags.
    pub labels: Vec<String>,
    /// Number of surfaces with a row of their own.
    pub surfaces: usize,
    /// Width of the rows of each table.
    pub table_widths: Vec<usize>,
    /// Width of the flags' rows.
    pub flag_width: usize,
    /// Number of tables, from the first on, that are also looked up for the neighbours of a unit.
    pub tables_beside: usize,
    /// Width of the network.
    pub width: usize,
    /// The layers: `gate` or `convolution`.
    pub layers: Vec<String>,
    /// Temperature: scores are divided by it before probabilities are computed, so that confidences equal the share of
    /// correct mentions.
    pub temperature: f32,
    /// Sources and options of the training, one a line.
    pub training: Vec<String>,
    /// Licence of the model.
    pub licence: String,
    /// Digest of the word lists and feature settings it was trained with ([`features::digest`]).
    pub inputs: String,
}

/// The parsed contents of a model file.
#[derive(Debug)]
pub struct ModelFile {
    /// The description of the model.
    pub header: Header,
    /// The shape that the header describes.
    pub shape: Shape,
    /// The surfaces with a row of their own.
    pub vocabulary: Vocabulary,
    /// The quantized rows of each table.
    pub tables: Vec<Rows>,
    /// The quantized rows of the flags.
    pub flags: Rows,
    /// The greatest absolute value in a projected row ([`Embedding::greatest`]).
    pub greatest: f32,
    /// All other parameters; `tables` and `flags` are empty.
    pub parameters: Parameters,
}

impl Header {
    /// Returns the shape that the header describes.
    fn shape(&self, vocabulary: &Vocabulary) -> Result<Shape, ModelError> {
        let widths: [usize; TABLES] =
            self.table_widths.clone().try_into().map_err(|widths: Vec<usize>| {
                header_error(format!("expected {TABLES} tables, found {}", widths.len()))
            })?;
        let layers = self.layers.iter().map(|layer| parse_layer(layer)).collect::<Result<_, _>>()?;
        if self.width == 0 || !self.width.is_multiple_of(STRIDE) || self.width > 4096 || self.labels.len() > MOST_LABELS
        {
            let (width, labels) = (self.width, self.labels.len());
            return Err(header_error(format!("a network of width {width} for {labels} labels cannot be")));
        }
        if self.tables_beside > TABLES {
            return Err(header_error(format!("expected at most {TABLES} tables beside, found {}", self.tables_beside)));
        }
        Ok(Shape {
            tables: features::tables(vocabulary, widths),
            beside: self.tables_beside,
            flags: Table { rows: FLAGS, width: self.flag_width },
            width: self.width,
            layers,
            tags: Tags::new(self.labels.len()).count(),
        })
    }
}

fn header_error(message: String) -> ModelError {
    ModelError::Header(message)
}

fn parse_layer(text: &str) -> Result<Layer, ModelError> {
    match text {
        "gate" => Ok(Layer::Gate),
        "convolution" => Ok(Layer::Convolution),
        _ => Err(header_error(format!("unknown layer {text:?}"))),
    }
}

/// Returns the name of a layer in [`Header::layers`].
pub fn layer_name(layer: Layer) -> String {
    match layer {
        Layer::Gate => "gate".to_owned(),
        Layer::Convolution => "convolution".to_owned(),
    }
}

/// Returns the bytes of a model file.
///
/// # Panics
///
/// Never: every header can be written as JSON.
pub fn write(header: &Header, shape: &Shape, vocabulary: &Vocabulary, parameters: &Parameters) -> Vec<u8> {
    let text = serde_json::to_vec_pretty(header).expect("strings and numbers are JSON");
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text);
    bytes.extend(vocabulary.fingerprints().iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
    let tables = parameters.tables.iter().zip(shape.tables.iter().map(|table| table.width));
    let tables = tables.chain([(&parameters.flags, shape.flags.width)]);
    let tables: Vec<Rows> = tables.map(|(numbers, width)| Rows::new(numbers, width)).collect();
    for rows in &tables {
        bytes.extend(rows.scale.to_le_bytes());
        bytes.extend_from_slice(&rows.numbers);
    }
    if let Some((flags, tables)) = tables.split_last() {
        bytes.extend(Embedding::greatest(shape, tables, flags, &parameters.input).to_le_bytes());
    }
    for array in &parameters.arrays()[parameters.tables.len() + 1..] {
        bytes.extend(array.iter().flat_map(|number| number.to_le_bytes()));
    }
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// Parses a model file.
///
/// # Errors
///
/// When the bytes are no model file, are truncated or altered, or describe an impossible network.
pub fn read(bytes: Cow<'static, [u8]>) -> Result<ModelFile, ModelError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ModelError::NoModel);
    }
    if bytes.len() < MAGIC.len() + 8 + HASH_BYTES {
        return Err(ModelError::Damaged(format!("it has {} bytes", bytes.len())));
    }
    let mut reader = Reader { bytes, at: MAGIC.len() };
    let version = u32::from_le_bytes(reader.array()?);
    if version != VERSION {
        return Err(ModelError::Version { expected: VERSION, found: version });
    }
    reader.check_hash()?;
    let length = u32::from_le_bytes(reader.array()?) as usize;
    let header: Header =
        serde_json::from_slice(reader.take(length)?).map_err(|error| header_error(error.to_string()))?;
    let fingerprints = reader.take(8 * header.surfaces)?.as_chunks().0.iter().map(|&bytes| u64::from_le_bytes(bytes));
    let vocabulary = Vocabulary::new(fingerprints.collect());
    let shape = header.shape(&vocabulary)?;
    let mut rows =
        shape.tables.iter().chain([&shape.flags]).map(|table| reader.rows(*table)).collect::<Result<Vec<_>, _>>()?;
    let flags = rows.pop().ok_or_else(|| header_error("expected flags, found none".to_owned()))?;
    let greatest = f32::from_le_bytes(reader.array()?);
    let mut parameters = Parameters::zeros(&Shape {
        tables: shape.tables.iter().map(|table| Table { rows: 0, ..*table }).collect(),
        flags: Table { rows: 0, ..shape.flags },
        ..shape.clone()
    });
    for array in parameters.arrays_mut() {
        reader.fill(array)?;
    }
    match reader.rest() {
        0 => Ok(ModelFile { header, shape, vocabulary, tables: rows, flags, greatest, parameters }),
        rest => Err(ModelError::Damaged(format!("expected its end, found {rest} more bytes"))),
    }
}

/// Reads the bytes of a file in order, up to its hash.
struct Reader {
    bytes: Cow<'static, [u8]>,
    at: usize,
}

impl Reader {
    fn end() -> ModelError {
        ModelError::Damaged("it ends too early".to_owned())
    }

    /// Compares the contents with the hash at the end.
    fn check_hash(&self) -> Result<(), ModelError> {
        let (contents, hash) = self.bytes.split_last_chunk::<HASH_BYTES>().ok_or_else(Reader::end)?;
        if Sha256::digest(contents)[..] == hash[..] {
            Ok(())
        } else {
            Err(ModelError::Damaged("its contents and its checksum do not agree".to_owned()))
        }
    }

    fn rest(&self) -> usize {
        self.bytes.len().saturating_sub(self.at + HASH_BYTES)
    }

    fn range(&mut self, length: usize) -> Result<std::ops::Range<usize>, ModelError> {
        if length > self.rest() {
            return Err(ModelError::Damaged(format!("expected {length} more bytes, found {}", self.rest())));
        }
        self.at += length;
        Ok(self.at - length..self.at)
    }

    fn take(&mut self, length: usize) -> Result<&[u8], ModelError> {
        let range = self.range(length)?;
        Ok(&self.bytes[range])
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)?.try_into().map_err(|_| Reader::end())
    }

    /// Reads a table; it borrows the bytes of a file that is built into the program, and copies others.
    fn rows(&mut self, table: Table) -> Result<Rows, ModelError> {
        let scale = f32::from_le_bytes(self.array()?);
        let range = self.range(table.rows * table.width)?;
        let numbers = match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range]),
            Cow::Owned(bytes) => Cow::Owned(bytes[range].to_vec()),
        };
        Ok(Rows { numbers, width: table.width, scale })
    }

    fn fill(&mut self, array: &mut [f32]) -> Result<(), ModelError> {
        let bytes = self.take(4 * array.len())?;
        for (number, bytes) in array.iter_mut().zip(bytes.as_chunks().0) {
            *number = f32::from_le_bytes(*bytes);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<u8> {
        let vocabulary = Vocabulary::new(vec![7, 9]);
        let header = Header {
            name: "test".to_owned(),
            labels: vec!["PS".to_owned(), "LC".to_owned()],
            surfaces: 2,
            table_widths: vec![2; TABLES],
            flag_width: 2,
            tables_beside: 3,
            width: 32,
            layers: vec!["convolution".to_owned(), "gate".to_owned()],
            temperature: 1.5,
            training: vec!["nothing".to_owned()],
            licence: "none".to_owned(),
            inputs: "0".to_owned(),
        };
        let shape = header.shape(&vocabulary).unwrap();
        let mut parameters = Parameters::zeros(&shape);
        for (seed, array) in parameters.arrays_mut().into_iter().enumerate() {
            for (place, number) in array.iter_mut().enumerate() {
                *number = ((place * 31 + seed) % 17) as f32 - 8.0;
            }
        }
        write(&header, &shape, &vocabulary, &parameters)
    }

    fn refused(bytes: Vec<u8>) -> String {
        read(Cow::Owned(bytes)).expect_err("refused").to_string()
    }

    #[test]
    fn a_model_reads_back() {
        let bytes = example();
        let file = read(Cow::Owned(bytes.clone())).unwrap();
        assert_eq!((file.header.name.as_str(), file.shape.tags, file.tables.len()), ("test", 9, TABLES));
        assert_eq!(file.vocabulary.fingerprints(), [7, 9]);
        let header = file.header.clone();
        let dequantised = |rows: &Rows| -> Vec<f32> {
            rows.numbers.iter().map(|&byte| f32::from(byte.cast_signed()) * rows.scale).collect()
        };
        let tables = file.tables.iter().map(dequantised).collect();
        let parameters = Parameters { tables, flags: dequantised(&file.flags), ..file.parameters };
        assert!(write(&header, &file.shape, &file.vocabulary, &parameters) == bytes);
    }

    #[test]
    fn layers_by_name() {
        for layer in [Layer::Gate, Layer::Convolution] {
            assert_eq!(parse_layer(&layer_name(layer)).unwrap(), layer);
        }
        assert!(parse_layer("attention").unwrap_err().to_string().contains(r#"unknown layer "attention""#));
    }

    #[test]
    fn damaged_models_are_refused() {
        let bytes = example();
        let mut newer = bytes.clone();
        newer[8] = 9;
        assert_eq!(refused(newer), "expected a model of version 4, found 9; a newer gisa reads it");
        let mut altered = bytes.clone();
        altered[bytes.len() / 2] ^= 1;
        assert!(refused(altered).contains("checksum"));
        for length in [0, 7, 20, 40, 60, bytes.len() / 2, bytes.len() - 1] {
            let message = refused(bytes[..length].to_vec());
            assert!(message.contains("cut") || message.contains("begins with"), "{length}: {message}");
        }
        assert!(
            refused(b"PK zip and so on, long enough to hold a header and a checksum".to_vec()).contains("begins with")
        );
        assert!(refused([bytes, vec![0]].concat()).contains("checksum"));
    }
}
