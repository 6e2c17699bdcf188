//! The words of a sentence: runs of letters and digits inside an eojeol, divided by punctuation marks.
//!
//! Hangul, Latin letters and digits are most of what a Korean newspaper prints, and for them the kinds of characters are
//! enough. Words of other scripts have more in them: combining marks, vowel signs, joiners, apostrophes. Those are
//! bounded as the Unicode Standard says (UAX #29), save that marks which divide words in Korean text do so everywhere.

use std::ops::Range;

use gisa_tokenizer::Morpheme;
use unicode_segmentation::UnicodeSegmentation;

use crate::lists::Lists;
use crate::title::WordTitle;

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// The range in bytes of the document.
    pub range: Range<usize>,
    /// The index of the first morpheme that overlaps the word.
    pub first_morpheme: usize,
    /// The title at its end, particles aside ([`Lists::title_of_word`]).
    pub title: Option<WordTitle>,
}

/// Fills `words` with the words of a sentence.
pub(crate) fn find_words(
    lists: &Lists,
    text: &str,
    range: &Range<usize>,
    morphemes: &[Morpheme],
    words: &mut Vec<Word>,
) {
    words.clear();
    let mut first_morpheme = 0;
    bound_words(&text[range.clone()], |found| {
        let range = range.start + found.start..range.start + found.end;
        while morphemes.get(first_morpheme).is_some_and(|morpheme| morpheme.end() <= range.start) {
            first_morpheme += 1;
        }
        let title = lists.title_of_word(&text[range.clone()]);
        words.push(Word { range, first_morpheme, title });
    });
}

/// Calls `found` with the range of each word of a sentence.
fn bound_words(sentence: &str, mut found: impl FnMut(Range<usize>)) {
    // The start of the word, and its last letter or digit so far.
    let mut open: Option<(usize, char)> = None;
    for (at, c) in sentence.char_indices() {
        if is_hangul(c) || c.is_alphanumeric() {
            open = Some((open.map_or(at, |(start, _)| start), c));
            continue;
        }
        if let Some((start, last)) = open {
            if is_inside(sentence, at, c, last) {
                continue;
            }
            found(start..at);
            open = None;
        }
    }
    if let Some((start, _)) = open {
        found(start..sentence.len());
    }
}

/// Returns whether a character is a syllable or letter of Hangul. The letter `ㆍ` is also printed as a middle dot.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}')
}

