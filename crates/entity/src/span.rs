//! Spans: what no mention is, and where a mention ends, whatever the model predicts.
//!
//! A mention stays inside one line and on one side of `=`, and of `/` unless it joins digits or Latin letters (`3/29`,
//! `T/F`): what a prediction has on both sides of it are two mentions. A bracket or a quotation mark in a mention is
//! closed in it. A company's name begins after its legal form (`㈜`). A person is no letter of a longer word (`R&D`,
//! `B2B`), no adverb and no clause, and no `이` or `전` before a title unless the document has a full name with this
//! surname.

use std::ops::Range;

use gisa_text::Label;
use gisa_tokenizer::{Morpheme, PosTag};

use crate::candidate::{Candidate, Evidence};
use crate::sentence::AnalyzedSentence;
use crate::word::is_hangul;

/// Opening brackets and quotation marks with the marks that close them.
const PAIRS: [(char, char); 11] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('‘', '’'),
    ('“', '”'),
];

/// Calls `found` with each mention in a span that the model predicts.
pub(crate) fn each_mention(
    sentence: &AnalyzedSentence<'_>,
    label: Label,
    span: Range<usize>,
    mut found: impl FnMut(Range<usize>),
) {
    for part in parts(sentence.text, span) {
        let mut range = closed(sentence.text, part);
        if label == Label::Organisation {
            range = without_legal_form(sentence.text, range);
        }
        if range.is_empty() || label == Label::Person && is_no_person(sentence, &range) {
            continue;
        }
        found(range);
    }
}

/// Abbreviations of the legal form of a company, which are written before its name.
const LEGAL_FORMS: [&str; 3] = ["㈜", "(주)", "（주）"];

/// Returns the span of a company's name without its legal form: `㈜한빛테크`.
fn without_legal_form(text: &str, span: Range<usize>) -> Range<usize> {
    let form = LEGAL_FORMS.iter().find(|form| text[span.clone()].starts_with(**form));
    trimmed(text, span.start + form.map_or(0, |form| form.len())..span.end)
}

/// Returns the parts of a span between line ends, `=` and `/`, without white space around them.
fn parts(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = span.start;
    let dividers = text[span.clone()].char_indices().filter(move |&(at, c)| divides(text, span.start + at, c));
    let ends = dividers.map(move |(at, c)| (span.start + at, c.len_utf8())).chain([(span.end, 0)]);
    ends.map(move |(end, divider)| {
        let part = trimmed(text, start..end);
        start = end + divider;
        part
    })
}

/// Returns whether a character at a byte of a text divides two mentions.
fn divides(text: &str, at: usize, c: char) -> bool {
    match c {
        '\n' | '\r' | '=' | '＝' => true,
        '/' | '／' => {
            let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
            let joins = |is_alike: fn(&char) -> bool| {
                before.is_some_and(|c| is_alike(&c)) && after.is_some_and(|c| is_alike(&c))
            };
            !joins(char::is_ascii_digit) && !joins(char::is_ascii_alphabetic)
        }
        _ => false,
    }
}

/// Returns a span with the bracket directly before it, if that opens the first that the span closes without opening,
/// otherwise what the span has after that; and only what it has before the first bracket that it does not close.
fn closed(text: &str, span: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = span;
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text[span.clone()].char_indices().map(|(at, c)| (span.start + at, c)) {
        if let Some((_, closing)) = PAIRS.iter().find(|(opening, _)| *opening == c) {
            open.push((at, *closing));
        } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == c) {
            if open.pop_if(|(_, closing)| *closing == c).is_some() || is_apostrophe(text, at, c) {
                continue;
            }
            start = if start == span.start && text[..start].ends_with(*opening) {
                start - opening.len_utf8()
            } else {
                open.clear();
                at + c.len_utf8()
            };
        }
    }
    if let Some((at, _)) = open.first() {
        end = *at;
    }
    for mark in ['"', '\''] {
        let mut marks = text[start..end.max(start)].match_indices(mark).map(|(at, _)| start + at);
        let (count, last) = (marks.clone().count(), marks.next_back());
        if let Some(last) = last.filter(|&last| count % 2 == 1 && !is_apostrophe(text, last, mark)) {
            end = last;
        }
    }
    trimmed(text, start..end.max(start))
}

/// Returns whether a mark stands between two Latin letters: `O’Neil`.
fn is_apostrophe(text: &str, at: usize, mark: char) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_hangul(c));
    matches!(mark, '\'' | '’')
        && is_letter(text[..at].chars().next_back())
        && is_letter(text[at + mark.len_utf8()..].chars().next())
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let part = &text[span.clone()];
    let start = span.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// Returns whether a range cannot be a person: letters or digits of a longer word of Latin letters, or a word of three
/// syllables and more without a noun that is an adverb or ends a clause.
fn is_no_person(sentence: &AnalyzedSentence<'_>, range: &Range<usize>) -> bool {
    let name = &sentence.text[range.clone()];
    if name.is_ascii() {
        let is_latin = |c: char| c.is_ascii_alphanumeric() || c == '&';
        return sentence.text[..range.start].ends_with(is_latin) || sentence.text[range.end..].starts_with(is_latin);
    }
    name.chars().nth(2).is_some() && is_predicate(sentence.morphemes_in(range))
}

