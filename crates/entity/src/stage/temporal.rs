//! Dates and times: `DT` and `TI`.
//!
//! Spans follow KLUE-NER: with the adverb that places them (`지난 5월`, `오는 30일`) and what makes them a duration
//! (`3년간`, `10년 전`), without particles and `만에`. Neighbouring parts of one date are one mention
//! (`2024년 6월 23일`).

use regex::Regex;

use crate::Label;
use crate::candidate::{Candidate, Score};
use crate::particle::{is_follower, is_particle_chain};
use crate::sentence::Sentence;
use crate::stage::Stage;

/// Dates and times are surer than numbers and names.
const SCORE: Score = 85;

/// Korean numerals that count days, months and years.
const NUMERAL: &str = "(?:한|두|세|네|석|넉|다섯|여섯|일곱|여덟|아홉|열|스무|수십|수백|수천|수|몇|반|[0-9][0-9,]*(?:\\.[0-9]+)?(?:[~∼-][0-9]+)?)";

/// The finder of dates and times.
pub(crate) struct Temporal {
    date: Regex,
    time: Regex,
}

impl Temporal {
    pub fn new() -> Temporal {
        let compile = |pattern: &str| Regex::new(pattern).expect("the patterns are fixed and tested");
        Temporal { date: compile(&date_pattern()), time: compile(&time_pattern()) }
    }
}

/// A pattern for every form of a date. Longer forms stand first: the leftmost alternative wins.
fn date_pattern() -> String {
    let year = r"(?:[0-9]{4}|['‘’][0-9]{2}|[0-9]{2})년도?";
    let relative_year = "(?:지난해|작년|재작년|올해|내년도?|내후년|이듬해|금년|같은 ?해|그해)";
    let relative_month = "(?:지난달|이달|다음 ?달|내달|같은 ?달|이번 ?달|전달)";
    let month = r"[0-9]{1,2}(?:[~∼·,-]\s?[0-9]{1,2})?월";
    let day = r"[0-9]{1,2}(?:[~∼·-][0-9]{1,2})?일";
    let weekday = r"(?:\s?\([월화수목금토일](?:요일)?\))?";
    let part = "(?:초순|중순|하순|상순|초|말|중|상반기|하반기|[1-4]분기|[1-4]/4분기)";
    let before = "(?:(?:지난|오는|올)\\s?)?";
    let span = "(?:\\s?(?:전|후|뒤|동안|내내|여간|간))?";
    let unit = "(?:개월|주일|주년|주째|년째|일째|해째|달째|주|년|달|해|일)";
    [
        // 2024.6.23, 2024-06-23
        format!(r"[0-9]{{4}}\s?[./-]\s?[0-9]{{1,2}}\s?[./-]\s?[0-9]{{1,2}}\.?{weekday}"),
        r"(?:19|20)?[0-9]0년대(?:\s?(?:초반|중반|후반|초|말))?".to_owned(),
        // 2024년 6월 23일, 지난해 11월, 올해 상반기, 지난 2010년
        format!(
            "{before}(?:{year}|{relative_year})(?:\\s?(?:{month}|{part}))?(?:\\s?{day}{weekday})?(?:\\s?{part})?"
        ),
        // 지난달 31일, 6월 23일, 지난 5월, 5월 중순
        format!("{before}(?:{relative_month}|{month})(?:\\s?{day}{weekday})?(?:\\s?{part})?"),
        // 5박 7일
        r"[0-9]{1,2}박\s?[0-9]{1,2}일".to_owned(),
        // 23일(일), 오는 30일
        format!("{before}{day}{weekday}(?:\\s?(?:전|후|뒤|간|동안|째))?"),
        // 5년 전, 3개월간, 한 달, 수십 년
        format!("{NUMERAL}\\s?여?\\s?{unit}(?:여)?{span}"),
        r"[0-9]{1,2}세기(?:\s?(?:초반|중반|후반|초|말))?".to_owned(),
        "(?:지난|오는|이번|다음)\\s?(?:[월화수목금토일]요일|주말|주|봄|여름|가을|겨울|시즌)".to_owned(),
        "[월화수목금토일]요일".to_owned(),
        "(?:이날|전날|당일|오늘|어제|그저께|그제|내일|모레|글피|다음 ?날|이튿날|전일|익일|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|열흘|보름|일주일|한나절|그날)(?:\\s?(?:전|후|뒤|동안|간))?".to_owned(),
        "(?:연말연시|연말|연초|연내|월말|월초|주말|평일|휴일|상반기|하반기|[1-4]분기|올 ?시즌|새해|설날|설 ?연휴|추석|한가위|광복절|삼일절|개천절|한글날|현충일|제헌절|어린이날|어버이날|스승의 ?날|성탄절|크리스마스|대보름|단오|초복|말복|입춘)".to_owned(),
        "(?:올|지난|이번)\\s(?:봄|여름|가을|겨울)".to_owned(),
        r"(?:3\s?[.·]\s?1절|4\s?[.·]\s?19|5\s?[.·]\s?18|6\s?[.·]\s?25|8\s?[.·]\s?15|4\s?[.·]\s?3)".to_owned(),
    ]
    .map(|alternative| format!("(?:{alternative})"))
    .join("|")
}

