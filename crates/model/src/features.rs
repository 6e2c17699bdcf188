//! Features: the inputs of the network for each unit, as rows of its tables and flags.
//!
//! Surfaces that are frequent in the training texts have a row each, by a fingerprint; the other tables are indexed by
//! hashes of characters: the first two and three from the start of the unit in its eojeol, the last two and three,
//! those on both sides of its start, the eojeol, the first and the last character. Flags mark the forms of the word
//! lists (the unit that begins one, one inside, one that ends it, or a single unit) and where in the text a unit is.

use std::ops::Range;

use gisa_tokenizer::{PosTag, SemanticClass};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::lists::{List, ListedForms};
use crate::shape::Table;
use crate::unit::{Part, Unit};

/// Number of tables.
pub const TABLES: usize = 14;

/// Number of flags: four for each list, and those of the context.
pub const FLAGS: usize = LIST_FLAGS + Context::ALL.len();

/// Number of the flags of lists.
const LIST_FLAGS: usize = 4 * List::ALL.len();

/// A place in the text or the sentence that a unit may have, each with a flag.
#[derive(Clone, Copy, Debug)]
enum Context {
    /// In the first line of a text of several lines.
    Heading,
    /// In a sentence that begins a line, after the first one.
    LineStart,
    /// In round or square brackets.
    Brackets,
    /// In quotation marks.
    Quotation,
}

impl Context {
    /// All contexts, in the order of their flags.
    const ALL: [Context; 4] = [Context::Heading, Context::LineStart, Context::Brackets, Context::Quotation];

    /// Returns the name that the digest has.
    fn name(self) -> &'static str {
        match self {
            Context::Heading => "heading",
            Context::LineStart => "line start",
            Context::Brackets => "brackets",
            Context::Quotation => "quotation",
        }
    }

    fn flag(self) -> u16 {
        (LIST_FLAGS + self as usize) as u16
    }
}

/// Number of rows of each table but the first, whose rows are the surfaces; powers of two.
const ROWS: [usize; TABLES - 1] = [
    64,  // first tag
    64,  // last tag
    64,  // class and part
    256, // shape
    64,  // place in the eojeol
    HASHED, HASHED, HASHED, HASHED, HASHED, HASHED, CHARACTERS, CHARACTERS,
];

/// Number of rows of a table of character sequences.
const HASHED: usize = 1 << 14;

/// Number of rows of a table of single characters.
const CHARACTERS: usize = 1 << 12;

/// Returns the digest of everything beside the text that features depend on: the numbers of tags and semantic classes, the sizes of the
/// tables, and the forms of the word lists. A model file holds the digest it was trained with, and is refused where it
/// differs.
///
/// It is the SHA-256, in hexadecimal digits, of a line `tag NNG 0` for each tag, `class * 0` for each class, `rows 64`
/// for each hashed table and `context heading` for each context, in the order of their numbers, and of
/// [`ListedForms::digest`].
pub fn digest(lists: &ListedForms) -> String {
    let mut hasher = Sha256::new();
    for tag in PosTag::ALL {
        hasher.update(format!("tag {tag} {}\n", tag.code()));
    }
    for class in SemanticClass::ALL {
        hasher.update(format!("class {class} {}\n", class.code()));
    }
    for rows in ROWS {
        hasher.update(format!("rows {rows}\n"));
    }
    for context in Context::ALL {
        hasher.update(format!("context {}\n", context.name()));
    }
    hasher.update(lists.digest());
    base16ct::lower::encode_string(&hasher.finalize())
}

/// The row of a unit in each table.
pub type Rows = [u32; TABLES];

/// The surfaces with a row of their own, by fingerprint; rows count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    rows: FxHashMap<u64, u32>,
    fingerprints: Vec<u64>,
}

impl Vocabulary {
    /// Creates a vocabulary from fingerprints in the order of their rows.
    pub fn new(fingerprints: Vec<u64>) -> Vocabulary {
        let rows = fingerprints.iter().copied().zip(1..).collect();
        Vocabulary { rows, fingerprints }
    }