/// Returns whether morphemes are verbs and adverbs with their endings, the last of them one that ends a clause. Words
/// that end in an adnominal ending are often names that the dictionary lacks (`비건`, `정서린`).
fn is_predicate(morphemes: &[Morpheme]) -> bool {
    let is_verb = |tag| matches!(tag, PosTag::Vv | PosTag::Va | PosTag::Vx | PosTag::Vcp | PosTag::Vcn);
    let is_adverb = |tag| matches!(tag, PosTag::Mag | PosTag::Maj);
    let is_part = |tag: PosTag| is_verb(tag) || is_adverb(tag) || tag.is_ending() || tag.is_particle();
    let ends_clause = |tag| is_adverb(tag) || matches!(tag, PosTag::Ec | PosTag::Jx);
    morphemes.last().is_some_and(|last| ends_clause(last.tag().last()))
        && morphemes.iter().all(|morpheme| morpheme.tag().parts().all(is_part))
}

/// Words before a title that are also surnames: the former, the present, the new and this one.
const BEFORE_TITLES: [&str; 4] = ["전", "현", "신", "이"];

/// Drops the people that are only a word before a title (`전 시장`, `이 시장`), unless the document names somebody in full
/// whose surname it is.
pub(crate) fn drop_words_before_titles(text: &str, candidates: &mut Vec<Candidate<'_>>) {
    let people = candidates.iter().filter(|candidate| candidate.label == Label::Person);
    let names = people.map(|candidate| &text[candidate.range.clone()]).filter(|name| name.chars().nth(1).is_some());
    let surnames: Vec<&str> =
        names.filter_map(|name| BEFORE_TITLES.into_iter().find(|word| name.starts_with(word))).collect();
    candidates.retain(|candidate| {
        let word = &text[candidate.range.clone()];
        let is_before_title = candidate.title.as_ref().is_some_and(|title| title.distance.is_some());
        candidate.evidence == Evidence::User
            || candidate.label != Label::Person
            || !is_before_title
            || !BEFORE_TITLES.contains(&word)
            || surnames.contains(&word)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;
    use crate::title::Title;

    /// Returns the mentions in the span of a text between `|` and `|`, divided by ` + `.
    fn mentions(marked: &str, label: Label) -> String {
        let [before, span, after] = marked.split('|').collect::<Vec<_>>().try_into().expect("two strokes");
        let text = [before, span, after].concat();
        let sentence = AnalyzedSentence { text: &text, range: 0..text.len(), morphemes: &[], words: &[] };
        let mut found = Vec::new();
        each_mention(&sentence, label, before.len()..before.len() + span.len(), |range| found.push(&text[range]));
        found.join(" + ")
    }

    #[test]
    fn names_on_both_sides_of_a_divider_are_two() {
        for (marked, expected) in [
            ("(|수원=한빛통신|) 김하늘", "수원 + 한빛통신"),
            ("|2023.8.1/한빛통신|", "2023.8.1 + 한빛통신"),
            ("|한빛시\n가람군| 소식", "한빛시 + 가람군"),
            ("|3/29~4/7| 열린다", "3/29~4/7"),
            ("|특화발전 T/F|가", "특화발전 T/F"),
            ("|= 한빛시|는", "한빛시"),
            ("|한빛 시청|은", "한빛 시청"),
            ("|㈜한빛테크|는", "한빛테크"),
            ("|(주) 한빛테크|는", "한빛테크"),
        ] {
            assert_eq!(mentions(marked, Label::Organisation), expected, "{marked}");
        }
    }

    #[test]
    fn brackets_and_quotation_marks_are_closed() {
        for (marked, expected) in [
            ("|가람은행(GB) 본점|에서", "가람은행(GB) 본점"),
            ("|가람은행(GB|)은", "가람은행"),
            ("(|한)반도| 소식", "(한)반도"),
            ("조선(|한)반도| 소식", "(한)반도"),
            ("|누리구)가람동| 집", "가람동"),
            ("|현우(| 기자)씨", "현우"),
            ("‘|새봄’ 위원회|는", "‘새봄’ 위원회"),
            ("‘굿 |새봄’ 한빛생명|이", "한빛생명"),
            ("|가람‘새봄’위원회|는", "가람‘새봄’위원회"),
            ("|O’Neil Care|는", "O’Neil Care"),
            ("|MOM's Care|는", "MOM's Care"),
            ("|케이블 'TV| 새봄'", "케이블"),
            ("|(|가)", ""),
        ] {
            assert_eq!(mentions(marked, Label::Organisation), expected, "{marked}");
        }
    }

    #[test]
    fn letters_of_a_longer_word_are_no_people() {
        for (marked, expected) in [
            ("R&|D| 사업", ""),
            ("|B|2B 사업", ""),
            ("M&|A|로", ""),
            ("|A|씨는", "A"),
            ("(|B|)는", "B"),
            ("|A|, B씨", "A"),
        ] {
            assert_eq!(mentions(marked, Label::Person), expected, "{marked}");
        }
        assert_eq!(mentions("R&|D| 사업", Label::Organisation), "D");
    }

    #[test]
    fn words_before_titles_are_people_only_with_a_full_name() {
        for (text, people, expected) in [
            ("전 대법원장은 왔다", vec!["전"], ""),
            ("신 회장은 왔다", vec!["신"], ""),
            ("구 회장은 왔다", vec!["구"], "구"),
            ("전바다 의원이 왔다. 전 의원은", vec!["전바다", "전 "], "전바다 전"),
        ] {
            let candidate = |name: &&str| {
                let start = text.find(*name).unwrap();
                let end = start + name.trim_end().len();
                let title = Title { form: "의원", range: end..end, distance: Some(0), alone: true };
                let candidate = Candidate::new(Label::Person, start..end, Evidence::Model, 0.9, Rule::Surname);
                Candidate { title: Some(title), ..candidate }
            };
            let mut candidates: Vec<Candidate<'_>> = people.iter().map(candidate).collect();
            drop_words_before_titles(text, &mut candidates);
            let left: Vec<&str> = candidates.iter().map(|candidate| &text[candidate.range.clone()]).collect();
            assert_eq!(left.join(" "), expected, "{text}");
        }
    }
}
