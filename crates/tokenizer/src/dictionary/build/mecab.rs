//! Decompiling a dictionary that MeCab compiled: `sys.dic`, `unk.dic`, `matrix.bin` and `char.bin` back to words, costs
//! and character classes.
//!
//! All numbers are little endian. Every size and every index is checked, so a truncated or altered file is refused with
//! what was expected and what was found; nothing here panics on any input.

use std::path::{Path, PathBuf};

use crate::dictionary::build::lexicon::{Entry, FEATURES, Lexicon};
use crate::dictionary::build::matrix::Matrix;
use crate::error::Error;

mod characters;

/// The files of a compiled dictionary.
pub(crate) const FILES: [&str; 4] = ["sys.dic", "unk.dic", "matrix.bin", "char.bin"];

/// A compiled dictionary: its folder or archive, and its files.
pub(crate) struct Compiled {
    /// The folder or archive, for messages.
    pub folder: PathBuf,
    /// The bytes of each of [`FILES`], in that order.
    pub files: [Vec<u8>; 4],
}

/// The words that a `.dic` file is for, by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DictionaryType {
    System = 0,
    Unknown = 2,
}

const MAGIC: u32 = 0xef71_8f77;
const VERSION: u32 = 102;
const HEADER_BYTES: usize = 10 * 4 + CHARSET_BYTES;
const CHARSET_BYTES: usize = 32;
const UNIT_BYTES: usize = 8;
const TOKEN_BYTES: usize = 16;

/// Reads all four files.
///
/// # Errors
///
/// When a file is truncated, altered or of another version, and when the files do not belong together; the message names
/// the file.
pub(crate) fn decompile(compiled: &Compiled) -> Result<Lexicon, Error> {
    let [system, unknown, matrix, characters] = &compiled.files;
    let path = |i: usize| compiled.folder.join(FILES[i]);
    let matrix = read_matrix(&path(2), matrix)?;
    Ok(Lexicon {
        words: read_words(&path(0), system, DictionaryType::System, &matrix)?,
        unknown: read_words(&path(1), unknown, DictionaryType::Unknown, &matrix)?,
        characters: characters::read(&path(3), characters)?,
        matrix,
    })
}

/// The three parts of a `.dic` file after its header.
struct Parts<'a> {
    units: Vec<(i32, u32)>,
    tokens: &'a [u8],
    features: &'a [u8],
}

fn read_words(path: &Path, bytes: &[u8], kind: DictionaryType, matrix: &Matrix) -> Result<Vec<Entry>, Error> {
    let parts = read_header(path, bytes, kind, matrix)?;
    let count = parts.tokens.len() / TOKEN_BYTES;
    let mut words = Vec::with_capacity(count);
    for (surface, first, tokens) in surfaces(path, &parts.units)? {
        for token in first..first + tokens {
            let token = token_at(&parts, token).ok_or_else(|| {
                Error::malformed(path, format!("{surface:?} points past the {count} words of the file"))
            })?;
            words.push(read_word(path, &surface, token, &parts, matrix)?);
        }
    }
    if words.len() != count {
        let cause = format!("expected {count} words, found {} in the index; {ALTERED}", words.len());
        return Err(Error::malformed(path, cause));
    }
    Ok(words)
}

/// What to do about a damaged file.
const ALTERED: &str = "the file is altered or cut: get it again";

fn read_header<'a>(path: &Path, bytes: &'a [u8], kind: DictionaryType, matrix: &Matrix) -> Result<Parts<'a>, Error> {
    let cut = |wanted: usize| {
        Error::malformed(path, format!("expected {wanted} bytes at least, found {}; {ALTERED}", bytes.len()))
    };
    let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or_else(|| cut(HEADER_BYTES))?;
    let numbers: Vec<u32> = header[..40].chunks_exact(4).map(|bytes| u32_of(bytes, 0)).collect();
    let expect = |what: &str, expected: u64, found: u64| {
        if expected == found {
            return Ok(());
        }
        Err(Error::malformed(path, format!("expected {what} {expected}, found {found}; {ALTERED}")))
    };
    expect("a file size of", u64::from(numbers[0] ^ MAGIC), bytes.len() as u64)?;
    expect("MeCab dictionary version", u64::from(VERSION), u64::from(numbers[1]))?;
    expect("dictionary type", kind as u64, u64::from(numbers[2]))?;
    let charset = String::from_utf8_lossy(&header[40..]);
    let charset = charset.trim_end_matches('\0');
    if !matches!(charset.to_ascii_lowercase().as_str(), "utf-8" | "utf8") {
        return Err(Error::malformed(
            path,
            format!("expected the character set UTF-8, found {charset:?}; compile it as UTF-8 or get it again"),
        ));
    }
    let [units, tokens, features] = [numbers[6], numbers[7], numbers[8]].map(|size| size as usize);
    expect("parts that make up a file of size", (HEADER_BYTES + units + tokens + features) as u64, bytes.len() as u64)?;
    expect("an index in units of 8 bytes, left over:", 0, (units % UNIT_BYTES) as u64)?;
    expect("a number of words of", u64::from(numbers[3]), (tokens / TOKEN_BYTES) as u64)?;
    expect("words of 16 bytes, left over:", 0, (tokens % TOKEN_BYTES) as u64)?;
    expect("a left size, as in matrix.bin, of", matrix.rights() as u64, u64::from(numbers[4]))?;
    expect("a right size, as in matrix.bin, of", matrix.lefts() as u64, u64::from(numbers[5]))?;
    let (index, rest) = body.split_at(units);
    let (tokens, features) = rest.split_at(tokens);
    let units = index.chunks_exact(UNIT_BYTES).map(|unit| (u32_of(unit, 0).cast_signed(), u32_of(unit, 4))).collect();
    Ok(Parts { units, tokens, features })
}

