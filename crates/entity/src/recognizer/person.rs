//! People: Korean names by their surname and what surrounds them, surnames before titles, and foreign names.

use std::ops::Range;
use std::sync::Arc;

use gisa_tokenizer::{MorphemeSource, PosTag, SemanticClass};

use crate::candidate::{Candidate, Score};
use crate::lists::Lists;
use crate::recognizer::Recognizer;
use crate::rule::Rule;
use crate::sentence::AnalyzedSentence;
use crate::title::{FORMER, Title, is_space};
use gisa_text::Label;
use gisa_text::particle::{MAX_CHAIN_CHARS, is_particle_chain};

/// Recognizes people.
pub(crate) struct PersonRecognizer {
    lists: Arc<Lists>,
}

impl PersonRecognizer {
    pub fn new(lists: Arc<Lists>) -> PersonRecognizer {
        PersonRecognizer { lists }
    }
}

impl Recognizer for PersonRecognizer {
    fn propose<'g>(&'g self, sentence: &AnalyzedSentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for index in 0..sentence.words.len() {
            let first = sentence.word(index).chars().next().unwrap_or(' ');
            if self.lists.surname_starts.may_have(first) {
                self.propose_korean(sentence, index, candidates);
                self.propose_surname(sentence, index, candidates);
            }
            propose_letter(sentence, index, candidates);
            self.propose_foreign(sentence, index, candidates);
        }
    }
}

/// Surnames that are also a determiner, a prefix or a noun (`이 시장`: this market): before a title they are a name only
/// with further evidence.
const UNCLEAR_SURNAMES: &str =
    "두이전현신한양주부고각본제도편원인진공차국방기구남동여옥은감시단계목간강문정조장유서우하";

/// Those of them that are almost always names before a title of office.
const MOSTLY_SURNAMES: &str = "이신양조고차남도강문정장유서우하원진공방구";

/// Surnames with a larger share of the population, per mille, make a name of three syllables likely by themselves.
const COMMON: f32 = 5.0;

/// Surnames with a smaller share of the population, per mille, need further evidence as well.
const RARE: f32 = 0.3;

/// Words after a foreigner's family name that are not another name: `폼페이오 국무장관`, `트럼프 행정부`.
const NO_NAMES: [&str; 10] = ["국무", "외무", "상원", "하원", "행정부", "캠프", "정부", "내각", "등", "측"];

/// Kinds of titles that identify a person by themselves; `이 시장` and `이 선수` may be any market and any player.
const OFFICES: [&str; 4] = ["politics", "government", "business", "law"];

impl PersonRecognizer {
    /// Proposes names of a surname and a given name: `이장우`, `남궁민`.
    fn propose_korean(&self, sentence: &AnalyzedSentence<'_>, index: usize, candidates: &mut Vec<Candidate<'_>>) {
        let word = sentence.word(index);
        if sentence.words[index].title.as_ref().is_some_and(|title| title.alone) {
            return; // `시장은` is the mayor, not Mr Si.
        }
        let start = sentence.words[index].range.start;
        for length in [2, 3, 4] {
            let Some(end) = byte_of(word, length) else { return };
            let name = &word[..end];
            let Some(given) = self.given_name(name, length) else { continue };
            let range = start..start + end;
            let title = self.lists.title_after(sentence, index, range.end);
            let Some(score) = self.korean_score(sentence, index, &range, given, title.as_ref()) else { continue };
            let rule = if title.is_some() { Rule::Title } else { Rule::Name };
            candidates.push(Candidate { title, ..Candidate::new(Label::Person, range, score, rule) });
        }
    }