    /// Returns the fingerprints in the order of their rows.
    pub fn fingerprints(&self) -> &[u64] {
        &self.fingerprints
    }

    /// Returns the number of rows of the first table: one for each surface, and one for all others.
    pub fn rows(&self) -> usize {
        self.fingerprints.len() + 1
    }
}

/// Returns the sizes of the tables, given the width of each.
pub fn tables(vocabulary: &Vocabulary, widths: [usize; TABLES]) -> Vec<Table> {
    let rows = std::iter::once(vocabulary.rows()).chain(ROWS);
    rows.zip(widths).map(|(rows, width)| Table { rows, width }).collect()
}

/// The features of the units of a text, and the buffers for finding them.
#[derive(Debug, Default)]
pub struct Features {
    /// Rows of each unit.
    pub rows: Vec<Rows>,
    /// Flags that are set, unit by unit.
    pub flags: Vec<u16>,
    /// Range of each unit's flags in `flags`.
    pub flag_ranges: Vec<Range<u32>>,
    /// Whether the text has several lines.
    has_lines: bool,
    /// Whether a line has ended before the next sentence.
    after_heading: bool,
    /// End of the last sentence, in bytes of the text.
    end: usize,
    chars: Vec<char>,
    /// Range of each unit's characters.
    spans: Vec<Range<usize>>,
    /// For each list and unit, the length in units of the longest form that begins there.
    matches: Vec<u8>,
    set: Vec<(u32, u16)>,
}

impl Features {
    /// Removes all features and starts a text, before those of its first sentence are read.
    pub fn begin(&mut self, text: &str) {
        self.clear();
        (self.has_lines, self.after_heading, self.end) = (text.contains('\n'), false, 0);
    }

