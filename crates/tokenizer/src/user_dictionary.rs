//! Words of the user's own: a CSV file `surface,tag[,class][,cost]`, whose entries win over the dictionary's.
//!
//! Lines that begin with `#` and blank lines are skipped. A third column that is a number is the cost. Every wrong row
//! is an error that names the file and the line.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

use crate::{Dictionary, Error, PosTag, SemanticClass, Tag};

/// The user's words, to be found by what a text starts with, and what each word is.
pub(crate) struct UserDictionary {
    /// From a surface to its place in `surfaces`; none without words.
    trie: Option<crawdad::Trie>,
    /// The words of each surface.
    surfaces: Vec<Range<usize>>,
    /// In the order of their surfaces.
    words: Vec<UserWord>,
    /// By the word's id, which is its place in `words`.
    kinds: Vec<(Tag, SemanticClass)>,
}

/// A word as the search needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UserWord {
    pub word: u32,
    pub left: u16,
    pub right: u16,
    pub cost: i16,
}

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    line: u64,
    surface: String,
    tag: Tag,
    class: SemanticClass,
    /// As the file gives it.
    cost: Option<i16>,
}

/// The costs of an entry that gives none, from the one that is tried first.
///
/// The first makes an entry win over the dictionary: of 1,000 pieces of news sentences (one to five syllables, most
/// from the midst of a word, such as `역에서` or the `크로` of `뱅크로프트`) it put 996 through as one word. The other
/// four no cost puts through, since no word ends where they begin (the `이` of `페이지`). -10,000 puts some 98 of 100
/// through. The higher ones are for entries that stand inside others, see [`costs`].
const WINNING_COSTS: [i16; 6] = [-20_000, -15_000, -12_000, -10_000, -8_000, -6_000];

/// The longest surface. Longer ones are surely rows whose separators are missing.
const MAX_CHARACTERS: usize = 255;

/// By how much an entry that has others inside is cheaper than these are together.
const MARGIN: i32 = 2_000;

impl UserDictionary {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, and the first row that is wrong.
    pub fn read(path: &Path, dictionary: &Dictionary) -> Result<UserDictionary, Error> {
        let file = File::open(path).map_err(Error::io(path))?;
        UserDictionary::from_reader(file, path, dictionary)
    }

    /// As [`read`](Self::read), from any reader; `path` stands for the file in messages.
    pub fn from_reader(
        mut reader: impl io::Read,
        path: &Path,
        dictionary: &Dictionary,
    ) -> Result<UserDictionary, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(Error::io(path))?;
        let wrong = |(line, cause)| Error::UserDictionary { path: path.to_owned(), line, cause };
        let mut rows = rows(&bytes).map_err(wrong)?;
        rows.sort_by(|a, b| a.surface.cmp(&b.surface));
        let words = words(&rows, dictionary).map_err(wrong)?;
        let surfaces: Vec<Range<usize>> = rows
            .chunk_by(|a, b| a.surface == b.surface)
            .scan(0, |start, same| {
                let range = *start..*start + same.len();
                *start = range.end;
                Some(range)
            })
            .collect();
        let records = surfaces.iter().zip(0..).map(|(range, index)| (rows[range.start].surface.as_str(), index));
        let trie = if rows.is_empty() { None } else { Some(crawdad::Trie::from_records(records)) };
        let trie = trie.transpose().map_err(|error| Error::malformed(path, error.to_string()))?;
        let kinds = rows.iter().map(|row| (row.tag, row.class)).collect();
        Ok(UserDictionary { trie, surfaces, words, kinds })
    }

    /// Hands over each word with which the characters start, and its length in characters, shortest first.
    pub fn words_starting(&self, chars: &[char], mut found: impl FnMut(usize, UserWord)) {
        let Some(trie) = &self.trie else { return };
        for (surface, length) in trie.common_prefix_search(chars.iter().copied()) {
            for word in &self.words[self.surfaces[surface as usize].clone()] {
                found(length, *word);
            }
        }
    }

    /// What a word is, by its id in the user dictionary.
    pub fn word(&self, user_word_id: u32) -> (Tag, SemanticClass) {
        let unknown = (Tag::from(PosTag::Unknown), SemanticClass::None);
        self.kinds.get(user_word_id as usize).copied().unwrap_or(unknown)
    }
}