/// Returns whether a boundary at byte `at`, inside a word, cuts a word of another script than Hangul: at an apostrophe,
/// before a mark of a letter, or where UAX #29 has no boundary between two characters that are not Hangul and both Latin
/// or both not ASCII. Symbols that count as letters are not part of the word after them: `ⓒKBS`, `Δ10명`.
pub(crate) fn is_cut(word: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (word[..at].chars().next_back(), word[at..].chars().next()) else { return false };
    let beside = [before, after];
    if beside.iter().any(|&c| is_hangul(c)) || beside.iter().all(|&c| c.is_ascii() && !is_apostrophe(c)) {
        return false;
    }
    // A mark is of the script of the letter before it.
    let letter = word[last_grapheme(&word[..at])..at].chars().next().unwrap_or(before);
    let is_alike = beside.iter().all(|c| !c.is_ascii()) || is_latin(letter) && is_latin(after);
    beside.iter().any(|&c| is_apostrophe(c))
        || are_one_grapheme(before, after)
        || (is_alike && is_one_word(&word[last_grapheme(&word[..at])..at + after.len_utf8()]))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Marks that divide words in Korean text, although UAX #29 has them inside words between letters.
const DIVIDERS: [char; 6] = ['·', '‧', ':', '：', '_', '‘'];

/// Returns whether a character that is no letter or digit is inside a word, given the word's last letter or digit before
/// it: a mark of that letter, or what joins it to the next letter (`R&D`, `K-POP`, `S.H.E`, `O'Neil`, `Мар'яна`).
fn is_inside(sentence: &str, at: usize, c: char, last: char) -> bool {
    if c == ' ' || is_hangul(last) || !last.is_alphabetic() {
        return false;
    }
    let before = sentence[..at].chars().next_back();
    if !c.is_ascii() && before.is_some_and(|before| are_one_grapheme(before, c)) {
        return true;
    }
    let next_at = at + c.len_utf8();
    let Some(next) = sentence[next_at..].chars().next().filter(|next| next.is_alphabetic()) else { return false };
    match c {
        '&' | '-' | '.' if last.is_ascii() => before == Some(last) && next.is_ascii(),
        _ if is_hangul(next) || DIVIDERS.contains(&c) => false,
        _ if is_apostrophe(c) && is_quote(sentence, at, c) => false,
        _ => is_one_word(&sentence[last_grapheme(&sentence[..at])..next_at + next.len_utf8()]),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Returns whether an apostrophe between letters is more likely a quotation mark (`'K'POP`), or ends an English noun in
/// the genitive (`Intel's`), whose name is the word before it.
fn is_quote(sentence: &str, at: usize, apostrophe: char) -> bool {
    let (before, after) = (&sentence[..at], &sentence[at + apostrophe.len_utf8()..]);
    let is_mark = |c: char| is_apostrophe(c) || c == '‘';
    let is_letter = |c: char| c.is_alphanumeric() && !is_hangul(c);
    let is_genitive = after.strip_prefix(['s', 'S']).is_some_and(|rest| !rest.starts_with(is_letter));
    let closes = before.rfind(is_mark).is_some_and(|mark| !before[..mark].ends_with(is_letter));
    let opens = after
        .split_once(is_mark)
        .is_some_and(|(quoted, rest)| quoted.ends_with(char::is_alphanumeric) && !rest.starts_with(is_letter));
    is_genitive || closes || opens
}

/// Returns whether no boundary of graphemes is between two characters.
fn are_one_grapheme(before: char, after: char) -> bool {
    String::from_iter([before, after]).graphemes(true).count() == 1
}

/// Returns whether a text is one word (UAX #29).
fn is_one_word(text: &str) -> bool {
    text.split_word_bounds().nth(1).is_none()
}

/// Returns the start of the last grapheme of a text: that of a letter with its marks.
fn last_grapheme(text: &str) -> usize {
    text.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<&str> {
        let mut words = Vec::new();
        bound_words(sentence, |range| words.push(&sentence[range]));
        words
    }

    /// Sentences and their words, divided by strokes.
    const SENTENCES: &[(&str, &str)] = &[
        // Hangul, Latin letters and digits.
        ("김하늘 시장은 (서울) 3.5%", "김하늘|시장은|서울|3|5"),
        ("R&D와 K-POP, S.H.E.가 AT&T-1", "R&D와|K-POP|S.H.E|가|AT&T|1"),
        ("서울·대전, A·B·C, a_b, x:y", "서울|대전|A|B|C|a|b|x|y"),
        ("1’000'5 '97", "1|000|5|97"),
        // Apostrophes, quotation marks and the genitive.
        ("O'Neil은 D’Angelo와", "O'Neil은|D’Angelo와"),
        ("McDonald's는 Intel’s CPU", "McDonald|s는|Intel|s|CPU"),
        ("‘Day’SDI와 'K'POP", "Day|SDI와|K|POP"),
        ("LG'V50' LG‘V50’ AB'CD'를", "LG|V50|LG|V50|AB|CD|를"),
        ("한화'이글스'와 KIA'의", "한화|이글스|와|KIA|의"),
        ("O'Neil이 '좋다'고", "O'Neil이|좋다|고"),
        // Marks of letters.
        ("x\u{302}y와 José는 Jose\u{301}", "x\u{302}y와|José는|Jose\u{301}"),
        ("नरेन्द्र मोदी 총리", "नरेन्द्र|मोदी|총리"),
        ("กรุงเทพฯ กุ้งน้ำ", "กรุงเทพฯ|กุ้งน้ำ"),
        ("מֹשֶׁה צה״ל", "מֹשֶׁה|צה״ל"),
        // Joiners and other characters that are not seen.
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("क्\u{200d}ष", "क्\u{200d}ष"),
        ("Ха\u{ad}нел Iran\u{200e} 측", "Ха\u{ad}нел|Iran|측"),
        // Punctuation of other scripts.
        ("Мар'яна А.Б.Иванов", "Мар'яна|А.Б.Иванов"),
        ("Россия:Китай Альфа·Бета", "Россия|Китай|Альфа|Бета"),
        ("東京・大阪 カ・タ", "東京|大阪|カ|タ"),
        ("AI🤖는 👨\u{200d}👩 ㈜한빛", "AI|는|한빛"),
        ("", ""),
    ];

    #[test]
    fn sentences_are_divided() {
        for &(sentence, expected) in SENTENCES {
            assert_eq!(words(sentence).join("|"), expected, "{sentence}");
        }
    }

    #[test]
    fn cuts() {
        for (word, expected) in [
            ("O|'Neil", true),
            ("O'|Neil", true),
            ("KB|S", false),
            ("R|&D", false),
            ("LG|전자", false),
            ("LG|ㆍSK", false),
            ("Jos|é", true),
            ("José|는", false),
            ("Ива|нов", true),
            ("मो|दी", true),
            ("मोदी|र", true),
            ("李|朴", false),
            ("m|²", false),
            ("x|\u{302}", true),
            ("ⓒ|KBS", false),
            ("Δ|10", false),
            ("|Иванов", false),
            ("Иванов|", false),
        ] {
            let at = word.find('|').unwrap();
            assert_eq!(is_cut(&word.replace('|', ""), at), expected, "{word}");
        }
    }
}
