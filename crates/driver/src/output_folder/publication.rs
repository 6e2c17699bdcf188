//! Publication: putting the files of a run in place, all or none.
//!
//! No file system renames several files at once, so there is one moment that decides: the folder with the whole files
//! and a list of what to do is renamed to `.gisa-publishing`. Before that moment the earlier files are in place; after
//! it the new ones are going to be, for each step on the list can be done again, and the next run into the folder does
//! those that are left ([`finish`]). So whoever finds `.gisa-publishing` sees files of two runs, and knows it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::error::Error;

/// The folder of whole files that are being put in place.
const PUBLISHING: &str = ".gisa-publishing";
/// The list in it: a file to put in place or to remove on each line, as `+ NAME` or `- NAME`.
const LIST: &str = ".list";

/// Puts the staged files in place and removes those of `names` that are not among them.
pub(super) fn publish(folder: &Path, staging: TempDir, names: &[String]) -> Result<(), Error> {
    let mut list = String::new();
    for name in names {
        let is_staged = staging.path().join(name).exists();
        list.extend([if is_staged { "+ " } else { "- " }, name, "\n"]);
        if is_staged {
            sync(&staging.path().join(name)).map_err(Error::output(&folder.join(name)))?;
        }
    }
    let list_path = staging.path().join(LIST);
    fs::write(&list_path, list).and_then(|()| sync(&list_path)).map_err(Error::output(folder))?;
    sync_folder(staging.path());

    let publishing = folder.join(PUBLISHING);
    fs::rename(staging.path(), &publishing).map_err(Error::output(&publishing))?;
    // It is no longer there to be removed.
    let _ = staging.keep();
    sync_folder(folder);
    finish(folder)
}

/// Completes a publication that was interrupted after the rename.
///
/// # Errors
///
/// When a file cannot be put in place.
pub(super) fn finish(folder: &Path) -> Result<(), Error> {
    let publishing = folder.join(PUBLISHING);
    match fs::symlink_metadata(&publishing) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => return Err(Error::output(&publishing)(io::Error::other("it is no folder of gisa's; remove it"))),
        Err(_) => return Ok(()),
    }
    // A list that is gone was done: it is removed last.
    let list = match fs::read_to_string(publishing.join(LIST)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        list => list.map_err(Error::output(&publishing))?,
    };
    for line in list.lines() {
        let Some((step, name)) = line.split_once(' ').filter(|(_, name)| is_plain(name)) else { continue };
        let (from, to) = (publishing.join(name), folder.join(name));
        let done = match step {
            "+" => fs::rename(&from, &to),
            _ => fs::remove_file(&to),
        };
        match done {
            // It was done before the interruption, or there was nothing to remove.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            done => done.map_err(Error::output(&to))?,
        }
    }
    sync_folder(folder);
    fs::remove_dir_all(&publishing).map_err(Error::output(&publishing))
}

/// Returns whether a name is that of a file in the folder itself.
fn is_plain(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|file| file == name)
}

fn sync(path: &Path) -> io::Result<()> {
    // Windows syncs a file that is open for writing alone.
    File::options().write(true).open(path)?.sync_all()
}

/// Makes the renames in a folder durable, on systems that can.
fn sync_folder(path: &Path) {
    let _ = File::open(path).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(folder: &Path) -> Vec<String> {
        let mut texts: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                format!("{}={}", path.file_name().unwrap().display(), fs::read_to_string(&path).unwrap_or_default())
            })
            .collect();
        texts.sort();
        texts
    }

    /// A publication of `a` and `b` that removes `c`, interrupted after some of its steps.
    fn interrupted(steps: usize) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a", "b", "c"] {
            fs::write(at(name), "1").unwrap();
        }
        fs::create_dir(at(PUBLISHING)).unwrap();
        for (name, text) in [("a", "2"), ("b", "2"), (LIST, "+ a\n- c\n+ b\n")] {
            fs::write(at(PUBLISHING).join(name), text).unwrap();
        }
        let all: [&dyn Fn(); 5] = [
            &|| fs::rename(at(PUBLISHING).join("a"), at("a")).unwrap(),
            &|| fs::remove_file(at("c")).unwrap(),
            &|| fs::rename(at(PUBLISHING).join("b"), at("b")).unwrap(),
            &|| fs::remove_file(at(PUBLISHING).join(LIST)).unwrap(),
            &|| fs::remove_dir(at(PUBLISHING)).unwrap(),
        ];
        all[..steps].iter().for_each(|step| step());
        folder
    }

    #[test]
    fn an_interrupted_publication_is_finished() {
        for steps in 0..=5 {
            let folder = interrupted(steps);
            finish(folder.path()).unwrap();
            assert_eq!(texts(folder.path()), ["a=2", "b=2"], "after {steps} steps");
        }
    }

    #[test]
    fn a_list_names_nothing_outside_its_folder() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        fs::create_dir_all(folder.join(PUBLISHING)).unwrap();
        fs::write(root.path().join("mine"), "1").unwrap();
        fs::write(folder.join(PUBLISHING).join(LIST), "- ../mine\n- ..\n-\n").unwrap();
        finish(&folder).unwrap();
        assert_eq!(texts(root.path()), ["mine=1", "out="]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let (folder, elsewhere) = (root.path().join("out"), root.path().join("elsewhere"));
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(&elsewhere).unwrap();
        fs::write(elsewhere.join(LIST), "+ a\n").unwrap();
        fs::write(elsewhere.join("a"), "1").unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.join(PUBLISHING)).unwrap();
        assert!(finish(&folder).is_err());
        assert_eq!(texts(&elsewhere), [".list=+ a\n", "a=1"]);
    }
}
