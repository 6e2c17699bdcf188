//! The program on input as it really comes: missing, empty, broken, in other encodings, huge. Each test runs the binary
//! and looks at its exit code, what it says, and the tables.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

use support::has_dictionary;

mod support;

/// An article of some sentences, as a line of JSON Lines.
const ARTICLE: &str = r#"{"id": "a1", "date": "2024-06-23", "press": "가람일보", "title": "한빛시장 새 단장", "text": "김하늘 한빛시장은 23일 서울에서 가람전자와 협약을 맺었다.\n김 시장은 \"기쁘다\"고 말했다."}"#;

/// A folder with input files, and the program run in it.
struct Corpus {
    folder: TempDir,
}

impl Corpus {
    fn new(files: &[(&str, &[u8])]) -> Corpus {
        let corpus = Corpus { folder: tempfile::tempdir().unwrap() };
        for (name, bytes) in files {
            corpus.write(name, bytes);
        }
        corpus
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_with_stdin(args, b"")
    }

    fn run_with_stdin(&self, args: &[&str], stdin: &[u8]) -> Run {
        let mut command = Command::cargo_bin("gisa").unwrap();
        let output = command.current_dir(self.folder.path()).args(args).write_stdin(stdin).output().unwrap();
        Run { output }
    }

    /// The table's rows after its header.
    fn rows(&self, table: &str) -> Vec<String> {
        let text = self.text(table);
        text.trim_start_matches('\u{feff}').split_terminator("\r\n").skip(1).map(str::to_owned).collect()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn exists(&self, name: &str) -> bool {
        self.path(name).exists()
    }
}

struct Run {
    output: Output,
}

impl Run {
    /// Checks the exit code, and that the standard error has each of the texts.
    #[track_caller]
    fn expect(&self, code: i32, said: &[&str]) -> &Run {
        let stderr = String::from_utf8_lossy(&self.output.stderr);
        assert_eq!(self.output.status.code(), Some(code), "{stderr}");
        for text in said {
            assert!(stderr.contains(text), "{text:?} is not in {stderr:?}");
        }
        self
    }

    fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }
}

fn lines(ids: std::ops::Range<usize>) -> Vec<u8> {
    ids.map(|id| ARTICLE.replace("a1", &format!("a{id}")) + "\n").collect::<String>().into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn euc_kr(text: &str) -> Vec<u8> {
    encoding_rs::EUC_KR.encode(text).0.into_owned()
}

#[test]
fn a_missing_file_is_told_before_any_work() {
    let corpus = Corpus::new(&[("a.jsonl", ARTICLE.as_bytes())]);
    corpus.run(&["extract", "a.jsonl", "b.jsonl", "--out", "out"]).expect(2, &["b.jsonl: ", "nothing was read"]);
    assert!(!corpus.exists("out"));
    corpus.run(&["tag", "b.jsonl"]).expect(2, &["b.jsonl: "]);
    corpus.run(&["tokenize", "b.txt"]).expect(2, &["b.txt: "]);
    corpus.run(&["evaluate", "b.tsv"]).expect(2, &["b.tsv: "]);
}

#[test]
fn a_file_of_another_kind_is_told_with_those_that_are_read() {
    let corpus = Corpus::new(&[("a.xlsx", b"x"), ("a.html", b"x"), ("a.json", b"{}"), ("a.pdf", b"x")]);
    let cases = [
        ("a.xlsx", "not supported yet"),
        ("a.html", "not supported yet"),
        ("a.json", "one object a line"),
        ("a.pdf", "this kind of file is not supported"),
    ];
    for (file, reason) in cases {
        corpus.run(&["extract", file, "--out", "out"]).expect(2, &[file, reason, ".txt, .jsonl, .csv and .tsv"]);
    }
}

#[test]
fn an_empty_file_is_a_failure_and_the_others_are_done() {
    if !has_dictionary() {
        return;
    }
    let empty: [(&str, &[u8]); 5] =
        [("1.txt", b""), ("2.txt", b" \r\n\n"), ("3.jsonl", b""), ("4.csv", b""), ("5.csv", b"title,text\r\n")];
    let corpus = Corpus::new(&empty);
    corpus.write("9.jsonl", ARTICLE.as_bytes());
    let run = corpus.run(&["extract", ".", "--out", "out"]);
    run.expect(
        1,
        &["1.txt: the file is empty", "3.jsonl: the file is empty", "5.csv: the table has a header and no rows"],
    );
    assert_eq!(corpus.rows("out/failures.csv").len(), 5);
    assert_eq!(corpus.rows("out/articles.csv").len(), 1);
}

#[test]
fn a_list_of_failures_does_not_outlive_them() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", b"")]);
    corpus.run(&["extract", "a.jsonl", "--out", "out"]).expect(1, &["listed in", "failures.csv"]);
    assert!(corpus.exists("out/failures.csv"));
    corpus.write("a.jsonl", ARTICLE.as_bytes());
    corpus.run(&["extract", "a.jsonl", "--out", "out"]).expect(0, &["1 article, "]);
    assert!(!corpus.exists("out/failures.csv"));
}

