//! Nothing that was there is lost: inputs, files of others and earlier tables, whatever goes wrong or is interrupted. Each
//! test runs the binary in a folder of its own.
//!
//! The tests need the dictionary (`make dictionary`, or `make test`, which makes it first). All texts are invented.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use support::has_dictionary;

mod support;

const ARTICLE: &str = r#"{"id": "a1", "date": "2024-06-23", "title": "한빛시장 새 단장", "text": "김하늘 한빛시장은 23일 서울에서 말했다."}"#;
/// What a `BigKinds` export has in its header.
const BIGKINDS: &str = "뉴스 식별자,일자,언론사,기고자,제목,통합 분류1,통합 분류2,통합 분류3,사건/사고 분류1,사건/사고 분류2,\
                        사건/사고 분류3,인물,위치,기관,키워드,특성추출(가중치순 상위 50개),본문,URL,분석제외 여부";

struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gisa"));
        command.current_dir(self.0.path()).args(args);
        command
    }

    /// Runs the program, checks its exit code and that it says each of the texts, and returns all that it said.
    #[track_caller]
    fn run(&self, args: &[&str], code: i32, said: &[&str]) -> String {
        expect(&self.command(args).output().unwrap(), code, said)
    }

    /// All files under a folder with their texts, hidden ones too.
    fn files(&self, name: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(name), &self.path(name), &mut files);
        files
    }

    fn names(&self, name: &str) -> Vec<String> {
        self.files(name).into_keys().collect()
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            files.insert(name, fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

#[track_caller]
fn expect(output: &Output, code: i32, said: &[&str]) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    for text in said {
        assert!(stderr.contains(text), "{text:?} is not in {stderr:?}");
    }
    stderr
}

fn bigkinds() -> String {
    format!("{BIGKINDS}\r\nid1,20240623,가람일보,,제목,,,,,,,,,,,,김하늘 시장은 서울에서 말했다.,,\r\n")
}

const TABLES: [&str; 3] = ["articles.csv", "entities.csv", "mentions.csv"];

#[test]
fn an_input_is_not_written_over() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new(&[("d/articles.csv", &bigkinds())]);
    let before = folder.files("d");
    folder.run(&["extract", "d/articles.csv", "--out", "d"], 2, &["d/articles.csv", "write over", "--out"]);
    // The same file, found in the folder itself.
    folder.run(&["extract", "d", "--out", "d"], 2, &["d/articles.csv", "write over"]);
    folder.run(&["extract", "d/../d/articles.csv", "--out", "./d/"], 2, &["write over"]);
    assert_eq!(folder.files("d"), before);
    folder.run(&["extract", "d/articles.csv", "--out", "out"], 0, &["1 article, "]);
}

#[cfg(unix)]
#[test]
fn an_input_is_not_written_over_through_links() {
    let folder = Folder::new(&[("d/articles.csv", &bigkinds()), ("e/x.txt", "")]);
    let at = |name| folder.path(name);
    std::os::unix::fs::symlink(at("d/articles.csv"), at("linked.csv")).unwrap();
    fs::hard_link(at("d/articles.csv"), at("same.csv")).unwrap();
    std::os::unix::fs::symlink(at("d"), at("linked")).unwrap();
    // An input that is what a link in the output folder leads to.
    std::os::unix::fs::symlink(at("d/articles.csv"), at("e/mentions.csv")).unwrap();
    let before = [folder.files("d"), folder.files("e")];
    for (input, out) in
        [("linked.csv", "d"), ("same.csv", "d"), ("d/articles.csv", "linked"), ("d/articles.csv", "e"), ("linked", "d")]
    {
        folder.run(&["extract", input, "--out", out], 2, &[input, "write over"]);
    }
    assert_eq!([folder.files("d"), folder.files("e")], before);
}

