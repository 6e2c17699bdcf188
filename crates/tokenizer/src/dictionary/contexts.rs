//! Contexts by tag and class: a user dictionary looks up those of its words, whose rows have only tag and class.
//!
//! In mecab-ko-dic the connection costs depend on the tag, the class and whether the word ends in a consonant. For
//! each combination `contexts.csv` holds the most frequent pair of context ids in the lexicon. The ids are those before
//! lindera renumbers them by frequency; `Dictionary::in_use` translates them.

use std::collections::HashMap;
use std::path::Path;

use crate::class::SemanticClass;
use crate::error::Error;

#[cfg(feature = "build")]
pub(super) mod writer;

/// The name of the file in the dictionary's folder.
pub(crate) const FILE: &str = "contexts.csv";

const HEADER: &str = "tag,class,final_consonant,left,right,words";

/// The pair of context ids for each tag, class and ending.
pub(crate) struct Contexts {
    by_key: HashMap<ContextKey<String>, Context>,
}

/// The tag, the class and the ending, on which the costs depend.
type ContextKey<T> = (T, SemanticClass, FinalConsonant);

#[derive(Clone, Copy)]
struct Context {
    left: u16,
    right: u16,
    words: usize,
}

/// Whether words end in a consonant (받침), which decides between the forms of a particle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum FinalConsonant {
    Yes,
    No,
    Any,
}

impl FinalConsonant {
    const ALL: [FinalConsonant; 3] = [FinalConsonant::Yes, FinalConsonant::No, FinalConsonant::Any];

    fn as_str(self) -> &'static str {
        match self {
            FinalConsonant::Yes => "T",
            FinalConsonant::No => "F",
            FinalConsonant::Any => "*",
        }
    }

    /// Returns the ending of a surface, by its last syllable.
    fn of(surface: &str) -> FinalConsonant {
        match surface.chars().last() {
            Some(last @ '가'..='힣') if !(last as u32 - '가' as u32).is_multiple_of(28) => FinalConsonant::Yes,
            Some('가'..='힣') => FinalConsonant::No,
            _ => FinalConsonant::Any,
        }
    }

    /// Returns the endings to look up, the best first. A word in other letters has the contexts of words whose ending does
    /// not matter, or else those of words that end in a vowel.
    fn preferences(self) -> [FinalConsonant; 3] {
        match self {
            FinalConsonant::Yes => [FinalConsonant::Yes, FinalConsonant::Any, FinalConsonant::No],
            FinalConsonant::No => [FinalConsonant::No, FinalConsonant::Any, FinalConsonant::Yes],
            FinalConsonant::Any => [FinalConsonant::Any, FinalConsonant::No, FinalConsonant::Yes],
        }
    }
}

impl Contexts {
    /// Reads the file in a dictionary's folder.
    pub fn read(folder: &Path) -> Result<Contexts, Error> {
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
        let mut by_key = HashMap::new();
        for (line, number) in text.lines().zip(1..).skip(1) {
            let (key, context) = parse(line)
                .ok_or_else(|| Error::malformed(&path, format!("line {number}: expected {HEADER}, found {line:?}")))?;
            by_key.insert(key, context);
        }
        Ok(Contexts { by_key })
    }

    /// Returns the left and right context ids for a word, or none when the dictionary has no word with the tag.
    ///
    /// Where no word has the tag, class and ending, those with the tag and the ending decide, then those with the tag.
    pub fn of(&self, surface: &str, tag: &str, class: SemanticClass) -> Option<(u16, u16)> {
        let endings = FinalConsonant::of(surface).preferences();
        let find = |class, ending| self.by_key.get(&(tag.to_owned(), class, ending));
        let of_class = |class| endings.iter().find_map(move |&ending| find(class, ending));
        let of_any_class = || {
            let others = self.by_key.iter().filter(|((other, ..), _)| other == tag).map(|(_, context)| context);
            others.max_by_key(|context| (context.words, context.left, context.right))
        };
        let context = of_class(class).or_else(|| of_class(SemanticClass::None)).or_else(of_any_class);
        context.map(|context| (context.left, context.right))
    }
}

fn parse(line: &str) -> Option<(ContextKey<String>, Context)> {
    let cells: Vec<&str> = line.split(',').collect();
    let [tag, class, ending, left, right, words] = cells[..] else { return None };
    let ending = FinalConsonant::ALL.into_iter().find(|other| other.as_str() == ending)?;
    let context = Context { left: left.parse().ok()?, right: right.parse().ok()?, words: words.parse().ok()? };
    Some(((tag.to_owned(), class.parse().ok()?, ending), context))
}