    /// Returns the number of syllables of the given name in a name of `chars` syllables, if it begins with a surname
    /// and is all Hangul.
    fn given_name(&self, name: &str, chars: usize) -> Option<usize> {
        if !name.chars().all(|c| matches!(c, '가'..='힣')) {
            return None;
        }
        let two = byte_of(name, 2).is_some_and(|end| chars > 2 && self.lists.surnames.contains_key(&name[..end]));
        let one = self.lists.surnames.contains_key(&name[..'가'.len_utf8()]);
        match chars {
            2 if one => Some(1),
            3 if one => Some(2),
            3 if two => Some(1),
            4 if two => Some(2),
            _ => None,
        }
    }

    fn korean_score(
        &self,
        sentence: &AnalyzedSentence<'_>,
        index: usize,
        range: &Range<usize>,
        given: usize,
        title: Option<&Title>,
    ) -> Option<Score> {
        let name = &sentence.text[range.clone()];
        let rest = &sentence.text[range.end..sentence.words[index].range.end];
        let attached = title.is_some_and(|title| title.distance.is_none());
        if !attached && !is_particle_chain(name, rest) && !matches!(rest, "씨" | "측") {
            return None;
        }
        let token = sentence.morpheme_on(range);
        let is_name = token.is_some_and(|t| t.tag().is(PosTag::Nnp) && t.class() == SemanticClass::Person);
        let mut score: i32 = match (is_name, given) {
            (true, 2) => 54,
            (true, _) => 36,
            (false, 2) if self.is_unlisted_name(sentence, index, range) => 30,
            (false, 2) if is_inflected(sentence, index, range) => 0,
            (false, 2) => 18,
            (false, _) => 4,
        };
        score += match title {
            Some(Title { distance: None, .. }) if rest.starts_with('씨') => 34,
            Some(Title { distance: None, .. }) if !sentence.is_border(range.end) => 0,
            Some(Title { distance: None, .. }) if is_name => 34,
            Some(Title { distance: None, .. }) => 16,
            Some(Title { distance: Some(0), alone: true, .. }) => 36,
            Some(Title { distance: Some(0), form, .. }) if self.is_local_office(sentence.word(index + 1), form) => 36,
            Some(Title { distance: Some(0), .. }) => 28,
            Some(_) => 22,
            None => 0,
        };
        if is_age(sentence.gap_after(index), sentence.word(index + 1)) && rest.is_empty() {
            score += 36;
        }
        if index > 0 && is_space(sentence.gap_before(index)) && self.lists.is_title_before(sentence.word(index - 1)) {
            score += 22;
        }
        let bare = rest.is_empty() && title.is_none() && is_space(sentence.gap_after(index));
        if bare {
            score -= 8;
        }
        if token.is_some_and(|t| !t.tag().is(PosTag::Nnp)) {
            score -= 30;
        }
        let common = self.lists.stopwords.contains(&(name, Label::Person));
        if common && !(is_name && title.is_some_and(|title| title.alone)) || self.lists.titles.contains_key(name) {
            score -= 40;
        }
        if self.lists.foreign_surnames.contains(name)
            || !is_name && name.ends_with(['의', '을', '를', '에', '는', '대'])
        {
            score -= 20;
        }
        if self.lists.names.starting(name).any(|e| e.label != Label::Person && *e.form == *name) {
            score -= 30;
        }
        Score::try_from(score.clamp(0, 95)).ok()
    }

    /// Returns whether a word is the office of a place: `춘천시장은`.
    fn is_local_office(&self, word: &str, title: &str) -> bool {
        word.rfind(title).is_some_and(|at| self.lists.names.has(&word[..at]))
    }

