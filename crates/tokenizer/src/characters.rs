//! Character classes: what kinds of characters there are, and how unknown words are made of them.

use lindera_dictionary::dictionary::character_definition::{CategoryId, CharacterDefinition};

/// The classes of a character, and what its first class says of unknown words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CharInfo {
    /// A bit for each class of the character.
    classes: u32,
    category: u8,
    /// The longest unknown word made of the first characters of a run, in characters.
    pub length: u8,
    /// Whether unknown words are made even where the dictionary has words.
    pub invoke: bool,
    /// Whether a run of the class is an unknown word.
    pub group: bool,
    /// Whether the character is white space, which belongs to no word.
    pub is_space: bool,
}

impl CharInfo {
    /// Whether the two characters have a class in common.
    pub fn shares_class(self, other: CharInfo) -> bool {
        self.classes & other.classes != 0
    }

    /// The first class, which decides about unknown words.
    pub fn category(self) -> CategoryId {
        CategoryId(usize::from(self.category))
    }
}

/// The classes of all characters of the Basic Multilingual Plane. The others have the class of U+0000, as in MeCab.
pub(crate) struct Characters {
    infos: Vec<CharInfo>,
}

impl Characters {
    /// Reads the classes from a dictionary's definition.
    pub fn new(definition: &CharacterDefinition) -> Characters {
        let space = definition.category_id_by_name("SPACE");
        let info = |c: char| {
            let categories = definition.lookup_categories(c);
            let first = categories.first().copied().unwrap_or(CategoryId(0));
            let data = definition.lookup_definition(first);
            CharInfo {
                classes: categories.iter().fold(0, |bits, category| bits | 1 << (category.0 & 31)),
                category: first.0 as u8,
                length: data.length.min(255) as u8,
                invoke: data.invoke,
                group: data.group,
                is_space: space.is_some_and(|space| categories.contains(&space)),
            }
        };
        let default = info('\0');
        Characters { infos: (0..0x1_0000).map(|code| char::from_u32(code).map_or(default, info)).collect() }
    }

    /// The classes of a character.
    pub fn info(&self, c: char) -> CharInfo {
        self.infos.get(c as usize).copied().unwrap_or(self.infos[0])
    }
}
