//! Writing the contexts of each tag and class, when a dictionary is built.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use crate::class::SemanticClass;
use crate::dictionary::build::lexicon::Entry;
use crate::dictionary::contexts::{ContextKey, FinalConsonant, HEADER};

impl FinalConsonant {
    fn from_feature(feature: &str) -> FinalConsonant {
        match feature {
            "T" => FinalConsonant::Yes,
            "F" => FinalConsonant::No,
            _ => FinalConsonant::Any,
        }
    }
}

/// Returns the text of the file for the words of a lexicon.
pub(crate) fn table(words: &[Entry]) -> String {
    let mut counts: BTreeMap<ContextKey<&str>, HashMap<(u16, u16), usize>> = BTreeMap::new();
    for word in words {
        let class = SemanticClass::from_feature(word.class());
        let kind = (word.tag(), class, FinalConsonant::from_feature(word.final_consonant()));
        *counts.entry(kind).or_default().entry((word.left, word.right)).or_default() += 1;
    }
    let mut text = format!("{HEADER}\n");
    for ((tag, class, ending), pairs) in counts {
        let total: usize = pairs.values().sum();
        // Of two pairs that are equally frequent the smaller, so that the same lexicon makes the same file.
        let most = pairs.into_iter().max_by_key(|&(pair, count)| (count, Reverse(pair)));
        if let Some(((left, right), _)) = most {
            let _ = writeln!(text, "{tag},{class},{},{left},{right},{total}", ending.as_str());
        }
    }
    text
}