    /// Returns whether the analysis of a name of three syllables is that of an unlisted name: the surname alone, or
    /// morphemes that do not belong together, but not a word with a particle or an ending (`정책을`, `은퇴한`).
    fn is_unlisted_name(&self, sentence: &AnalyzedSentence<'_>, index: usize, range: &Range<usize>) -> bool {
        let surname = &sentence.text[range.start..range.start + '가'.len_utf8()];
        let rest = &sentence.text[range.end..sentence.words[index].range.end];
        if sentence.text[range.clone()].ends_with('으') && rest.starts_with('로') {
            return false; // `신분으로` is 신분 with its particle.
        }
        if !sentence.is_border(range.end) {
            return self.lists.surnames.get(surname).is_some_and(|&share| share >= COMMON);
        }
        let morphemes = sentence.morphemes_of(index);
        let pieces = &morphemes[..morphemes.partition_point(|m| m.start() < range.end)];
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
        let ends = last.tag().last();
        let surname_alone = first.end() - first.start() == '가'.len_utf8();
        let strange = pieces.iter().any(|m| !m.tag().first().is_nominal() && m.tag().first() != PosTag::Xsn);
        !ends.is_particle() && (surname_alone || strange && (!ends.is_ending() || ends == PosTag::Ef))
    }

    /// Proposes a surname before a title: `김 대표`, `이모(45)씨`, `박씨`.
    fn propose_surname(&self, sentence: &AnalyzedSentence<'_>, index: usize, candidates: &mut Vec<Candidate<'_>>) {
        let word = sentence.word(index);
        let start = sentence.words[index].range.start;
        for length in [1, 2] {
            let Some(end) = byte_of(word, length) else { return };
            let surname = &word[..end];
            if !self.lists.surnames.contains_key(surname) {
                continue;
            }
            let range = start..start + end;
            if let Some((score, title)) = self.surname_score(sentence, index, surname, end) {
                candidates.push(Candidate { title, ..Candidate::new(Label::Person, range, score, Rule::Surname) });
            }
        }
    }

    fn surname_score(
        &self,
        sentence: &AnalyzedSentence<'_>,
        index: usize,
        surname: &str,
        end: usize,
    ) -> Option<(Score, Option<Title>)> {
        let word = sentence.word(index);
        let rest = &word[end..];
        if is_anonymous(sentence, index, rest) {
            return Some((80, None));
        }
        let at = sentence.words[index].range.start + end;
        let title = self.lists.title_after(sentence, index, at)?;
        let office =
            self.lists.titles.get(title.form).is_some_and(|kind| OFFICES.contains(kind)) && title.form != "시장";
        let rare = self.lists.surnames[surname] < RARE;
        let clear = surname.chars().count() == 2 || !rare && !UNCLEAR_SURNAMES.contains(surname);
        let score = match &title {
            Title { form: "씨", .. } if rest.is_empty() || rest.starts_with('씨') => 78,
            Title { distance: Some(0), alone, .. } => match (clear, alone) {
                (true, true) => 72,
                (true, false) => 58,
                (false, true) if office && MOSTLY_SURNAMES.contains(surname) => 56,
                // `이 시장` is this market or Mayor Lee: the document decides.
                (false, true) => 46,
                (false, false) => 40,
            },
            Title { distance: Some(1), alone: true, .. } if FORMER.contains(&sentence.word(index + 1)) => {
                if clear || MOSTLY_SURNAMES.contains(surname) || surname == "전" { 74 } else { 46 }
            }
            Title { .. } => return None,
        };
        Some((score, Some(title)))
    }

    /// Proposes a word unknown to the dictionary directly before a title: `클래퍼 국장`.
    fn is_strange(&self, sentence: &AnalyzedSentence<'_>, index: usize, stem: &str) -> bool {
        let hangul = stem.chars().all(|c| matches!(c, '가'..='힣'));
        let length = stem.chars().count();
        let morphemes = sentence.morphemes_of(index);
        let proper = morphemes.iter().any(|m| {
            m.tag().is(PosTag::Nnp) && m.class() != SemanticClass::Place || m.tag().first() == PosTag::Unknown
        });
        let clean = morphemes.iter().all(|m| m.tag().first().is_nominal() || m.tag().first() == PosTag::Unknown);
        let titled = (2..length)
            .filter_map(|chars| byte_of(stem, chars))
            .any(|end| self.lists.titles.contains_key(&stem[..end]));
        let listed = titled || self.lists.names.starting(stem).any(|entry| entry.label != Label::Person);
        hangul && (3..=6).contains(&length) && proper && clean && !listed && self.lists.title_of_word(stem).is_none()
    }