#[test]
fn a_folder_without_articles_is_told() {
    let corpus = Corpus::new(&[("docs/readme.md", b"x"), ("docs/.hidden.txt", b"x")]);
    corpus.run(&["extract", "docs", "--out", "out"]).expect(2, &["no articles in docs", "1 other file(s)", ".jsonl"]);
}

#[test]
fn a_table_without_a_text_column_is_told_with_its_columns() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.csv", "제목,언론사\r\n가,나\r\n".as_bytes()), ("b.jsonl", ARTICLE.as_bytes())]);
    let said = ["a.csv: no text column", "\"제목\", \"언론사\"", "\"text\"", "\"본문\""];
    corpus.run(&["extract", "a.csv", "b.jsonl", "--out", "out"]).expect(1, &said);
    assert_eq!(corpus.rows("out/articles.csv").len(), 1);
}

#[test]
fn a_broken_line_is_named_and_the_others_are_done() {
    if !has_dictionary() {
        return;
    }
    let text = [lines(1..3), b"{\"text\": \"\n".to_vec(), b"{\"txt\": \"\"}\n".to_vec(), lines(3..4)].concat();
    let corpus = Corpus::new(&[("a.jsonl", &text)]);
    let said = ["a.jsonl:3: not a JSON object", "a.jsonl:4: no text: the keys are \"txt\""];
    corpus.run(&["extract", "a.jsonl", "--out", "out"]).expect(1, &said);
    assert_eq!(corpus.rows("out/articles.csv").len(), 3);
    let failures = corpus.rows("out/failures.csv");
    assert!(failures[0].starts_with("a.jsonl,3,"), "{failures:?}");

    let run = corpus.run(&["tag", "a.jsonl"]);
    run.expect(1, &said);
    let ids: Vec<_> = run.stdout().lines().map(|line| line[..12].to_owned()).collect();
    assert_eq!(ids, [r#"{"id":"a1","#, r#"{"id":"a2","#, r#"{"id":"a3","#].map(|id| format!("{id}\"")));
}

#[test]
fn a_wrong_day_is_told_and_its_line_is_written_without_it() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[]);
    let stdin = concat!(
        "{\"text\": \"가\", \"published\": \"그제\"}\n",
        "{\"id\": 7, \"text\": \"비가 왔다.\", \"published\": \"2024.06.23.\"}\n",
    );
    let run = corpus.run_with_stdin(&["tag"], stdin.as_bytes());
    run.expect(1, &["stdin:1: \"그제\" is no publication day", "2024-06-23"]);
    let lines = concat!(
        "{\"id\":\"stdin:1\",\"published\":null,\"mentions\":[]}\n",
        "{\"id\":7,\"published\":\"2024-06-23\",\"mentions\":[]}\n",
    );
    assert_eq!(run.stdout(), lines);
}