/// A pattern for every form of a time of day and of durations shorter than a day.
fn time_pattern() -> String {
    let part = "(?:오전|오후|새벽|아침|낮|밤|저녁|한밤|이른 아침)";
    let clock = r"[0-9]{1,2}시(?:\s?(?:[0-9]{1,2}분|반))?(?:\s?[0-9]{1,2}초)?";
    let span = "(?:\\s?(?:전|후|뒤|동안|간))?";
    [
        format!(r"{NUMERAL}여?\s?시간(?:\s?(?:반|[0-9]{{1,2}}여?\s?분))?(?:\s?[0-9]{{1,2}}초)?{span}"),
        format!(r"(?:{part}\s?)?(?:{clock}|[0-9]{{1,2}}[~∼-][0-9]{{1,2}}시|[0-9]{{1,2}}:[0-9]{{2}})"),
        r"(?:전반|후반|연장)\s?(?:추가 ?시간\s?)?[0-9]{1,3}분".to_owned(),
        format!(r"[0-9][0-9,]*여?\s?분(?:\s?[0-9]{{1,2}}초)?{span}"),
        r"[0-9][0-9,.]*\s?초(?:\s?(?:전|후|뒤|간|동안))?".to_owned(),
        "(?:오전|오후|새벽|아침|한낮|대낮|점심|저녁|한밤|심야|자정|정오|밤)".to_owned(),
    ]
    .map(|alternative| format!("(?:{alternative})"))
    .join("|")
}

impl Stage for Temporal {
    fn propose<'g>(&'g self, sentence: &Sentence<'_>, candidates: &mut Vec<Candidate<'g>>) {
        for (label, pattern) in [(Label::Date, &self.date), (Label::Time, &self.time)] {
            for found in pattern.find_iter(sentence.str()) {
                let trimmed = found.as_str().trim_end();
                let start = sentence.range.start + found.start();
                let range = start..start + trimmed.len();
                if is_whole(sentence, &range) {
                    candidates.push(Candidate::new(label, range, SCORE, "temporal"));
                }
            }
        }
    }
}

/// What is written like a date and hardly ever is one: Korea and Japan, orders, `에 한해`.
const HOMOGRAPHS: [&str; 10] = ["한일", "반일", "수주", "수해", "수달", "반해", "한해", "전달", "수일", "반달"];

/// What may follow a date or time directly besides particles.
const FOLLOWERS: [&str; 14] =
    ["경", "쯤", "께", "자", "까지", "만", "치", "당시", "밤", "오전", "오후", "새벽", "이후", "이전"];

/// Whether a match begins and ends where words do, particles aside: not inside a longer number or word.
fn is_whole(sentence: &Sentence<'_>, range: &std::ops::Range<usize>) -> bool {
    let text = &sentence.text[range.clone()];
    let before = sentence.text[sentence.range.start..range.start].chars().next_back();
    let first = text.chars().next().unwrap_or(' ');
    if HOMOGRAPHS.contains(&text) {
        return false;
    }
    let clear_before = match before {
        None => true,
        Some(c) if first.is_ascii_digit() => !c.is_alphanumeric() && c != '.' && c != ',' && c != '제',
        Some(c) => !c.is_alphanumeric(),
    };
    if !clear_before {
        return false;
    }
    let rest = &sentence.text[range.end..sentence.range.end];
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    is_particle_chain(text, word) || is_follower(&FOLLOWERS, word)
}

#[cfg(test)]
mod tests {
    use gisa_tokenizer::Morpheme;

    use super::*;
    use crate::candidate::select;

    /// The mentions of a text, `text/label`, found by this stage alone.
    fn found(text: &str) -> Vec<String> {
        let morphemes: &[Morpheme] = &[];
        let sentence = Sentence { text, range: 0..text.len(), morphemes, words: &[] };
        let stage = Temporal::new();
        let mut candidates = Vec::new();
        stage.propose(&sentence, &mut candidates);
        select(&mut candidates);
        candidates.into_iter().map(|c| format!("{}/{}", &text[c.range], c.label)).collect()
    }

    #[test]
    fn forms() {
        for (text, expected) in [
            ("23일 출국했다", "23일/DT"),
            ("오는 30일까지 연다", "오는 30일/DT"),
            ("2024년 6월 23일(일) 열린다", "2024년 6월 23일(일)/DT"),
            ("지난해 11월부터", "지난해 11월/DT"),
            ("지난 2010년 5월", "지난 2010년 5월/DT"),
            ("5년 전부터 3개월간", "5년 전/DT 3개월간/DT"),
            ("55일 만에", "55일/DT"),
            ("1990년대 초반", "1990년대 초반/DT"),
            ("다음 달 7일", "다음 달 7일/DT"),
            ("4일 오전 1시 19분께", "4일/DT 오전 1시 19분/TI"),
            ("2시간 40분 동안", "2시간 40분 동안/TI"),
            ("후반 27분", "후반 27분/TI"),
            ("올해 상반기", "올해 상반기/DT"),
            ("이날 오후", "이날/DT 오후/TI"),
            ("금요일인 이튿날", "금요일/DT 이튿날/DT"),
            ("2024.6.23 열린", "2024.6.23/DT"),
            ("3일장에 갔다", ""),
            ("하루키의 소설", ""),
            ("제3일차", ""),
            ("10월에는", "10월/DT"),
            ("5박 7일 일정으로", "5박 7일/DT"),
            ("한 달 두 달", "한 달/DT 두 달/DT"),
        ] {
            assert_eq!(found(text).join(" "), expected, "in {text:?}");
        }
    }
}