/// What is wrong with which line.
type Wrong = (u64, String);

/// The rows of a file, in its order.
fn rows(bytes: &[u8]) -> Result<Vec<Row>, Wrong> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut rows = Vec::new();
    let mut seen = HashMap::new();
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        let line = str::from_utf8(line).map_err(|_| (number, "the line is not UTF-8".to_owned()))?;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = parse_row(line.trim_end_matches('\r'), number).map_err(|cause| (number, cause))?;
        if let Some(first) = seen.insert((row.surface.clone(), row.tag), number) {
            let cause = format!("{} with the tag {} is there already, in line {first}", row.surface, row.tag);
            return Err((number, cause));
        }
        rows.push(row);
    }
    Ok(rows)
}

fn parse_row(line: &str, number: u64) -> Result<Row, String> {
    let cells = cells(line)?;
    if !(2..=4).contains(&cells.len()) {
        return Err(format!("expected surface,tag[,class][,cost], found {} columns in {line:?}", cells.len()));
    }
    let cell = |i: usize| cells.get(i).map_or("", |cell| cell.trim());
    let surface = cell(0);
    if surface.is_empty() {
        return Err(format!("expected a surface in the first column, found none in {line:?}"));
    }
    if surface.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(format!("the surface {surface:?} has white space in it; a word is written without"));
    }
    if surface.chars().count() > MAX_CHARACTERS {
        return Err(format!("expected a surface of {MAX_CHARACTERS} characters at most, found {surface:?}"));
    }
    let tag: Tag = cell(1).parse().map_err(|error| format!("{error}"))?;
    let (class, cost) = match (cell(2), cell(3)) {
        (class, "") if is_number(class) => ("", class),
        (class, cost) => (class, cost),
    };
    let class =
        if class.is_empty() { SemanticClass::None } else { class.parse().map_err(|error| format!("{error}"))? };
    let cost = match cost {
        "" => None,
        cost => Some(cost.parse().map_err(|_| format!("expected a cost from -32768 to 32767, found {cost:?}"))?),
    };
    Ok(Row { line: number, surface: surface.to_owned(), tag, class, cost })
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The cells of one line.
fn cells(line: &str) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().transpose().map_err(|error| error.to_string())?.unwrap_or_default();
    Ok(record.iter().map(str::to_owned).collect())
}

/// The cost of each row. Where a row gives none it is low enough to win over the dictionary, and over other entries
/// that stand inside (`대전` and `시청` in `대전시청`), which would otherwise be cheaper as there are more of them.
///
/// Costs have 16 bits. Where an entry would have to be cheaper than that, those inside it get the next of
/// [`WINNING_COSTS`].
fn costs(rows: &[Row]) -> Vec<i16> {
    let mut steps: HashMap<&str, usize> = rows.iter().map(|row| (row.surface.as_str(), 0)).collect();
    loop {
        let (costs, too_low) = costs_at(rows, &steps);
        let inside: BTreeSet<&str> = too_low.into_iter().flat_map(pieces).collect();
        let mut changed = false;
        for piece in inside {
            if let Some(step) = steps.get_mut(piece)
                && *step + 1 < WINNING_COSTS.len()
            {
                *step += 1;
                changed = true;
            }
        }
        if !changed {
            return costs;
        }
    }
}

