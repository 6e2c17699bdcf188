//! Exchange: texts with their mentions exchanged for others of the same label, so that training sees more names in more
//! contexts (Dai and Adel 2020, "An analysis of simple data augmentation for named entity recognition", mention
//! replacement).
//!
//! A mention is exchanged for one that ends alike, in a vowel, in `ㄹ`, in another consonant or in none of these, so that
//! the particles after it agree with it.

use std::collections::BTreeMap;

use crate::random::Random;
use gisa_gold::{GoldDocument, GoldMention};
use gisa_text::particle::Ending;

/// Probability that a mention is exchanged.
const SHARE: f32 = 0.5;

/// The mentions of texts, by label and ending.
pub(super) struct Pool<'d> {
    texts: BTreeMap<(&'d str, Ending), Vec<&'d str>>,
}

impl<'d> Pool<'d> {
    /// Collects all mentions of texts, repeated ones as often as they occur.
    pub fn new(documents: impl IntoIterator<Item = &'d GoldDocument<String>>) -> Pool<'d> {
        let mut texts: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for document in documents {
            let bytes = bytes(&document.text);
            for mention in &document.mentions {
                let text = &document.text[bytes[mention.chars.start]..bytes[mention.chars.end]];
                texts.entry((mention.label.as_str(), Ending::of(text))).or_default().push(text);
            }
        }
        Pool { texts }
    }

    /// Returns a text with some of its mentions exchanged; all mentions of one form for the same other one.
    pub fn exchange(&self, document: &GoldDocument<String>, random: &mut Random) -> GoldDocument<String> {
        let bytes = bytes(&document.text);
        let mut text = String::with_capacity(document.text.len());
        let mut mentions = Vec::with_capacity(document.mentions.len());
        let mut chosen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        let (mut copied, mut chars) = (0, 0);
        for mention in &document.mentions {
            let range = bytes[mention.chars.start]..bytes[mention.chars.end];
            let before = &document.text[copied..range.start];
            let own = &document.text[range.clone()];
            let other = *chosen
                .entry((&mention.label, own))
                .or_insert_with(|| if random.happens(SHARE) { self.choose(&mention.label, own, random) } else { own });
            chars += before.chars().count();
            let start = chars;
            chars += other.chars().count();
            text.push_str(before);
            text.push_str(other);
            mentions.push(GoldMention { label: mention.label.clone(), chars: start..chars });
            copied = range.end;
        }
        text.push_str(&document.text[copied..]);
        GoldDocument { text, mentions, ..document.clone() }
    }

    fn choose<'s>(&'s self, label: &str, own: &'s str, random: &mut Random) -> &'s str {
        self.texts.get(&(label, Ending::of(own))).map_or(own, |texts| texts[random.below(texts.len())])
    }
}

/// Returns the byte offset of each character, and of the end.
fn bytes(text: &str) -> Vec<usize> {
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::document;

    #[test]
    fn mentions_are_exchanged_for_others_that_end_alike() {
        let documents = [
            document("이슬비는 대전과 시애틀로 갔다.", &[("이슬비", "PS"), ("대전", "LC"), ("시애틀", "LC")]),
            document("한나무가 부산의 NC를 만났다.", &[("한나무", "PS"), ("부산", "LC"), ("NC", "OG")]),
            document("오로라는 서울로 갔다.", &[("오로라", "PS"), ("서울", "LC")]),
        ];
        let pool = Pool::new(&documents);
        let mut seen = std::collections::BTreeSet::new();
        for stream in 0..200 {
            let exchanged = pool.exchange(&documents[0], &mut Random::new(1, stream));
            let characters: Vec<char> = exchanged.text.chars().collect();
            let texts: Vec<String> =
                exchanged.mentions.iter().map(|mention| characters[mention.chars.clone()].iter().collect()).collect();
            assert!(["이슬비", "한나무", "오로라"].contains(&&*texts[0]), "{texts:?}");
            assert!(["대전", "부산"].contains(&&*texts[1]), "{texts:?}");
            assert!(["시애틀", "서울"].contains(&&*texts[2]), "{texts:?}");
            assert_eq!(exchanged.text, format!("{}는 {}과 {}로 갔다.", texts[0], texts[1], texts[2]));
            assert_eq!(exchanged.mentions.iter().map(|m| &*m.label).collect::<Vec<_>>(), ["PS", "LC", "LC"]);
            seen.insert(exchanged.text);
        }
        assert_eq!(seen.len(), 12, "{seen:?}");
        assert_eq!(pool.exchange(&documents[1], &mut Random::new(1, 0)).text.matches("NC를").count(), 1);
    }

    #[test]
    fn all_mentions_of_a_form_are_exchanged_for_the_same() {
        let text = "오로라는 갔다. 오로라는 이슬비를 만났다. 영화 오로라는 좋다. 이슬비는 오로라를 안다.";
        let marks = ["오로라", "오로라", "이슬비", "오로라", "이슬비", "오로라"]
            .into_iter()
            .zip(["PS", "PS", "PS", "AF", "PS", "PS"]);
        let documents = [
            document(text, &marks.collect::<Vec<_>>()),
            document("한나무, 김바다, 미나리", &[("한나무", "PS"), ("김바다", "PS"), ("미나리", "AF")]),
        ];
        let pool = Pool::new(&documents);
        let (mut exchanged_one, mut differ_by_label) = (false, false);
        for stream in 0..100 {
            let exchanged = pool.exchange(&documents[0], &mut Random::new(1, stream));
            let characters: Vec<char> = exchanged.text.chars().collect();
            let forms: Vec<String> =
                exchanged.mentions.iter().map(|mention| characters[mention.chars.clone()].iter().collect()).collect();
            assert_eq!((&forms[0], &forms[0]), (&forms[1], &forms[5]), "{forms:?}");
            assert_eq!(forms[2], forms[4], "{forms:?}");
            exchanged_one |= forms[0] != "오로라";
            differ_by_label |= forms[0] != forms[3];
        }
        assert!(exchanged_one && differ_by_label);
    }
}