#[test]
fn an_article_with_a_wrong_day_is_in_the_tables() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", ARTICLE.replace("2024-06-23", "그제").as_bytes())]);
    let said = ["a.jsonl:1: \"그제\" is no publication day", "1 article, "];
    corpus.run(&["extract", "a.jsonl", "--out", "out"]).expect(1, &said);
    assert!(corpus.rows("out/articles.csv")[0].starts_with("a1,,가람일보,"));
    assert!(corpus.rows("out/failures.csv")[0].starts_with("a.jsonl,1,"));
}

#[test]
fn tables_are_read_whatever_stands_between_their_cells() {
    if !has_dictionary() {
        return;
    }
    let table = |delimiter: &str| format!("title{delimiter}text\n가람{delimiter}김하늘 시장은 떠났다.\n");
    let corpus = Corpus::new(&[
        ("1.csv", table(";").as_bytes()),
        ("2.csv", table("\t").as_bytes()),
        ("3.csv.gz", &gzip(table(";").as_bytes())),
        ("4.tsv", table("\t").as_bytes()),
        ("5.csv", format!("\u{feff}{}", table(";")).as_bytes()),
    ]);
    corpus.run(&["extract", ".", "--out", "out"]).expect(0, &["5 articles, "]);
}

#[test]
fn an_open_quote_is_a_failure_of_its_row() {
    if !has_dictionary() {
        return;
    }
    let text = "제목,본문\n가,김하늘 시장은 떠났다.\n나,\"열린 따옴표\n다,김 시장은 돌아왔다.\n";
    let corpus = Corpus::new(&[("a.csv", text.as_bytes())]);
    corpus.run(&["extract", "a.csv", "--out", "out"]).expect(1, &["a.csv:3: a quote in this row is never closed"]);
    assert_eq!(corpus.rows("out/articles.csv").len(), 1);
}

#[test]
fn ids_that_repeat_are_told_apart_in_the_tables_only() {
    if !has_dictionary() {
        return;
    }
    let files = [("a/1.jsonl", lines(1..3)), ("b/1.jsonl", lines(1..2))];
    let corpus = Corpus::new(&files.each_ref().map(|(name, text)| (*name, &text[..])));
    corpus.write("b/c.jpg", b"x");
    let said = ["ids repeat; 1 article got #2", "1 file of another kind was not read"];
    corpus.run(&["extract", ".", "--out", "out"]).expect(0, &said);
    let ids: Vec<_> =
        corpus.rows("out/articles.csv").iter().map(|row| row.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a1", "a2", "a1#2"]);
    assert!(corpus.rows("out/mentions.csv").iter().any(|row| row.starts_with("a1#2,")));
    let quiet = corpus.run(&["extract", ".", "--out", "out", "--quiet"]);
    assert!(quiet.expect(0, &[]).output.stderr.is_empty());
    assert!(!corpus.run(&["tag", "a", "b"]).expect(0, &[]).stdout().contains('#'));
}

#[test]
fn a_gold_file_without_documents_is_told() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", b"\n"), ("b.tsv", b"")]);
    for file in ["a.jsonl", "b.tsv"] {
        corpus.run(&["evaluate", file]).expect(2, &[file, "no documents"]);
    }
}

#[test]
fn korean_encodings_are_read_and_others_refused_by_name() {
    if !has_dictionary() {
        return;
    }
    let text = "김하늘 한빛시장은 23일 서울에서 가람전자와 협약을 맺었다.";
    let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let corpus = Corpus::new(&[
        ("1-cp949.txt", &euc_kr(text)),
        ("2-cp949.csv", &euc_kr(&format!("일자,본문\r\n20240623,\"{text}\"\r\n"))),
        ("3-cp949.jsonl", &euc_kr(&format!("{{\"text\": \"{text}\"}}\n"))),
        ("4-bom.txt", format!("\u{feff}{text}").as_bytes()),
        ("5-utf16.txt", &utf_16),
        ("6-latin.txt", b"d\xe9j\xe0 vu, caf\xe9 au lait"),
        ("7-noise.jsonl", b"\x00\x01\xff\xfe\xfd\n"),
    ]);
    let run = corpus.run(&["extract", ".", "--out", "out"]);
    run.expect(1, &["6-latin.txt: not UTF-8", "7-noise.jsonl:1: not UTF-8", "EUC-KR/CP949"]);
    let bodies: Vec<_> = corpus.rows("out/articles.csv").into_iter().filter(|row| row.contains(text)).collect();
    assert_eq!(bodies.len(), 5);
}