    /// Removes all features, before those of the next sentences of the same text are read.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.flags.clear();
        self.flag_ranges.clear();
    }

    /// Adds the features of the units of the next sentence of a text.
    pub fn read(&mut self, text: &str, units: &[Unit], vocabulary: &Vocabulary, lists: &ListedForms) {
        self.read_characters(text, units);
        let mut eojeol = Eojeol::default();
        for (index, unit) in units.iter().enumerate() {
            if index >= eojeol.units.end {
                let rest = units[index + 1..].iter().take_while(|unit| !unit.after_space).count();
                eojeol = self.eojeol(index..index + 1 + rest);
            }
            let row = self.row(text, index, unit, &eojeol, vocabulary);
            self.rows.push(row);
        }
        self.read_flags(text, units, lists);
    }

    /// Reads the characters of the units, with one space where there is white space between them.
    fn read_characters(&mut self, text: &str, units: &[Unit]) {
        self.chars.clear();
        self.spans.clear();
        for unit in units {
            if unit.after_space && !self.chars.is_empty() {
                self.chars.push(' ');
            }
            let start = self.chars.len();
            self.chars.extend(text[unit.range()].chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
            self.spans.push(start..self.chars.len());
        }
    }

    /// Returns the eojeol of some units.
    fn eojeol(&self, units: Range<usize>) -> Eojeol {
        let chars = self.spans[units.start].start..self.spans[units.end - 1].end;
        let first = &self.chars[chars.start..chars.end.min(chars.start + 8)];
        let hash = finish(first.iter().fold(7, |sum, &c| mix(sum, c as u64)));
        Eojeol { units, chars, hash }
    }

    fn row(&self, text: &str, index: usize, unit: &Unit, eojeol: &Eojeol, vocabulary: &Vocabulary) -> Rows {
        let surface = &text[unit.range()];
        let word = vocabulary.rows.get(&fingerprint(surface, unit)).copied().unwrap_or(0);
        let place = (index - eojeol.units.start).min(3) * 16
            + (eojeol.units.end - index - 1).min(3) * 4
            + usize::from(unit.after_space) * 2
            + 1;
        let part = match unit.part {
            Part::Whole => 0,
            Part::First => 1,
            Part::Later => 2,
        };
        let Range { start, end } = self.spans[index];
        let at =
            |place: Option<usize>| place.and_then(|place| self.chars.get(place)).map_or(NO_CHARACTER, |&c| c as u64);
        let within = |place: usize| at(eojeol.chars.contains(&place).then_some(place));
        let back = |steps: usize| end.checked_sub(steps).map_or(NO_CHARACTER, within);
        let (first, last) = (within(start), back(1));
        let before = at(start.checked_sub(1));
        let border = if before == u64::from(' ') {
            hash(&[first, before, at(start.checked_sub(2))])
        } else {
            hash(&[first, before])
        };
        let hashed = [
            hash(&[first, within(start + 1)]),
            hash(&[first, within(start + 1), within(start + 2)]),
            hash(&[last, back(2)]),
            hash(&[last, back(2), back(3)]),
            border,
            eojeol.hash,
            hash(&[first]),
            hash(&[last]),
        ];
        let tag = |tag: PosTag| 1 + u64::from(tag.code());
        let small = [
            tag(unit.tag.first()),
            tag(unit.tag.last()),
            1 + 3 * u64::from(unit.class.code()) + part,
            shape(surface),
            place as u64,
        ];
        let mut rows = [word; TABLES];
        for ((row, value), size) in rows[1..].iter_mut().zip(small.into_iter().chain(hashed)).zip(ROWS) {
            *row = (value & (size as u64 - 1)) as u32;
        }
        rows
    }

    /// Sets the flags of the lists that have a form on some units, for each list the longest from the left, and of
    /// contexts.
    fn read_flags(&mut self, text: &str, all_units: &[Unit], lists: &ListedForms) {
        let units = all_units.len();
        self.find_forms(units, lists);
        self.set.clear();
        self.set_contexts(text, all_units);
        for (list, longest) in self.matches.chunks_exact(units.max(1)).enumerate() {
            let mut unit = 0;
            while unit < units {
                let length = usize::from(longest[unit]);
                for step in 0..length {
                    let place = match (step, length) {
                        (0, 1) => 3,
                        (0, _) => 0,
                        (step, length) if step + 1 == length => 2,
                        _ => 1,
                    };
                    self.set.push(((unit + step) as u32, (4 * list + place) as u16));
                }
                unit += length.max(1);
            }
        }
        self.set.sort_unstable();
        let mut rest = self.set.iter().peekable();
        for unit in 0..units as u32 {
            let start = self.flags.len() as u32;
            while let Some((_, flag)) = rest.next_if(|(of, _)| *of == unit) {
                self.flags.push(*flag);
            }
            self.flag_ranges.push(start..self.flags.len() as u32);
        }
    }

    /// Sets the flags of the contexts of the units of a sentence.
    fn set_contexts(&mut self, text: &str, units: &[Unit]) {
        let [Some(first), Some(last)] = [units.first(), units.last()] else { return };
        let begins_line = text[self.end..first.start].contains('\n');
        self.after_heading |= begins_line;
        self.end = last.end;
        let of_sentence = match (self.has_lines, self.after_heading, begins_line) {
            (true, false, _) => Some(Context::Heading),
            (_, true, true) => Some(Context::LineStart),
            _ => None,
        };
        let (mut brackets, mut quotation) = (0_usize, false);
        for (unit, of_unit) in (0..).zip(units) {
            let mark = text[of_unit.range()].chars().next().unwrap_or(' ');
            match mark {
                ')' | ']' | '）' | '〕' | '］' => brackets = brackets.saturating_sub(1),
                '”' | '’' => quotation = false,
                '"' | '\'' => quotation = !quotation,
                _ => {}
            }
            let contexts =
                [of_sentence, (brackets > 0).then_some(Context::Brackets), quotation.then_some(Context::Quotation)];
            self.set.extend(contexts.into_iter().flatten().map(|context| (unit, context.flag())));
            match mark {
                '(' | '[' | '（' | '〔' | '［' => brackets += 1,
                '“' | '‘' => quotation = true,
                _ => {}
            }
        }
    }

    fn find_forms(&mut self, units: usize, lists: &ListedForms) {
        self.matches.clear();
        self.matches.resize(List::ALL.len() * units, 0);
        for unit in 0..units {
            let start = self.spans[unit].start;
            let mut last = unit;
            lists.starting(&self.chars[start..], |length, of_lists| {
                let end = start + length;
                while last + 1 < units && self.spans[last].end < end {
                    last += 1;
                }
                if self.spans[last].end == end {
                    for list in (0..List::ALL.len()).filter(|list| of_lists >> list & 1 == 1) {
                        self.matches[list * units + unit] = (last + 1 - unit).min(255) as u8;
                    }
                }
            });
        }
    }
}

