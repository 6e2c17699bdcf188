//! Mentions of an article: what the tagger found, each with its place in the article as it was read.

use std::ops::Range;

use gisa_entity::{Mention, Tagged, composed};

use crate::article_text::{ArticleText, PartSpan};
use crate::excerpt::{beginning, ending};

/// A mention with its place in the article.
#[derive(Debug)]
pub struct ArticleMention<'t, 'a> {
    /// The mention in the joined text.
    pub mention: &'t Mention<'t>,
    /// The name of the entity it refers to.
    pub name: &'t str,
    /// The part it stands in and its characters in the part's field.
    pub span: PartSpan<'a>,
    text: &'t str,
    sentence: Range<usize>,
}

impl<'t, 'a> ArticleMention<'t, 'a> {
    /// Returns the mentions of a tagged article, in the order of the joined text.
    pub fn all(tagged: &'t Tagged<'t>, text: &'t ArticleText<'a>) -> impl Iterator<Item = ArticleMention<'t, 'a>> {
        tagged.mentions.iter().filter_map(|mention| {
            let span = text.part_span(&mention.bytes, &mention.chars)?;
            let sentence = tagged.sentences.get(mention.sentence).cloned().unwrap_or(0..text.text().len());
            Some(ArticleMention { mention, name: tagged.name(mention), span, text: text.text(), sentence })
        })
    }

    /// Returns the mention in its sentence, on one line: `…를 위해 [이장우] 대전시장이 23일 …`. What is cut off is marked
    /// `…`.
    pub fn context(&self) -> String {
        context(self.text, &self.sentence, &self.mention.bytes)
    }
}

/// The most characters of the sentence that a context has on either side of the mention.
const CONTEXT_CHARS: usize = 30;

/// Returns a mention in its sentence, composed, since it is there to be read.
fn context(text: &str, sentence: &Range<usize>, mention: &Range<usize>) -> String {
    let before = composed(&text[sentence.start.min(mention.start)..mention.start]);
    let after = composed(&text[mention.end..sentence.end.max(mention.end)]);
    let (left, right) = (ending(&before, CONTEXT_CHARS), beginning(&after, CONTEXT_CHARS));
    let mark = |cut| if cut { "…" } else { "" };
    let joined = format!(
        "{}{left}[{}]{right}{}",
        mark(left.len() < before.len()),
        composed(&text[mention.clone()]),
        mark(right.len() < after.len())
    );
    joined.trim().replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, sentence: &Range<usize>, word: &str) -> String {
        let start = text[sentence.clone()].find(word).unwrap() + sentence.start;
        context(text, sentence, &(start..start + word.len()))
    }

    #[test]
    fn a_context_stays_in_its_sentence() {
        let text = "비가 왔다. 김하나\t시장은\n떠났다. 눈이 왔다.";
        let sentence = text.find("김").unwrap()..text.find(" 눈").unwrap();
        assert_eq!(shown(text, &sentence, "김하나"), "[김하나] 시장은 떠났다.");
    }

    #[test]
    fn a_long_context_is_cut_on_both_sides() {
        let side = "가나다라마바사아자차".repeat(4);
        let text = format!("{side}김하나{side}");
        let expected = format!("…{}[김하나]{}…", &side[side.len() / 4..], &side[..side.len() / 4 * 3]);
        assert_eq!(shown(&text, &(0..text.len()), "김하나"), expected);
    }

    #[test]
    fn a_context_is_composed() {
        // 강바다 and 왔다 in conjoining jamo.
        let name = "\u{1100}\u{1161}\u{11bc}\u{1107}\u{1161}\u{1103}\u{1161}";
        let text = format!("어제 {name}\u{110b}\u{116a}\u{11bb}\u{1103}\u{1161}.");
        assert_eq!(shown(&text, &(0..text.len()), name), "어제 [강바다]왔다.");
    }

    #[test]
    fn a_context_is_not_cut_inside_a_grapheme() {
        // A family of four, a flag, a letter with a mark that has no composed form.
        for grapheme in ["👨\u{200d}👩\u{200d}👧\u{200d}👦", "🇰🇷", "q\u{323}"] {
            let chars = grapheme.chars().count();
            for inside in 1..chars {
                // The 30th character is inside the grapheme, on both sides.
                let (left, right) = ("가".repeat(30 - inside), "나".repeat(30 - (chars - inside)));
                let text = format!("{grapheme}{left}김하나{right}{grapheme}");
                assert_eq!(shown(&text, &(0..text.len()), "김하나"), format!("…{left}[김하나]{right}…"), "{text}");
            }
            let side = "가".repeat(30 - chars);
            let text = format!("다{grapheme}{side}김하나{side}{grapheme}다");
            assert_eq!(shown(&text, &(0..text.len()), "김하나"), format!("…{grapheme}{side}[김하나]{side}{grapheme}…"));
        }
    }
}