#[test]
fn a_long_article_on_one_line_is_read_to_its_end() {
    if !has_dictionary() {
        return;
    }
    let sentence = "김하늘 한빛시장은 23일 서울에서 가람전자와 협약을 맺었고, 김 시장은 이날 돌아왔다. ";
    let text = sentence.repeat(20_000_000 / sentence.len());
    let corpus = Corpus::new(&[("a.jsonl", format!("{{\"id\": \"a\", \"text\": \"{text}\"}}").as_bytes())]);
    let run = corpus.run(&["tag", "a.jsonl", "--quiet"]);
    run.expect(0, &[]);
    let line: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
    let mentions = line["mentions"].as_array().unwrap();
    let last = mentions.last().unwrap();
    let end = usize::try_from(last["end"].as_u64().unwrap()).unwrap();
    assert!(end + 50 > text.chars().count(), "{last}");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_the_work() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", b"broken"), ("file", b"x"), ("out/mentions.csv/x", b"")]);
    for (out, named) in [("file", "file"), ("file/out", "file/out"), ("out", "mentions.csv")] {
        let run = corpus.run(&["extract", "a.jsonl", "--out", out]);
        run.expect(2, &["cannot write to", named, "--out"]);
        assert!(!String::from_utf8_lossy(&run.output.stderr).contains("a.jsonl"), "nothing was read");
    }
    assert!(!corpus.exists("out/articles.csv") && !corpus.exists("out/.articles.csv.part"));
}

#[test]
fn a_wrong_command_line_is_told() {
    let corpus = Corpus::new(&[]);
    corpus.run(&["extract"]).expect(2, &["Usage"]);
    corpus.run(&["extract", "a", "--out", "o", "--threads", "0"]).expect(2, &["--threads"]);
    corpus.run(&["tag", "--dictionary", "nowhere"]).expect(2, &["nowhere"]);
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    if !has_dictionary() {
        return;
    }
    let mut broken = lines(0..400);
    broken.splice(0..0, *b"broken\n");
    let corpus = Corpus::new(&[("a.jsonl", &broken), ("b/c.jsonl.gz", &gzip(&lines(400..700)))]);
    let mut results = Vec::new();
    for threads in ["1", "4"] {
        corpus.run(&["extract", "a.jsonl", "b", "--out", threads, "--threads", threads]).expect(1, &["a.jsonl:1: "]);
        let tables =
            ["articles", "mentions", "entities", "failures"].map(|name| corpus.text(&format!("{threads}/{name}.csv")));
        let tagged = corpus.run(&["tag", "a.jsonl", "b", "--threads", threads]).expect(1, &[]).stdout();
        results.push((tables, tagged));
    }
    assert!(results[0] == results[1]);
    assert_eq!(results[0].1.lines().count(), 700);
}

#[test]
fn stdin_and_files_give_the_same() {
    if !has_dictionary() {
        return;
    }
    let corpus =
        Corpus::new(&[("stdin.jsonl", &lines(0..3)), ("a.jsonl.zst", &zstd::encode_all(&lines(0..3)[..], 1).unwrap())]);
    let from_file = corpus.run(&["tag", "stdin.jsonl"]).expect(0, &[]).stdout();
    assert_eq!(corpus.run_with_stdin(&["tag"], &lines(0..3)).expect(0, &[]).stdout(), from_file);
    assert_eq!(corpus.run_with_stdin(&["tag", "-"], &lines(0..3)).expect(0, &[]).stdout(), from_file);
    assert_eq!(corpus.run(&["tag", "a.jsonl.zst"]).expect(0, &[]).stdout(), from_file);
    corpus.run_with_stdin(&["extract", "-", "--out", "out"], &lines(0..3)).expect(0, &["3 articles"]);
    assert_eq!(corpus.rows("out/articles.csv").len(), 3);
}