/// An eojeol.
#[derive(Default)]
struct Eojeol {
    units: Range<usize>,
    chars: Range<usize>,
    /// Hash of its first eight characters.
    hash: u64,
}

/// The value of a character where there is none.
const NO_CHARACTER: u64 = 1;

/// Returns the fingerprint of a surface: a hash of its characters and tag; of a number of more than two digits, of its
/// length.
pub fn fingerprint(surface: &str, unit: &Unit) -> u64 {
    let tag = unit.tag.parts().fold(3, |sum, tag| mix(sum, u64::from(tag.code())));
    let is_number = surface.bytes().all(|byte| byte.is_ascii_digit());
    let characters = if is_number && surface.len() > 2 {
        let first = if surface.len() == 4 { surface.as_bytes()[0] } else { 0 };
        mix(mix(5, surface.len().min(6) as u64), u64::from(first))
    } else {
        surface.chars().fold(tag, |sum, c| mix(sum, c as u64))
    };
    finish(characters)
}

/// Returns a hash of the first three runs of character kinds in a surface and of its length.
fn shape(surface: &str) -> u64 {
    let mut last = 0;
    let mut kinds = 0;
    let mut sum = 11;
    for c in surface.chars() {
        let kind = kind(c);
        if kind != last && kinds < 3 {
            sum = mix(sum, kind);
            kinds += 1;
        }
        last = kind;
    }
    finish(mix(sum, surface.chars().count().min(5) as u64))
}

/// Returns the kind of a character; common punctuation marks are kinds of their own.
fn kind(c: char) -> u64 {
    match c {
        '가'..='힣' => 2,
        'ㄱ'..='ㅣ' => 3,
        '一'..='鿿' => 4,
        'A'..='Z' => 5,
        'a'..='z' => 6,
        '0'..='9' => 7,
        c if !c.is_ascii() && c.is_numeric() => 7,
        '.' | ',' | '(' | ')' | '\'' | '"' | '‘' | '’' | '“' | '”' | '·' | '-' | '~' | '%' | '=' | '[' | ']' | '/'
        | ':' | '<' | '>' | '&' | '?' | '!' | '…' | '「' | '」' | '《' | '》' => u64::from(c),
        _ => 8,
    }
}