/// The cost of each row when each surface is so many steps along [`WINNING_COSTS`], and the surfaces that would have
/// to be cheaper than costs can be.
fn costs_at<'r>(rows: &'r [Row], steps: &HashMap<&str, usize>) -> (Vec<i16>, Vec<&'r str>) {
    let mut by_length: Vec<usize> = (0..rows.len()).collect();
    by_length.sort_by_key(|&row| rows[row].surface.len());
    let mut costs = vec![0; rows.len()];
    let mut least: HashMap<&str, i16> = HashMap::new();
    let mut too_low = Vec::new();
    for row in by_length {
        let surface = rows[row].surface.as_str();
        costs[row] = rows[row].cost.unwrap_or_else(|| {
            let alone = WINNING_COSTS[steps.get(surface).copied().unwrap_or_default()];
            let wanted = (cost_of_entries_inside(surface, &least) - MARGIN).min(alone.into());
            i16::try_from(wanted).unwrap_or_else(|_| {
                too_low.push(surface);
                i16::MIN
            })
        });
        let least = least.entry(surface).or_insert(costs[row]);
        *least = costs[row].min(*least);
    }
    (costs, too_low)
}

/// Every piece of a surface that is shorter than it.
fn pieces(surface: &str) -> impl Iterator<Item = &str> {
    let starts = surface.char_indices().map(|(start, _)| start);
    let of_start = move |start: usize| {
        let ends = surface[start..].char_indices().map(move |(at, c)| start + at + c.len_utf8());
        ends.map(move |end| &surface[start..end])
    };
    starts.flat_map(of_start).filter(move |piece| piece.len() < surface.len())
}

/// The least that entries side by side in a surface cost together, leaving out what is not covered; 0 without any.
fn cost_of_entries_inside(surface: &str, costs: &HashMap<&str, i16>) -> i32 {
    let ends = surface.char_indices().map(|(at, c)| at + c.len_utf8());
    // The least up to each character boundary.
    let mut least = vec![(0, 0)];
    for end in ends {
        let entries = least.iter().filter(|&&(start, _)| (start, end) != (0, surface.len()));
        let with_entry = entries.filter_map(|&(start, before)| {
            let cost = costs.get(&surface[start..end])?;
            Some(before + i32::from(*cost))
        });
        let without = least.last().map_or(0, |&(_, cost)| cost);
        least.push((end, with_entry.min().map_or(without, |cost| cost.min(without))));
    }
    least.last().map_or(0, |&(_, cost)| cost)
}