/// Walks the index, a double array of (base, check), and returns each surface with its first word and its number of
/// words.
///
/// From a node with base `b`, the byte `c` leads to the unit at `b + c + 1` when that unit's check is `b`. A surface
/// ends at a node when the unit at `b` itself has the check `b` and a negative base, which holds the value.
fn surfaces(path: &Path, units: &[(i32, u32)]) -> Result<Vec<(String, usize, usize)>, Error> {
    let altered = |cause: &str| Error::malformed(path, format!("{cause}; {ALTERED}"));
    let &(root, _) = units.first().ok_or_else(|| altered("expected an index, found none"))?;
    let mut surfaces = Vec::new();
    let mut visited = vec![false; units.len()];
    let mut surface = Vec::new();
    // The nodes to visit: the base, and the byte that leads there with the length of the surface before it.
    let mut nodes = vec![(root, None)];
    while let Some((base, step)) = nodes.pop() {
        if let Some((length, byte)) = step {
            surface.truncate(length);
            surface.push(byte);
        }
        let base = u32::try_from(base).map_err(|_| altered("a node of the index has a negative base"))?;
        let start = base as usize;
        if let Some(&(value, check)) = units.get(start)
            && check == base
            && value < 0
        {
            let value = (-(i64::from(value) + 1)).unsigned_abs() as usize;
            let text = str::from_utf8(&surface).map_err(|_| altered("a surface is not UTF-8"))?;
            surfaces.push((text.to_owned(), value >> 8, value & 0xff));
        }
        // The smallest byte is visited first, so that the surfaces come in order: it goes to the end of the stack.
        let children = units.iter().enumerate().skip(start + 1).zip(0..=u8::MAX);
        let first = nodes.len();
        for ((unit, &(next, check)), byte) in children {
            if check == base {
                if std::mem::replace(&mut visited[unit], true) {
                    return Err(altered("the index has a cycle"));
                }
                nodes.push((next, Some((surface.len(), byte))));
            }
        }
        nodes[first..].reverse();
    }
    Ok(surfaces)
}

fn token_at<'a>(parts: &Parts<'a>, token: usize) -> Option<&'a [u8]> {
    parts.tokens.get(token * TOKEN_BYTES..(token + 1) * TOKEN_BYTES)
}

/// Reads a word of 16 bytes: left id, right id, id of the part of speech, cost (16 bits each), position of the features
/// and a zero (32 bits each).
fn read_word(path: &Path, surface: &str, token: &[u8], parts: &Parts, matrix: &Matrix) -> Result<Entry, Error> {
    let refused = |cause: String| Error::malformed(path, format!("word {surface:?}: {cause}; {ALTERED}"));
    let (left, right, cost) = (u16_of(token, 0), u16_of(token, 2), u16_of(token, 6).cast_signed());
    if usize::from(left) >= matrix.lefts() || usize::from(right) >= matrix.rights() {
        let (lefts, rights) = (matrix.lefts(), matrix.rights());
        return Err(refused(format!("expected context ids below {lefts} and {rights}, found {left} and {right}")));
    }
    let features = parts.features.get(u32_of(token, 8) as usize..).unwrap_or_default();
    let end = features.iter().position(|&byte| byte == 0);
    let features = end
        .and_then(|end| str::from_utf8(&features[..end]).ok())
        .ok_or_else(|| refused("its features are not where the file says".to_owned()))?;
    let cells = cells(features);
    Entry::new(surface.to_owned(), (left, right), cost, cells.iter().map(AsRef::as_ref))
        .map_err(|count| refused(format!("expected {FEATURES} features, found {count} in {features:?}")))
}

/// Parses the cells of one CSV line.
fn cells(line: &str) -> Vec<std::borrow::Cow<'_, str>> {
    if !line.contains('"') {
        return line.split(',').map(Into::into).collect();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(|cell| cell.to_owned().into()).collect()
}

/// Reads `matrix.bin`: the numbers of right and left contexts (16 bits each), then the costs.
fn read_matrix(path: &Path, bytes: &[u8]) -> Result<Matrix, Error> {
    let cut = |expected: usize| {
        Error::malformed(path, format!("expected a file of {expected} bytes, found {}; {ALTERED}", bytes.len()))
    };
    let (header, body) = bytes.split_at_checked(4).ok_or_else(|| cut(4))?;
    let (rights, lefts) = (usize::from(u16_of(header, 0)), usize::from(u16_of(header, 2)));
    if body.len() != rights * lefts * 2 {
        return Err(cut(4 + rights * lefts * 2));
    }
    let costs = body.chunks_exact(2).map(|cost| u16_of(cost, 0).cast_signed()).collect();
    Matrix::new(rights, lefts, costs)
        .ok_or_else(|| Error::malformed(path, format!("expected costs, found none; {ALTERED}")))
}

/// Returns the 16 bits at a position of a slice that is long enough.
fn u16_of(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// Returns the 32 bits at a position of a slice that is long enough.
fn u32_of(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