/// Returns a hash after one more value: FNV-1a with integers for bytes.
fn mix(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Finishes a hash, so that each bit depends on all (the finalizer of `MurmurHash3`).
fn finish(mut sum: u64) -> u64 {
    sum ^= sum >> 33;
    sum = sum.wrapping_mul(0xff51_afd7_ed55_8ccd);
    sum ^= sum >> 33;
    sum = sum.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    sum ^ sum >> 33
}

fn hash(values: &[u64]) -> u64 {
    finish(values.iter().fold(values.len() as u64, |sum, &value| mix(sum, value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Units;
    use gisa_tokenizer::{Tokenizer, tiny};

    /// Reads the features of the sentences of a text, whose units are returned.
    fn read(text: &str) -> (Features, Vec<Unit>) {
        let tokenizer = Tokenizer::new(tiny::dictionary().expect("the tiny dictionary"));
        let (mut worker, cutter, lists) = (tokenizer.new_worker(), Units::new(), ListedForms::embedded());
        let (mut features, mut units) = (Features::default(), Vec::new());
        features.begin(text);
        for sentence in gisa_text::sentences(text) {
            let mut of_sentence = Vec::new();
            cutter.read(text, worker.tokenize_sentence(text, sentence), &mut of_sentence);
            features.read(text, &of_sentence, &Vocabulary::default(), &lists);
            units.append(&mut of_sentence);
        }
        (features, units)
    }

    /// The units of a text that have a context, each with its contexts.
    fn contexts(text: &str) -> Vec<String> {
        let (features, units) = read(text);
        assert_eq!(features.flag_ranges.len(), units.len());
        let of_unit = |(unit, flags): (&Unit, &Range<u32>)| {
            let flags = &features.flags[flags.start as usize..flags.end as usize];
            let contexts = flags.iter().filter_map(|&flag| usize::from(flag).checked_sub(LIST_FLAGS));
            let names: Vec<&str> = contexts.map(|context| Context::ALL[context].name()).collect();
            (!names.is_empty()).then(|| format!("{}: {}", &text[unit.range()], names.join(", ")))
        };
        units.iter().zip(&features.flag_ranges).filter_map(of_unit).collect()
    }

    #[test]
    fn flags_of_contexts_follow_those_of_the_lists() {
        for (context, flag) in Context::ALL.into_iter().zip(LIST_FLAGS..) {
            assert_eq!(usize::from(context.flag()), flag, "{context:?}");
        }
        assert_eq!(FLAGS, LIST_FLAGS + 4);
    }

    #[test]
    fn where_in_the_text_units_are() {
        let cases: [(&str, &[&str]); 16] = [
            ("", &[]),
            ("서울 시장", &[]),
            ("서울\n", &["서울: heading"]),
            ("\n서울", &["서울: line start"]),
            ("서울\n대전", &["서울: heading", "대전: line start"]),
            ("서울\n\n대전", &["서울: heading", "대전: line start"]),
            (
                "서울? 대전\n부산? 세종",
                &["서울: heading", "?: heading", "대전: heading", "부산: line start", "?: line start"],
            ),
            ("서울(대전) 부산", &["대전: brackets"]),
            ("서울[대전) 부산", &["대전: brackets"]),
            (
                "서울(대전[부산] 세종) 충남",
                &["대전: brackets", "[: brackets", "부산: brackets", "]: brackets", "세종: brackets"],
            ),
            ("서울) 대전 (부산", &["부산: brackets"]),
            (
                "서울\n(대전\n부산",
                &["서울: heading", "(: line start", "대전: line start, brackets", "부산: line start"],
            ),
            ("서울 “대전” 부산", &["대전: quotation"]),
            // A straight mark is part of what it opens.
            ("서울 '대전' 부산 ‘세종", &["': quotation", "대전: quotation", "세종: quotation"]),
            ("서울\" 대전\" 부산", &["\": quotation", "대전: quotation"]),
            ("“서울(대전)” 부산", &["서울: quotation", "(: quotation", "대전: brackets, quotation", "): quotation"]),
        ];
        for (text, expected) in cases {
            assert_eq!(contexts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_does_not_depend_on_the_one_before() {
        let texts = ["서울\n(대전", "부산 시장은 왔다. \"세종", "충남\n대전"];
        let mut features = Features::default();
        let tokenizer = Tokenizer::new(tiny::dictionary().expect("the tiny dictionary"));
        let (mut worker, cutter, lists) = (tokenizer.new_worker(), Units::new(), ListedForms::embedded());
        for text in texts {
            features.begin(text);
            for sentence in gisa_text::sentences(text) {
                let mut units = Vec::new();
                cutter.read(text, worker.tokenize_sentence(text, sentence), &mut units);
                features.read(text, &units, &Vocabulary::default(), &lists);
            }
            let (alone, _) = read(text);
            assert_eq!((&features.rows, &features.flags), (&alone.rows, &alone.flags), "{text:?}");
            assert_eq!(features.flag_ranges, alone.flag_ranges, "{text:?}");
        }
    }
}
