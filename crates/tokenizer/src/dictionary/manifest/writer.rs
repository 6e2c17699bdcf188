//! Writing the manifest, when a dictionary is built or installed.

use std::fs;
use std::path::Path;

use crate::dictionary::build::source::Provenance;
use crate::dictionary::digest::sha256;
use crate::dictionary::manifest::{FILE, FORMAT_VERSION, FileRecord, Manifest, modified};
use crate::error::Error;

impl Manifest {
    /// Describes all files of a folder.
    pub fn describe(folder: &Path, entries: usize, provenance: Provenance) -> Result<Manifest, Error> {
        let mut files = Vec::new();
        for file in fs::read_dir(folder).map_err(Error::io(folder))? {
            let path = file.map_err(Error::io(folder))?.path();
            files.push(FileRecord::describe(&path)?);
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let Provenance { name, sha256 } = provenance;
        Ok(Manifest { format_version: FORMAT_VERSION, entries, source: name, source_sha256: sha256, files })
    }

    /// Writes the manifest into the folder it describes.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let path = folder.join(FILE);
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| Error::malformed(&path, error.to_string()))?;
        text.push(b'\n');
        fs::write(&path, text).map_err(Error::io(&path))
    }

    /// Records the modification times of the files in a folder, after they were copied there and checked.
    pub fn restamp(&mut self, folder: &Path) -> Result<(), Error> {
        for file in &mut self.files {
            let path = folder.join(&file.name);
            file.modified = modified(&fs::metadata(&path).map_err(Error::io(&path))?);
        }
        Ok(())
    }

    /// Returns the names of the files, without the manifest's own.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }
}

impl FileRecord {
    fn describe(path: &Path) -> Result<FileRecord, Error> {
        let bytes = fs::read(path).map_err(Error::io(path))?;
        let metadata = fs::metadata(path).map_err(Error::io(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(FileRecord { name, size: bytes.len() as u64, sha256: sha256(&bytes), modified: modified(&metadata) })
    }
}