#[test]
fn a_cut_archive_is_named_and_what_was_whole_is_done() {
    if !has_dictionary() {
        return;
    }
    let whole = gzip(&lines(0..2000));
    let corpus = Corpus::new(&[("a.jsonl.gz", &whole[..whole.len() / 2]), ("b.jsonl", ARTICLE.as_bytes())]);
    corpus.run(&["extract", ".", "--out", "out"]).expect(1, &["a.jsonl.gz:"]);
    assert!(corpus.rows("out/articles.csv").len() > 1);

    let rows: Vec<_> = (0..200).map(|id| format!("a{id},{}번째 글을 김하늘 시장이 썼다.", id * id)).collect();
    let whole = gzip(format!("id,text\n{}\n", rows.join("\n")).as_bytes());
    let corpus = Corpus::new(&[("a.csv.gz", &whole[..whole.len() / 2])]);
    corpus.run(&["extract", ".", "--out", "out"]).expect(1, &["a.csv.gz:"]);
    assert!(corpus.rows("out/articles.csv").len() > 1);
}

#[test]
fn a_mark_is_written_unless_it_is_not_wanted() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", ARTICLE.as_bytes())]);
    corpus.run(&["extract", "a.jsonl", "--out", "with"]).expect(0, &[]);
    corpus.run(&["extract", "a.jsonl", "--out", "without", "--no-bom"]).expect(0, &[]);
    for table in ["articles.csv", "mentions.csv", "entities.csv"] {
        let (with, without) = (corpus.text(&format!("with/{table}")), corpus.text(&format!("without/{table}")));
        assert_eq!(with.strip_prefix('\u{feff}'), Some(&without[..]));
        assert!(without.ends_with("\r\n"));
    }
}

#[test]
fn formulas_are_neutralised_in_every_table() {
    if !has_dictionary() {
        return;
    }
    let article =
        r#"{"id": "=1+1", "title": "@한빛시장", "press": "-가람일보", "text": "=김하늘 시장은 서울에서 말했다."}"#;
    let corpus = Corpus::new(&[("a.jsonl", article.as_bytes())]);
    corpus.run(&["extract", "a.jsonl", "--out", "out", "--no-bom"]).expect(0, &[]);
    assert!(corpus.rows("out/articles.csv")[0].starts_with("'=1+1,,'-가람일보,,'@한빛시장,"));
    assert!(corpus.rows("out/mentions.csv").iter().all(|row| row.starts_with("'=1+1,")));
}

#[test]
fn tables_of_an_earlier_run_are_not_read_as_articles() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("corpus/a.jsonl", ARTICLE.as_bytes())]);
    for _ in 0..2 {
        corpus.run(&["extract", "corpus", "--out", "corpus"]).expect(0, &["1 article, "]);
    }
}

#[test]
fn offsets_give_back_the_text_of_the_field() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", ARTICLE.as_bytes())]);
    let record: serde_json::Value = serde_json::from_str(ARTICLE).unwrap();
    let chars: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let tagged: serde_json::Value =
        serde_json::from_str(&corpus.run(&["tag", "a.jsonl"]).expect(0, &[]).stdout()).unwrap();
    let mentions = tagged["mentions"].as_array().unwrap();
    assert!(!mentions.is_empty());
    for mention in mentions {
        let [start, end] = ["start", "end"].map(|key| usize::try_from(mention[key].as_u64().unwrap()).unwrap());
        assert_eq!(chars[start..end].iter().collect::<String>(), mention["text"].as_str().unwrap());
    }
}