/// The rows as the search needs them, with the contexts of the dictionary's words of their kind.
fn words(rows: &[Row], dictionary: &Dictionary) -> Result<Vec<UserWord>, Wrong> {
    let contexts = dictionary.contexts().map_err(|error| (0, error.to_string()))?;
    let contexts_of = |row: &Row| {
        let tag = row.tag.to_string();
        let found = contexts.of(&row.surface, &tag, row.class);
        found.ok_or_else(|| (row.line, format!("the dictionary has no word with the tag {tag} to take the place of")))
    };
    let word = |((row, cost), word): ((&Row, i16), u32)| {
        let (left, right) = dictionary.in_use(contexts_of(row)?);
        Ok(UserWord { word, left, right, cost })
    };
    rows.iter().zip(costs(rows)).zip(0..).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, Tokenizer};

    /// The built dictionary, or none with a word of why a test does nothing.
    fn dictionary() -> Option<Dictionary> {
        let dictionary = Dictionary::find(None);
        match dictionary {
            Ok(dictionary) => Some(dictionary),
            Err(error) => {
                eprintln!("SKIPPED, the test needs the dictionary: {error}");
                None
            }
        }
    }

    fn row_of(line: &str) -> Row {
        rows(line.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn rows_are_read() {
        let text = "\u{feff}# 이름,품사\r\n\r\n한빛누리,NNP,지명\r\n  \n\"가,나\",NNP\n다온,NNP,인명,-500\n라온,NNG,-7\n\
                    마온,NNP,,\n바온,NNP,*,3\n# 끝";
        let rows = rows(text.as_bytes()).unwrap();
        let nnp = Tag::from(PosTag::Nnp);
        let row = |line, surface: &str, tag, class, cost| Row { line, surface: surface.to_owned(), tag, class, cost };
        assert_eq!(
            rows,
            [
                row(3, "한빛누리", nnp, SemanticClass::Place, None),
                row(5, "가,나", nnp, SemanticClass::None, None),
                row(6, "다온", nnp, SemanticClass::Person, Some(-500)),
                row(7, "라온", PosTag::Nng.into(), SemanticClass::None, Some(-7)),
                row(8, "마온", nnp, SemanticClass::None, None),
                row(9, "바온", nnp, SemanticClass::None, Some(3)),
            ]
        );
    }

    #[test]
    fn wrong_rows_are_named() {
        let cases = [
            ("한빛", 1, "expected surface,tag[,class][,cost], found 1 columns"),
            ("# 하나\n\n한빛,NNP\n,NNP", 4, "expected a surface"),
            ("한빛,NNP\n 한 빛 ,NNP", 2, "white space"),
            ("한빛,NNX", 1, "unknown part-of-speech tag \"NNX\""),
            ("한빛,", 1, "unknown part-of-speech tag \"\""),
            ("한빛,NNP,사람", 1, "unknown semantic class \"사람\""),
            ("한빛,NNP,인명,싸다", 1, "expected a cost from -32768 to 32767, found \"싸다\""),
            ("한빛,NNP,40000", 1, "found \"40000\""),
            ("한빛,NNP,1,2", 1, "unknown semantic class \"1\""),
            ("한빛,NNP,인명,1,2", 1, "found 5 columns"),
            ("한빛,NNP\n다온,NNP\n한빛,NNP,인명", 3, "is there already, in line 1"),
        ];
        for (text, line, message) in cases {
            let (found_line, cause) = rows(text.as_bytes()).unwrap_err();
            assert_eq!(found_line, line, "{text:?}: {cause}");
            assert!(cause.contains(message), "{text:?}: {cause}");
        }
        let (line, cause) = rows(b"\n\xff,NNP").unwrap_err();
        assert_eq!((line, cause.as_str()), (2, "the line is not UTF-8"));
        assert!(rows(format!("{},NNP", "가".repeat(256)).as_bytes()).is_err());
    }

    #[test]
    fn two_tags_of_one_surface_are_two_entries() {
        assert_eq!(rows("한빛,NNP\n한빛,NNG".as_bytes()).unwrap().len(), 2);
    }

    #[test]
    fn an_entry_costs_less_than_those_inside_it() {
        let costs_of = |rows: &[&str]| costs(&rows.iter().map(|row| row_of(row)).collect::<Vec<_>>());
        assert_eq!(costs_of(&["한빛,NNP", "이,NNP", "다온,NNG,-5"]), [-20_000, -20_000, -5]);
        assert_eq!(costs_of(&["대전,NNP", "대전시,NNP"]), [-20_000, -22_000]);
        assert_eq!(
            costs_of(&["대전시청,NNP", "대전,NNP", "시청,NNG", "한빛,NNP"]),
            [-32_000, -15_000, -15_000, -20_000]
        );
        assert_eq!(costs_of(&["가나다,NNP", "가,NNP", "나,NNG", "다,NNP"]), [-32_000, -10_000, -10_000, -10_000]);
        assert_eq!(costs_of(&["가가가가가가가,NNP", "가,NNP"]), [-32_768, -6_000], "there is an end to it");
        assert_eq!(costs_of(&["가나,NNP", "가,NNP,-500", "나,NNG,-32768"]), [-32_768, -500, -32_768]);
    }

    #[test]
    fn errors_name_the_file_and_the_line() {
        let Some(dictionary) = dictionary() else { return };
        let error =
            UserDictionary::from_reader("\n한빛,NNX".as_bytes(), Path::new("my.csv"), &dictionary).err().unwrap();
        assert!(error.to_string().starts_with("my.csv:2: unknown part-of-speech tag"), "{error}");
        let error = UserDictionary::read(Path::new("no/such.csv"), &dictionary).err().unwrap();
        assert!(error.to_string().starts_with("no/such.csv: "), "{error}");
    }

    #[test]
    fn an_empty_user_dictionary_changes_nothing() {
        let Some(dictionary) = dictionary() else { return };
        let empty = UserDictionary::from_reader("# nothing\n".as_bytes(), Path::new("my.csv"), &dictionary).unwrap();
        assert!(empty.kinds.is_empty());
        let user = Tokenizer::builder().build_with_user_entries("# nothing\n".as_bytes(), Path::new("my.csv")).unwrap();
        let system = Tokenizer::new(dictionary);
        let text = "이장우 대전시장이 23일 출국했다.";
        assert_eq!(user.new_worker().tokenize(text), system.new_worker().tokenize(text));
    }

    #[test]
    fn each_word_has_its_own_tag_and_class() {
        let Some(_) = dictionary() else { return };
        let entries = "하늬,NNP,인명\n가온,NNP,지명\n다솜,NNG\n가온,NNG,장소,30000\n";
        let tokenizer = Tokenizer::builder().build_with_user_entries(entries.as_bytes(), Path::new("my.csv")).unwrap();
        let text = "하늬 씨는 가온에서 다솜을 말했다.";
        let mut worker = tokenizer.new_worker();
        let found: Vec<_> = worker
            .tokenize(text)
            .iter()
            .filter(|morpheme| morpheme.origin() == Origin::User)
            .map(|morpheme| (morpheme.surface(text), morpheme.tag().first(), morpheme.class()))
            .collect();
        assert_eq!(
            found,
            [
                ("하늬", PosTag::Nnp, SemanticClass::Person),
                ("가온", PosTag::Nnp, SemanticClass::Place),
                ("다솜", PosTag::Nng, SemanticClass::None),
            ]
        );
    }

    #[test]
    fn entries_win_over_the_dictionary() {
        let Some(_) = dictionary() else { return };
        // Each: the entry, a sentence, and how often it is to be found as one word of the user's.
        let cases = [
            ("한빛누리공사", "한빛누리공사는 23일 이렇게 밝혔다.", 1),
            ("대전시장", "이장우 대전시장이 23일 출국했다.", 1),
            ("밝혔다", "대전시는 23일 이렇게 밝혔다.", 1),
            ("장우", "이장우 시장과 이장우씨", 2),
            ("역에서", "서울역에서 만났다.", 1),
            ("이", "이 시장이 이상하다.", 3),
            ("크로", "앤 뱅크로프트가 왔다.", 1),
            ("국", "국회의원은 한국은행으로", 2),
            ("뷁", "뷁이 왔다.", 1),
            ("K-한빛", "그는 K-한빛을 탔다.", 1),
            ("한빛2호", "한빛2호는 23일 떴다.", 1),
        ];
        for (entry, text, times) in cases {
            let row = format!("{entry},NNP");
            let tokenizer = Tokenizer::builder().build_with_user_entries(row.as_bytes(), Path::new("my.csv")).unwrap();
            let mut worker = tokenizer.new_worker();
            let morphemes = worker.tokenize(text);
            let found = morphemes.iter().filter(|morpheme| morpheme.origin() == Origin::User);
            assert_eq!(found.map(|morpheme| morpheme.surface(text)).collect::<Vec<_>>(), vec![entry; times], "{text}");
        }
    }

    #[test]
    fn the_longest_of_the_users_own_entries_wins() {
        let Some(_) = dictionary() else { return };
        let entries = "대전,NNP\n시청,NNG\n대전시청,NNP\n역,NNG\n대전시청역,NNP\n";
        let tokenizer = Tokenizer::builder().build_with_user_entries(entries.as_bytes(), Path::new("my.csv")).unwrap();
        let text = "대전시청은 대전에 있고 대전시청역은 그 앞에 있다.";
        let mut worker = tokenizer.new_worker();
        let morphemes = worker.tokenize(text).iter().filter(|morpheme| morpheme.origin() == Origin::User);
        assert_eq!(
            morphemes.map(|morpheme| morpheme.surface(text)).collect::<Vec<_>>(),
            ["대전시청", "대전", "대전시청역"]
        );
    }
}