#[test]
fn a_file_of_others_is_not_replaced() {
    if !has_dictionary() {
        return;
    }
    let foreign = ["name,count\r\n가,1\r\n", "not a table", "article\r\n", &bigkinds()];
    for (text, name) in
        foreign.iter().flat_map(|text| ["mentions.csv", "articles.csv", "failures.csv"].map(|n| (text, n)))
    {
        let folder = Folder::new(&[("a.jsonl", ARTICLE), (&format!("out/{name}"), text)]);
        let before = folder.files("out");
        folder.run(&["extract", "a.jsonl", "--out", "out"], 2, &[&format!("out/{name}"), "none of gisa's", "--out"]);
        assert_eq!(folder.files("out"), before);
    }
    // An empty one is nobody's loss.
    let folder = Folder::new(&[("a.jsonl", ARTICLE), ("out/mentions.csv", "")]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
}

#[test]
fn tables_of_every_version_are_replaced() {
    if !has_dictionary() {
        return;
    }
    let old = "article,published,part,sentence,label,text,name,value,start,end,rule,context\r\n";
    let folder = Folder::new(&[("a.jsonl", ARTICLE), ("out/mentions.csv", old)]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    folder.run(&["extract", "a.jsonl", "--out", "out", "--no-bom"], 0, &[]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    assert_eq!(folder.names("out"), TABLES);
}

#[test]
fn a_run_without_an_article_keeps_earlier_tables() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new(&[("a.jsonl", &format!("{ARTICLE}\nbroken\n")), ("b.jsonl", "broken\n"), ("c.txt", "")]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 1, &["a.jsonl:2: "]);
    let before = folder.files("out");
    assert_eq!(before.len(), 4);
    let said = folder.run(
        &["extract", "b.jsonl", "c.txt", "--out", "out"],
        1,
        &["b.jsonl:1: ", "c.txt: ", "stay as they are"],
    );
    assert!(!said.contains("listed in"), "{said}");
    assert_eq!(folder.files("out"), before);

    // Where there are no articles to lose, the failures are listed.
    folder.run(&["extract", "b.jsonl", "--out", "new"], 1, &["listed in"]);
    folder.run(&["extract", "c.txt", "--out", "new"], 1, &["listed in"]);
    assert!(folder.files("new")["failures.csv"].contains("c.txt"));
}

#[cfg(unix)]
#[test]
fn links_in_the_output_folder_are_not_followed() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new(&[("a.jsonl", ARTICLE), ("mine", "mine"), ("out/x", "")]);
    for name in ["out/.articles.csv.part", "out/.mentions.csv.part"] {
        std::os::unix::fs::symlink(folder.path("mine"), folder.path(name)).unwrap();
    }
    std::os::unix::fs::symlink(folder.path("nowhere"), folder.path("out/entities.csv")).unwrap();
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    assert_eq!(folder.files(".")["mine"], "mine");
    assert!(!folder.path("nowhere").exists());
    assert!(fs::symlink_metadata(folder.path("out/entities.csv")).unwrap().is_file());

    for name in [".gisa.lock", ".gisa-publishing"] {
        let folder = Folder::new(&[("a.jsonl", ARTICLE), ("mine/x", "mine"), ("out/x", "")]);
        std::os::unix::fs::symlink(folder.path("mine"), folder.path("out").join(name)).unwrap();
        folder.run(&["extract", "a.jsonl", "--out", "out"], 2, &[name, "remove it"]);
        assert_eq!(folder.names("mine"), ["x"]);
    }
}

#[test]
fn a_second_run_into_a_folder_is_refused() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new(&[("a.jsonl", ARTICLE)]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    let before = folder.files("out");
    let lock = fs::File::create(folder.path("out/.gisa.lock")).unwrap();
    lock.lock().unwrap();
    folder.run(&["extract", "a.jsonl", "--out", "out"], 2, &["out: another run is writing there"]);
    drop(lock);
    fs::remove_file(folder.path("out/.gisa.lock")).unwrap();
    assert_eq!(folder.files("out"), before);
    // A lock file that a killed run left is nobody's.
    folder.write("out/.gisa.lock", "");
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    assert_eq!(folder.names("out"), TABLES);
}

#[test]
fn runs_at_the_same_time_leave_the_tables_of_one() {
    if !has_dictionary() {
        return;
    }
    let lines: String = (0..200).map(|id| ARTICLE.replace("a1", &format!("a{id}")) + "\n").collect();
    let folder = Folder::new(&[("a.jsonl", &lines), ("b.jsonl", ARTICLE)]);
    let inputs = ["a.jsonl", "b.jsonl"];
    for (input, out) in inputs.iter().zip(["only-a", "only-b"]) {
        folder.run(&["extract", input, "--out", out], 0, &[]);
    }
    let spawn = |input: &str| {
        let mut command = folder.command(&["extract", input, "--out", "out", "--quiet"]);
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let runs: Vec<_> = inputs.iter().cycle().take(6).map(|input| spawn(input)).collect();
    let done: Vec<_> = runs.into_iter().map(|run| run.wait_with_output().unwrap()).collect();
    for output in &done {
        assert!(output.status.success() || output.status.code() == Some(2), "{output:?}");
    }
    assert!(done.iter().any(|output| output.status.success()));
    let made = folder.files("out");
    assert!(made == folder.files("only-a") || made == folder.files("only-b"), "{:?}", made.keys());
}

#[test]
fn an_interrupted_publication_is_finished_by_the_next_run() {
    if !has_dictionary() {
        return;
    }
    let folder =
        Folder::new(&[("a.jsonl", &format!("{ARTICLE}\nbroken\n")), ("b.jsonl", &ARTICLE.replace("a1", "b1"))]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 1, &[]);
    folder.run(&["extract", "b.jsonl", "--out", "whole"], 0, &[]);
    let whole = folder.files("whole");
    // The run over b.jsonl was killed when one of its tables was in place.
    for (name, text) in &whole {
        folder.write(&format!("out/.gisa-publishing/{name}"), text);
    }
    folder.write("out/.gisa-publishing/.list", "+ articles.csv\n+ mentions.csv\n+ entities.csv\n- failures.csv\n");
    fs::rename(folder.path("out/.gisa-publishing/articles.csv"), folder.path("out/articles.csv")).unwrap();
    // Another was killed while it wrote.
    folder.write("out/.gisa-staging-abc/articles.csv", "half");

    folder.write("c.jsonl", "broken\n");
    folder.run(&["extract", "c.jsonl", "--out", "out"], 1, &["stay as they are"]);
    assert_eq!(folder.files("out"), whole);
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_the_earlier_tables() {
    if !has_dictionary() {
        return;
    }
    let lines: String = (0..5000).map(|id| ARTICLE.replace("a1", &format!("a{id}")) + "\n").collect();
    let folder = Folder::new(&[("a.jsonl", ARTICLE), ("many.jsonl", &lines)]);
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    let before = folder.files("out");
    let mut run = folder.command(&["extract", "many.jsonl", "--out", "out", "--threads", "1"]).spawn().unwrap();
    let staging = || folder.names("out").iter().any(|name| name.starts_with(".gisa-staging-"));
    while !staging() && run.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let tables = || TABLES.map(|name| folder.files("out").remove(name));
    assert_eq!(tables(), TABLES.map(|name| before.get(name).cloned()));
    folder.run(&["extract", "a.jsonl", "--out", "out"], 0, &[]);
    assert_eq!(folder.files("out"), before);
}

#[cfg(unix)]
#[test]
fn a_closed_or_full_standard_error_stops_nothing() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new(&[("a.jsonl", &format!("broken\n{ARTICLE}\n")), ("a.txt", "가\n")]);
    folder.run(&["extract", "a.jsonl", "--out", "expected"], 1, &[]);
    // Closed from the start, a pipe that nobody reads any more, and a full disk.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut redirections = vec!["2>&-", ""];
    if Path::new("/dev/full").exists() {
        redirections.push("2>/dev/full");
    }
    for redirection in redirections {
        let status = |script: &str| {
            let mut command = Command::new("sh");
            command.current_dir(folder.0.path()).env("GISA", env!("CARGO_BIN_EXE_gisa"));
            command.args(["-c", &format!("{script} {redirection}")]);
            command.stdout(Stdio::null()).stderr(writer.try_clone().unwrap()).status().unwrap().code()
        };
        assert_eq!(status("$GISA extract a.jsonl --out out"), Some(1), "{redirection}");
        assert_eq!(folder.files("out"), folder.files("expected"), "{redirection}");
        fs::remove_dir_all(folder.path("out")).unwrap();
        assert_eq!(status("$GISA tag a.jsonl"), Some(1), "{redirection}");
        assert_eq!(status("$GISA tokenize a.txt"), Some(0), "{redirection}");
        assert_eq!(status("$GISA extract nothing.jsonl --out out"), Some(2), "{redirection}");
        assert_eq!(status("$GISA evaluate a.txt"), Some(2), "{redirection}");
    }
}

#[test]
fn a_day_that_was_found_in_the_text_is_told() {
    if !has_dictionary() {
        return;
    }
    let text = "한빛시장 새 단장\\n입력 2024.06.23. 오전 10:00\\n김하늘 한빛시장은 23일 서울에서 가람전자와 협약을 맺었다고 밝혔다.";
    let line = |text: &str| format!("{{\"id\": \"a\", \"published\": \"그제\", \"text\": \"{text}\"}}\n");
    let folder = Folder::new(&[("a.jsonl", &(line(text) + &line("김하늘 시장은 말했다.")))]);
    let found =
        "a.jsonl:1: \"그제\" is no publication day, and the article is done with the day found in its text, 2024-06-23";
    let none = "a.jsonl:2: \"그제\" is no publication day, and the article is done without one";
    folder.run(&["extract", "a.jsonl", "--out", "out"], 1, &[found, none]);
    let files = folder.files("out");
    let days: Vec<_> = files["articles.csv"].lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    assert!(days.contains(&"20240623"), "{days:?}");
    assert!(files["failures.csv"].contains("with the day found in its text, 2024-06-23"));
    assert!(files["failures.csv"].contains("without one"));
}

#[test]
fn cells_are_guarded_unless_it_is_not_wanted() {
    if !has_dictionary() {
        return;
    }
    let text = "-15도 추위가 서울에 왔다.";
    let folder = Folder::new(&[("a.jsonl", &format!("{{\"id\": \"a\", \"title\": \"=1+1\", \"text\": \"{text}\"}}"))]);
    for (flags, title, body) in [(&[][..], ",'=1+1,", ",'-15도 추위"), (&["--no-guard"], ",=1+1,", ",-15도 추위")]
    {
        let args = [&["extract", "a.jsonl", "--out", "out", "--quiet"], flags].concat();
        folder.run(&args, 0, &[]);
        let articles = &folder.files("out")["articles.csv"];
        assert!(articles.contains(title) && articles.contains(body), "{flags:?}: {articles}");
    }
    let help = folder.command(&["extract", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("take one apostrophe off") && help.contains("--no-guard"), "{help}");
}

#[test]
fn tables_of_an_earlier_run_are_not_news() {
    if !has_dictionary() {
        return;
    }
    let folder = Folder::new(&[("corpus/a.jsonl", &format!("{ARTICLE}\nbroken\n"))]);
    folder.run(&["extract", "corpus", "--out", "corpus/tables"], 1, &[]);
    folder.run(
        &["extract", "corpus", "--out", "corpus/no-bom", "--no-bom"],
        1,
        &["4 tables that gisa wrote were not read"],
    );
    fs::rename(folder.path("corpus/tables/mentions.csv"), folder.path("corpus/other-name.csv")).unwrap();
    let said = folder.run(&["extract", "corpus", "--out", "out"], 1, &["8 tables that gisa wrote were not read"]);
    assert!(said.contains("1 article, "), "{said}");
    let tagged = folder.command(&["tag", "corpus"]).output().unwrap();
    expect(&tagged, 1, &["8 tables that gisa wrote were not read"]);
    assert_eq!(String::from_utf8(tagged.stdout).unwrap().lines().count(), 1);

    for name in ["corpus/other-name.csv", "out/articles.csv", "out/entities.csv", "out/failures.csv"] {
        folder.run(&["extract", name, "--out", "out2"], 2, &[name, "a table that gisa wrote"]);
        folder.run(&["tag", name], 2, &[name, "a table that gisa wrote"]);
    }
    folder.run(&["extract", "out", "--out", "out2"], 2, &["no articles in out", "4 table(s) that gisa wrote"]);
    assert!(!folder.path("out2").exists());
    folder.write("bigkinds.csv", &bigkinds());
    folder.run(&["extract", "bigkinds.csv", "--out", "out2"], 0, &["1 article, "]);
}