    /// Proposes names of foreigners: a listed given name with the words after it, a listed family name, or proper nouns
    /// before a title.
    fn propose_foreign(&self, sentence: &AnalyzedSentence<'_>, index: usize, candidates: &mut Vec<Candidate<'_>>) {
        let word = sentence.word(index);
        if !self.may_be_foreign(sentence, index, word) {
            return;
        }
        let range = sentence.words[index].range.clone();
        let end = range.start + self.foreign_stem(word);
        let stem = &sentence.text[range.start..end];
        let first = self.lists.given_names.contains(word) || self.lists.foreign_surnames.contains(word);
        if first && index + 1 < sentence.words.len() {
            self.propose_given_and_surname(sentence, index, candidates);
        }
        let title = self.lists.title_after(sentence, index, end);
        let known = self.lists.foreign_surnames.contains(stem);
        let token = sentence.morpheme_on(&(range.start..end));
        let proper = token.is_some_and(|t| t.tag().is(PosTag::Nnp) && t.class() == SemanticClass::Person);
        let alone = title.as_ref().is_some_and(|title| title.alone && title.distance.is_none_or(|d| d == 0));
        let score = match (known, proper, alone) {
            (true, _, true) => 76,
            (true, true, false) => 54,
            (true, false, false) => 42,
            (false, true, true) if stem.chars().count() >= 3 => 62,
            (false, false, true) if self.is_strange(sentence, index, stem) => 58,
            _ => return,
        };
        if self.lists.stopwords.contains(&(stem, Label::Person)) {
            return;
        }
        candidates.push(Candidate { title, ..Candidate::new(Label::Person, range.start..end, score, Rule::Foreign) });
    }

    /// Returns whether a word may be a foreign name: it begins like a listed one, or a part of it is analyzed as a
    /// proper noun or as unknown.
    fn may_be_foreign(&self, sentence: &AnalyzedSentence<'_>, index: usize, word: &str) -> bool {
        word.starts_with(|first| self.lists.foreign_starts.may_have(first))
            || sentence
                .morphemes_of(index)
                .iter()
                .any(|morpheme| morpheme.tag().is(PosTag::Nnp) || morpheme.tag().first() == PosTag::Unknown)
    }

    /// Returns the length of a word without its particles; a listed name that ends like one (`노이만`) is kept whole.
    fn foreign_stem(&self, word: &str) -> usize {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let is_known = |&end: &usize| {
            let stem = &word[..end];
            is_particle_chain(stem, &word[end..])
                && (self.lists.foreign_surnames.contains(stem) || self.lists.given_names.contains(stem))
        };
        let may_be_known = word.starts_with(|first| self.lists.foreign_starts.may_have(first));
        let known = if may_be_known { ends.take(MAX_CHAIN_CHARS + 1).find(is_known) } else { None };
        known.unwrap_or_else(|| gisa_text::particle::stem_length(word, 2))
    }

