//! A dictionary of seven words as `MeCab` compiles it, made here byte by byte; the tiny dictionary has a source only.

use std::collections::BTreeMap;

/// A word to write: surface, left id, right id, cost, features.
pub type Word = (&'static str, u16, u16, i16, &'static str);

/// The words, in the order of their surfaces. One surface is a comma, one is a quote, one has two words, one is the
/// beginning of another.
pub const WORDS: &[Word] = &[
    ("\"", 1, 1, 700, "SY,*,*,*,*,*,*,*"),
    (",", 1, 1, 500, "SC,*,*,*,*,*,*,*"),
    ("ab", 2, 2, -3, "SL,*,*,\"1,2\",*,*,*,*"),
    ("가", 2, 3, 100, "NNG,장소,F,가,*,*,*,*"),
    ("가", 3, 1, -200, "VV+EC,*,F,가,Inflect,VV,EC,가/VV/*+아/EC/*"),
    ("가람", 2, 2, 300, "NNP,지명,T,가람,*,*,*,*"),
    ("나", 2, 3, 400, "NNG,*,F,나,*,*,*,*"),
];

pub const UNKNOWN: &[Word] = &[
    ("ALPHA", 2, 2, 1000, "SL,*,*,*,*,*,*,*"),
    ("DEFAULT", 1, 1, 2000, "SY,*,*,*,*,*,*,*"),
    ("HANGUL", 3, 3, 3000, "UNKNOWN,*,*,*,*,*,*,*"),
    ("SPACE", 1, 1, 10, "SP,*,*,*,*,*,*,*"),
];

/// Right contexts and left contexts.
pub const RIGHTS: u16 = 4;
pub const LEFTS: u16 = 5;

/// Right contexts 1 and 2 cost the same, so that they become one when the dictionary is built.
pub fn connection_cost(right: u16, left: u16) -> i16 {
    let right = if right == 2 { 1 } else { right };
    (10 * right).cast_signed() - left.cast_signed()
}

/// The four files of the dictionary, in the order of [`FILES`](crate::dictionary::build::mecab::FILES).
pub fn compiled() -> [Vec<u8>; 4] {
    [dic(WORDS, 0), dic(UNKNOWN, 2), matrix_bin(), char_bin()]
}

fn dic(words: &[Word], kind: u32) -> Vec<u8> {
    let mut surfaces: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut tokens, mut features) = (Vec::new(), Vec::new());
    for (index, &(surface, left, right, cost, feature)) in (0u32..).zip(words) {
        *surfaces.entry(surface).or_insert(index << 8) += 1;
        for number in [left, right, 999, cost.cast_unsigned()] {
            tokens.extend(number.to_le_bytes());
        }
        tokens.extend((features.len() as u32).to_le_bytes());
        tokens.extend(0u32.to_le_bytes());
        features.extend(feature.bytes().chain([0]));
    }
    let keys: Vec<(&[u8], u32)> = surfaces.iter().map(|(surface, &value)| (surface.as_bytes(), value)).collect();
    let index: Vec<u8> = double_array(&keys)
        .into_iter()
        .flat_map(|(base, check)| [base.to_le_bytes(), check.to_le_bytes()].concat())
        .collect();
    let size = 72 + index.len() + tokens.len() + features.len();
    let [index_size, tokens_size, features_size] = [index.len(), tokens.len(), features.len()].map(|len| len as u32);
    let sizes = [words.len() as u32, RIGHTS.into(), LEFTS.into(), index_size, tokens_size, features_size, 0];
    let mut file = Vec::new();
    for number in [size as u32 ^ 0xef71_8f77, 102, kind].into_iter().chain(sizes) {
        file.extend(number.to_le_bytes());
    }
    let mut charset = b"UTF-8".to_vec();
    charset.resize(32, 0);
    [file, charset, index, tokens, features].concat()
}

/// A Darts double array for sorted keys and their values.
fn double_array(keys: &[(&[u8], u32)]) -> Vec<(i32, u32)> {
    let mut units = vec![(0, 0)];
    let mut bases = vec![0];
    units[0].0 = place(keys, 0, &mut units, &mut bases).cast_signed();
    units
}

/// Places the children of the node whose keys these are and which stands `depth` bytes deep; gives its base.
fn place(keys: &[(&[u8], u32)], depth: usize, units: &mut Vec<(i32, u32)>, bases: &mut Vec<u32>) -> u32 {
    // What follows each byte; without a byte, the value.
    let mut children: BTreeMap<Option<u8>, Vec<(&[u8], u32)>> = BTreeMap::new();
    for &(key, value) in keys {
        children.entry(key.get(depth).copied()).or_default().push((key, value));
    }
    let unit_of = |base: u32, byte: Option<u8>| base as usize + byte.map_or(0, |byte| usize::from(byte) + 1);
    let is_free = |unit: usize| units.get(unit).is_none_or(|&unit| unit == (0, 0));
    let base = (1..u32::MAX)
        .find(|&base| !bases.contains(&base) && children.keys().all(|&byte| is_free(unit_of(base, byte))))
        .unwrap();
    bases.push(base);
    let end = children.keys().map(|&byte| unit_of(base, byte)).max().unwrap();
    units.resize(units.len().max(end + 1), (0, 0));
    for &byte in children.keys() {
        units[unit_of(base, byte)].1 = base;
    }
    for (byte, keys) in children {
        let child = match byte {
            None => -(keys[0].1.cast_signed()) - 1,
            Some(_) => place(&keys, depth + 1, units, bases).cast_signed(),
        };
        units[unit_of(base, byte)].0 = child;
    }
    base
}

fn matrix_bin() -> Vec<u8> {
    let mut file = [RIGHTS.to_le_bytes(), LEFTS.to_le_bytes()].concat();
    for left in 0..LEFTS {
        for right in 0..RIGHTS {
            file.extend(connection_cost(right, left).to_le_bytes());
        }
    }
    file
}

fn char_bin() -> Vec<u8> {
    let names = ["DEFAULT", "SPACE", "HANGUL", "ALPHA"];
    let mut file = 4u32.to_le_bytes().to_vec();
    for name in names {
        let mut bytes = name.as_bytes().to_vec();
        bytes.resize(32, 0);
        file.extend(bytes);
    }
    let (group, invoke) = (1 << 30, 1 << 31);
    for character in 0..0xffff_u32 {
        let info = match char::from_u32(character) {
            Some(' ') => 0b0010 | 1 << 18 | group,
            Some('가'..='힣') => 0b0100 | 2 << 18 | 2 << 26 | group,
            Some('ａ'..='ｚ') => 0b1001 | 3 << 18 | group | invoke,
            Some('a'..='z') => 0b1000 | 3 << 18 | group | invoke,
            _ => 0b0001 | group,
        };
        file.extend(u32::to_le_bytes(info));
    }
    file
}