#[test]
fn a_closed_pipe_is_a_clean_end() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.jsonl", &lines(0..3000))]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("gisa"))
        .args([Path::new("tag"), &corpus.path("a.jsonl")])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn tokenize_keeps_step_with_its_input() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("a.txt", &[euc_kr("서울\n\n"), b"\xff\xff\n".to_vec(), "부산\r\n끝".into()].concat())]);
    let run = corpus.run(&["tokenize", "--wakati", "a.txt"]);
    run.expect(1, &["a.txt:3: not UTF-8"]);
    assert_eq!(run.stdout(), "서울\n\n\n부산\n끝\n");
    let json = corpus.run_with_stdin(&["tokenize", "--json"], "😀서울".as_bytes());
    let line: serde_json::Value = serde_json::from_str(&json.expect(0, &[]).stdout()).unwrap();
    assert_eq!(line["morphemes"][1]["surface"], "서울");
    assert_eq!((&line["morphemes"][1]["start"], &line["morphemes"][1]["end"]), (&1.into(), &3.into()));
}

/// Gold lines that are good for training, of one label.
fn gold(sentences: usize, label: impl Fn(usize) -> String) -> Vec<u8> {
    let line = |number| format!("{{\"text\": \"김하늘은 갔다.\", \"spans\": [[0, 3, \"{}\"]]}}\n", label(number));
    (0..sentences).map(line).collect::<String>().into_bytes()
}

#[test]
fn what_cannot_be_learnt_from_is_told() {
    if !has_dictionary() {
        return;
    }
    let cases: [(&str, &[u8], &[&str]); 6] = [
        ("empty.jsonl", b"", &["empty.jsonl"]),
        ("none.jsonl", "{\"text\": \"비가 왔다.\", \"spans\": []}".as_bytes(), &["no label to learn"]),
        ("broken.jsonl", b"{\"text\": \"a\", \"spans\": []}\n{\"text\": ", &["broken.jsonl:2"]),
        ("outside.jsonl", "{\"text\": \"비\", \"spans\": [[0, 9, \"PS\"]]}".as_bytes(), &["outside.jsonl:1", "9"]),
        ("tags.tsv", "## klue-ner-v1_dev_00001-nsmc\t비\n비\tX-PS\n".as_bytes(), &["tags.tsv:2", "X-PS"]),
        ("many.jsonl", &gold(61, |number| format!("L{number}")), &["61 labels", "at most 60"]),
    ];
    for (name, bytes, said) in cases {
        let corpus = Corpus::new(&[(name, bytes)]);
        corpus.run(&["train", name, "--out", "my.model"]).expect(2, said);
        assert!(!corpus.exists("my.model"), "{name}");
    }
}

#[test]
fn a_model_that_does_not_open_is_refused_by_name() {
    if !has_dictionary() {
        return;
    }
    let corpus = Corpus::new(&[("gold.jsonl", &gold(8, |_| "PS".to_owned())), ("in.jsonl", ARTICLE.as_bytes())]);
    corpus.run(&["train", "gold.jsonl", "--out", "my.model"]).expect(0, &["one label, PS"]);
    let model = fs::read(corpus.path("my.model")).unwrap();
    corpus.run(&["tag", "in.jsonl", "--model", "my.model"]).expect(0, &[]);
    let mut newer = model.clone();
    newer[8] += 1;
    let mut altered = model.clone();
    altered[model.len() / 2] ^= 1;
    for (name, bytes, said) in [
        ("cut.model", &model[..model.len() / 2], "cut"),
        ("altered.model", &altered, "checksum"),
        ("newer.model", &newer, "a newer gisa"),
        ("other.model", &b"PK and so on"[..], "GISAMODL"),
        ("empty.model", &b""[..], "GISAMODL"),
    ] {
        corpus.write(name, bytes);
        corpus.run(&["tag", "in.jsonl", "--model", name]).expect(2, &[name, said]);
    }
    corpus.run(&["tag", "in.jsonl", "--model", "no.model"]).expect(2, &["no.model"]);
}