    /// `마크 엘리치`, `마크 엘리치 시장`, `존 F. 케네디` without the initial.
    fn propose_given_and_surname(
        &self,
        sentence: &AnalyzedSentence<'_>,
        index: usize,
        candidates: &mut Vec<Candidate<'_>>,
    ) {
        let next = index + 1;
        if !matches!(sentence.gap_after(index), " " | "·" | "-") {
            return;
        }
        let word = sentence.word(next);
        let start = sentence.words[next].range.start;
        let attached =
            sentence.words[next].title.as_ref().filter(|title| !title.alone && title.form.chars().count() >= 2);
        let length = match attached.and_then(|title| word.rfind(title.form)) {
            Some(at) if byte_of(word, 2).is_some_and(|two| at >= two) => at,
            _ => self.foreign_stem(word),
        };
        let stem = &word[..length];
        let known = self.lists.foreign_surnames.contains(stem) || self.lists.given_names.contains(stem);
        let hangul = stem.chars().all(|c| matches!(c, '가'..='힣')) && stem.chars().count() >= 2;
        let title = self.lists.title_after(sentence, next, start + length);
        let nameless = self.lists.titles.contains_key(stem)
            || self.lists.title_of_word(stem).is_some()
            || NO_NAMES.contains(&stem)
            || self.lists.names.starting(stem).any(|e| e.label != Label::Person && *e.form == *stem);
        let strange = sentence.morphemes_of(next).iter().any(|m| {
            m.tag().is(PosTag::Nnp) || m.source() == MorphemeSource::Unknown && m.tag().first() == PosTag::Unknown
        });
        let score = match (known, hangul && !nameless, title.is_some(), strange) {
            (true, true, ..) => 80,
            (_, true, true, _) => 70,
            (_, true, false, true) => 58,
            _ => return,
        };
        let range = sentence.words[index].range.start..start + length;
        candidates.push(Candidate { title, ..Candidate::new(Label::Person, range, score, Rule::Foreign) });
    }
}

/// Proposes a letter in place of a name: `A씨`, `B 씨`, `C군`.
fn propose_letter(sentence: &AnalyzedSentence<'_>, index: usize, candidates: &mut Vec<Candidate<'_>>) {
    let word = sentence.word(index);
    let Some(first) = word.chars().next().filter(char::is_ascii_uppercase) else { return };
    let range = sentence.words[index].range.start..sentence.words[index].range.start + first.len_utf8();
    let attached = word[1..].starts_with(['씨', '군', '양', '모']);
    let apart = word.len() == 1 && {
        let next = sentence.word(index + 1);
        is_space(sentence.gap_after(index)) && next.starts_with('씨')
            || sentence.gap_after(index).starts_with('(')
                && sentence.word(index + 1).bytes().all(|b| b.is_ascii_digit())
    };
    if attached || apart {
        candidates.push(Candidate::new(Label::Person, range, 82, Rule::Letter));
    }
}

/// Returns whether only the surname of someone is given: `이모씨`, `김모(45)씨`, `박모 씨`, `이 모 씨`.
fn is_anonymous(sentence: &AnalyzedSentence<'_>, index: usize, rest: &str) -> bool {
    let is_person = |text: &str| text.starts_with(['씨', '군', '양']);
    let next = sentence.word(index + 1);
    let gap = sentence.gap_after(index);
    match rest.strip_prefix('모') {
        Some("") => gap.starts_with('(') || is_space(gap) && is_person(next),
        Some(after) => is_person(after),
        None => {
            rest.is_empty()
                && is_space(gap)
                && next.strip_prefix('모').is_some_and(|after| match after {
                    "" => is_person(sentence.word(index + 2)) || sentence.gap_after(index + 1).starts_with('('),
                    _ => is_person(after),
                })
        }
    }
}

/// Returns the byte offset at which the first `chars` characters end; `None` if the text is shorter.
fn byte_of(text: &str, chars: usize) -> Option<usize> {
    text.char_indices().map(|(at, c)| at + c.len_utf8()).nth(chars - 1)
}

/// Returns whether an apparent name is a word with a particle: `경찰은 의사를`.
fn is_inflected(sentence: &AnalyzedSentence<'_>, index: usize, range: &Range<usize>) -> bool {
    let pieces = sentence.morphemes_of(index).iter().take_while(|m| m.end() <= range.end);
    pieces.last().is_some_and(|last| last.end() == range.end && last.tag().last().is_particle())
}

/// Returns whether an age in brackets follows: `(45)`, `(45·회사원)`.
fn is_age(gap: &str, next: &str) -> bool {
    gap == "(" && (1..=2).contains(&next.len()) && next.bytes().all(|b| b.is_ascii_digit())
        || gap == "(" && next.strip_suffix('세').is_some_and(|age| age.bytes().all(|b| b.is_ascii_digit()))
}
