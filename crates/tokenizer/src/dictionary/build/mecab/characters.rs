//! Decompiling `char.bin`: the character categories, back to a `char.def`.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;

use crate::dictionary::build::mecab::{ALTERED, u32_of};
use crate::error::Error;

const CATEGORY_NAME_BYTES: usize = 32;
/// The number of characters in `char.bin`: U+0000 to U+FFFE.
const CHARACTERS: usize = 0xffff;
/// The number of bits of a character's set of categories.
const MAX_CATEGORIES: usize = 18;

/// A character in `char.bin`: 18 bits for the set of categories, 8 for the first of them, 4 for the length of unknown
/// words, 1 for grouping, 1 for always making unknown words.
#[derive(Clone, Copy, PartialEq, Eq)]
struct CharacterInfo(u32);

impl CharacterInfo {
    fn has(self, category: usize) -> bool {
        self.0 >> category & 1 == 1
    }

    fn first(self) -> usize {
        (self.0 >> MAX_CATEGORIES & 0xff) as usize
    }

    fn length(self) -> u32 {
        self.0 >> 26 & 0xf
    }

    fn group(self) -> u32 {
        self.0 >> 30 & 1
    }

    fn invoke(self) -> u32 {
        self.0 >> 31
    }
}

/// Reads `char.bin` (the number of categories, their names, and a [`CharacterInfo`] for each character) as a `char.def`.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<String, Error> {
    let refused = |cause: String| Error::malformed(path, format!("{cause}; {ALTERED}"));
    let cut = |expected: usize| refused(format!("expected a file of {expected} bytes, found {}", bytes.len()));
    let (header, body) = bytes.split_at_checked(4).ok_or_else(|| cut(4))?;
    let categories = u32_of(header, 0) as usize;
    if categories == 0 || categories > MAX_CATEGORIES {
        return Err(refused(format!("expected 1 to {MAX_CATEGORIES} character categories, found {categories}")));
    }
    if body.len() != categories * CATEGORY_NAME_BYTES + CHARACTERS * 4 {
        return Err(cut(4 + categories * CATEGORY_NAME_BYTES + CHARACTERS * 4));
    }
    let (names, infos) = body.split_at(categories * CATEGORY_NAME_BYTES);
    let names = names
        .chunks_exact(CATEGORY_NAME_BYTES)
        .map(|name| category_name(name).ok_or_else(|| refused("a category has no name".to_owned())))
        .collect::<Result<Vec<_>, _>>()?;
    let infos: Vec<CharacterInfo> = infos.chunks_exact(4).map(|info| CharacterInfo(u32_of(info, 0))).collect();
    if let Some(info) = infos.iter().find(|info| info.first() >= names.len() || info.0 << 14 >> 14 >> names.len() != 0)
    {
        return Err(refused(format!("expected {categories} character categories, found a character in {:#x}", info.0)));
    }
    Ok(character_definition(&names, &infos))
}

fn category_name(bytes: &[u8]) -> Option<&str> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    let name = str::from_utf8(&bytes[..end]).ok()?;
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    valid.then_some(name)
}

/// Returns a `char.def`: a line for each category (name, invoke, group, length), then a line for each range of
/// characters with the same categories, the first category first.
fn character_definition(names: &[&str], infos: &[CharacterInfo]) -> String {
    let mut text = String::new();
    for (category, name) in names.iter().enumerate() {
        // These are never used of a category that is no character's first.
        let info = infos.iter().find(|info| info.first() == category).copied().unwrap_or(CharacterInfo(0));
        let _ = writeln!(text, "{name} {} {} {}", info.invoke(), info.group(), info.length());
    }
    for (range, info) in character_ranges(infos) {
        let _ = write!(text, "0x{:04X}..0x{:04X} {}", range.start(), range.end(), names[info.first()]);
        for (category, name) in names.iter().enumerate() {
            if info.has(category) && category != info.first() {
                let _ = write!(text, " {name}");
            }
        }
        text.push('\n');
    }
    text
}

/// Returns runs of characters with the same categories, without surrogates (which are no characters) and without those
/// that have only the first category, which is that of every character not named.
fn character_ranges(infos: &[CharacterInfo]) -> Vec<(RangeInclusive<usize>, CharacterInfo)> {
    let surrogates = 0xd800..=0xdfff;
    let mut ranges: Vec<(RangeInclusive<usize>, CharacterInfo)> = Vec::new();
    for (character, &info) in infos.iter().enumerate() {
        if surrogates.contains(&character) || (info.first() == 0 && info.0 & 0x3_ffff == 1) {
            continue;
        }
        match ranges.last_mut() {
            Some((range, last)) if *last == info && *range.end() + 1 == character => {
                *range = *range.start()..=character;
            }
            _ => ranges.push((character..=character, info)),
        }
    }
    ranges
}
