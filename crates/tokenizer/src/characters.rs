//! Characters, as the search needs them: their classes, for unknown words, and their codes in the index of words.

use lindera_dictionary::dictionary::character_definition::{CategoryId, CharacterDefinition};

use crate::dictionary::Dictionary;
use crate::dictionary::index::NO_CODE;

/// The classes of a character, and the rules of its first class for unknown words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CharClass {
    /// The set of classes, a bit for each.
    classes: u32,
    category: u8,
    /// The greatest length of an unknown word made of the first characters of a run, in characters.
    pub length: u8,
    /// Whether unknown words are made even where the dictionary has words.
    pub invoke: bool,
    /// Whether a whole run of the class is an unknown word.
    pub group: bool,
    /// Whether the character is white space, which belongs to no word.
    pub is_space: bool,
}

impl CharClass {
    /// Returns whether the two characters have a class in common.
    pub fn shares_class(self, other: CharClass) -> bool {
        self.classes & other.classes != 0
    }

    /// Returns the first class, which decides about unknown words.
    pub fn category(self) -> CategoryId {
        CategoryId(usize::from(self.category))
    }
}

/// What the search needs of one character.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CharInfo {
    /// Its code in the index of words.
    pub code: u16,
    /// Its index into the list of distinct classes.
    pub class: u8,
    pub is_space: bool,
}

/// The table of all characters. Those beyond the Basic Multilingual Plane have the class of U+0000, as in MeCab.
pub(crate) struct Characters {
    infos: Vec<CharInfo>,
    classes: Vec<CharClass>,
}

impl Characters {
    /// Reads the classes and codes of a dictionary.
    pub fn new(dictionary: &Dictionary) -> Characters {
        let definition = &dictionary.lindera().character_definition;
        let mut classes = Vec::new();
        let mut class_of = |c: char| {
            let class = read_class(definition, c);
            let known = classes.iter().position(|&other| other == class);
            let place = known.unwrap_or_else(|| {
                classes.push(class);
                classes.len() - 1
            });
            CharInfo { code: NO_CODE, class: place as u8, is_space: class.is_space }
        };
        let default = class_of('\0');
        let mut infos: Vec<CharInfo> =
            (0..0x1_0000).map(|code| char::from_u32(code).map_or(default, &mut class_of)).collect();
        for (place, code) in dictionary.index().codes().enumerate() {
            if place == infos.len() {
                infos.push(default);
            }
            infos[place].code = code;
        }
        Characters { infos, classes }
    }

    /// Returns what the search needs of a character.
    pub fn info(&self, c: char) -> CharInfo {
        self.infos.get(c as usize).copied().unwrap_or(CharInfo { code: NO_CODE, ..self.infos[0] })
    }

    /// Returns the classes of a character.
    pub fn class(&self, info: CharInfo) -> CharClass {
        self.classes[usize::from(info.class)]
    }
}

fn read_class(definition: &CharacterDefinition, c: char) -> CharClass {
    let categories = definition.lookup_categories(c);
    let first = categories.first().copied().unwrap_or(CategoryId(0));
    let data = definition.lookup_definition(first);
    let space = definition.category_id_by_name("SPACE");
    CharClass {
        classes: categories.iter().fold(0, |bits, category| bits | 1 << (category.0 & 31)),
        category: first.0 as u8,
        length: data.length.min(255) as u8,
        invoke: data.invoke,
        group: data.group,
        is_space: space.is_some_and(|space| categories.contains(&space)),
    }
}
