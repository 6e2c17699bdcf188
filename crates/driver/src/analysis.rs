//! What tagging says of an article: its mentions, each with its place in the article as it was read.

use gisa_entity::{Label, Mention, Tagged, composed};

use crate::article::PartKind;
use crate::composed::{Composed, Origin};

/// A mention, its entity's name and its place in the article.
pub struct Found<'t, 'a> {
    /// The mention in the composed document.
    pub mention: &'t Mention<'t>,
    /// The name of the entity it refers to.
    pub name: &'t str,
    /// The part it stands in and its characters in the part's field.
    pub origin: Origin<'a>,
}

impl Found<'_, '_> {
    /// Whether the mention is in the news, and not the name of who wrote it.
    pub fn counts(&self) -> bool {
        self.origin.part.kind != PartKind::Byline
    }

    /// The calendar date or range of dates of a `DT` mention; a duration (`P3D`) is none.
    pub fn date(&self) -> Option<&str> {
        let value = self.mention.value.as_deref()?;
        (self.mention.label == Label::Date && !value.starts_with('P')).then_some(value)
    }
}

/// The mentions with their places in the article, in the order of the composed document.
pub fn found<'t, 'a>(tagged: &'t Tagged<'t>, composed: &'t Composed<'a>) -> impl Iterator<Item = Found<'t, 'a>> {
    tagged.mentions.iter().filter_map(|mention| {
        let origin = composed.origin(mention)?;
        Some(Found { mention, name: tagged.name(mention), origin })
    })
}

/// The names of a label's entities, each once, in the order of their first mention.
pub fn names<'t>(found: &[Found<'t, '_>], label: Label) -> Vec<&'t str> {
    once(found.iter().filter(|found| found.counts() && found.mention.label == label).map(|found| found.name))
}

/// The dates that are mentioned, each once, in the order of their first mention.
pub fn dates<'f>(found: &'f [Found<'_, '_>]) -> Vec<&'f str> {
    once(found.iter().filter(|found| found.counts()).filter_map(Found::date))
}

fn once<'t>(names: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut seen = std::collections::HashSet::new();
    names.filter(|&name| seen.insert(name)).collect()
}

/// How many characters of the sentence stand on either side of the mention in [`context`].
const CONTEXT_CHARS: usize = 30;

/// The mention in its sentence, on one line: `…를 위해 [이장우] 대전시장이 23일 …`. What is cut off is marked `…`. It is
/// composed, since it is there to be read, and a cut would go through a decomposed syllable.
pub fn context(tagged: &Tagged<'_>, mention: &Mention<'_>) -> String {
    let text = tagged.document.text;
    let sentence = tagged.sentences.get(mention.sentence).cloned().unwrap_or(0..text.len());
    let before = composed(&text[sentence.start.min(mention.bytes.start)..mention.bytes.start]);
    let after = composed(&text[mention.bytes.end..sentence.end.max(mention.bytes.end)]);
    let left = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
    let right = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
    let mark = |cut| if cut { "…" } else { "" };
    let joined = format!(
        "{}{}[{}]{}{}",
        mark(left > 0),
        &before[left..],
        composed(mention.text),
        &after[..right],
        mark(right < after.len())
    );
    joined.trim().replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use gisa_entity::Document;

    use super::*;
    use crate::article::{Field, Part};

    #[test]
    fn dates_are_places_on_the_calendar() {
        use Label::{Date, Time};
        let (title, body, byline) = (PartKind::Title, PartKind::Body, PartKind::Byline);
        let made = [
            (Date, Some("2024-07"), title),
            (Date, Some("P3D"), title),
            (Date, Some("2024-06-24"), byline),
            (Date, Some("2024-06-29/2024-07-02"), body),
            (Date, None, body),
            (Time, None, body),
            (Date, Some("2023"), body),
            (Date, Some("2024-07"), body),
            (Date, Some("P1Y6M"), body),
            (Date, Some("2024-06-23"), body),
        ]
        .map(|(label, value, kind)| {
            let mention = Mention {
                label,
                text: "",
                chars: 0..0,
                bytes: 0..0,
                sentence: 0,
                entity: 0,
                value: value.map(str::to_owned),
                basis: None,
                confidence: 1.0,
                rule: "test",
            };
            (mention, Part { kind, field: Field::Text, range: 0..0 })
        });
        let found =
            made.each_ref().map(|(mention, part)| Found { mention, name: "", origin: Origin { part, chars: 0..0 } });
        assert_eq!(dates(&found), ["2024-07", "2024-06-29/2024-07-02", "2023", "2024-06-23"]);
    }

    fn shown(text: &str, sentence: Range<usize>, word: &str) -> String {
        let start = text[sentence.clone()].find(word).unwrap() + sentence.start;
        let bytes = start..start + word.len();
        let mention = Mention {
            label: Label::Person,
            text: &text[bytes.clone()],
            chars: 0..0,
            bytes,
            sentence: 0,
            entity: 0,
            value: None,
            basis: None,
            confidence: 1.0,
            rule: "test",
        };
        let tagged = Tagged {
            document: Document::new(text),
            sentences: vec![sentence],
            mentions: Vec::new(),
            entities: Vec::new(),
        };
        context(&tagged, &mention)
    }

    #[test]
    fn a_context_stays_in_its_sentence() {
        let text = "비가 왔다. 김하나\t시장은\n떠났다. 눈이 왔다.";
        let sentence = text.find("김").unwrap()..text.find(" 눈").unwrap();
        assert_eq!(shown(text, sentence, "김하나"), "[김하나] 시장은 떠났다.");
    }

    #[test]
    fn a_long_context_is_cut_on_both_sides() {
        let side = "가나다라마바사아자차".repeat(4);
        let text = format!("{side}김하나{side}");
        let expected = format!("…{}[김하나]{}…", &side[side.len() / 4..], &side[..side.len() / 4 * 3]);
        assert_eq!(shown(&text, 0..text.len(), "김하나"), expected);
    }

    #[test]
    fn a_context_is_composed() {
        // 강바다 and 왔다 in conjoining jamo.
        let name = "\u{1100}\u{1161}\u{11bc}\u{1107}\u{1161}\u{1103}\u{1161}";
        let text = format!("어제 {name}\u{110b}\u{116a}\u{11bb}\u{1103}\u{1161}.");
        assert_eq!(shown(&text, 0..text.len(), name), "어제 [강바다]왔다.");
    }
}
