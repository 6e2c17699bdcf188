//! Kept networks: the parameters of trained networks in the working folder, so that a run that was interrupted, or one
//! that differs from it in a later step, does not train them again.
//!
//! A file holds every array of parameters in the order of [`Parameters::arrays`], as little-endian `f32`. Its name has
//! the name of the network and a hash of all that it depends on: shape, options and data.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::dataset::Dataset;
use crate::options::Options;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

/// The file of one kept network.
#[derive(Debug)]
pub(super) struct KeptNetwork {
    path: PathBuf,
}

impl KeptNetwork {
    /// Returns the file in `folder` for a network of this name, shape, options and data.
    pub fn new(folder: &Path, name: &str, shape: &Shape, options: &Options, data: &Dataset) -> KeptNetwork {
        let key = format!("{name} {shape:?} {options:?} {}", data.fingerprint());
        let hash = u64::from_le_bytes(*Sha256::digest(key).first_chunk().unwrap_or(&[0; 8]));
        KeptNetwork { path: folder.join(format!("{}-{hash:016x}.parameters", name.replace(' ', "-"))) }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the parameters, or returns `None` when the file is absent, unreadable or of another size.
    pub fn read(&self, shape: &Shape) -> Option<Parameters> {
        let bytes = std::fs::read(&self.path).ok()?;
        let mut parameters = Parameters::zeros(shape);
        fill(&mut parameters, &bytes).then_some(parameters)
    }

    /// Writes the parameters to a temporary file in the same folder, which takes the place of the kept one when it is
    /// whole.
    ///
    /// # Errors
    ///
    /// When the folder or the file cannot be written.
    pub fn write(&self, parameters: &Parameters) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let bytes: Vec<u8> =
            parameters.arrays().into_iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
        let mut file = temporary_file(folder)?;
        file.write_all(&bytes)?;
        file.persist(&self.path)?;
        Ok(())
    }
}

/// Creates a temporary file with the permissions of any new file, less the process's mask: by itself `tempfile` makes
/// files that their owner alone can read.
fn temporary_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kept-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Fills parameters from the bytes of a kept file; returns whether they had the expected size.
fn fill(parameters: &mut Parameters, bytes: &[u8]) -> bool {
    let numbers: usize = parameters.arrays().iter().map(|array| array.len()).sum();
    if bytes.len() != 4 * numbers {
        return false;
    }
    for (number, bytes) in parameters.arrays_mut().into_iter().flatten().zip(bytes.as_chunks().0) {
        *number = f32::from_le_bytes(*bytes);
    }
    true
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::initial::initial;
    use crate::toy;

    fn files(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_network_reads_back_and_leaves_no_other_file() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("work");
        let shape = toy::shape();
        let kept = KeptNetwork::new(&folder, "teacher 0", &shape, &toy::options(), &toy::data(2, 1));
        assert_eq!(kept.read(&shape), None);
        for seed in [1, 2] {
            let parameters = initial(&shape, seed);
            kept.write(&parameters).unwrap();
            assert_eq!(kept.read(&shape), Some(parameters));
        }
        let files = files(&folder);
        assert_eq!(files.len(), 1, "{files:?}");
        assert!(files[0].starts_with("teacher-0-") && files[0].ends_with(".parameters"), "{files:?}");
    }

    #[test]
    fn a_file_of_another_size_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let shape = toy::shape();
        let kept = KeptNetwork::new(folder.path(), "small", &shape, &toy::options(), &toy::data(2, 1));
        kept.write(&initial(&shape, 1)).unwrap();
        let bytes = fs::read(kept.path()).unwrap();
        fs::write(kept.path(), &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(kept.read(&shape), None);
    }

    #[test]
    fn a_file_left_by_an_interrupted_run_is_not_touched() {
        // Two runs may share a working folder: neither writes to a file of the other.
        let folder = tempfile::tempdir().unwrap();
        let shape = toy::shape();
        let kept = KeptNetwork::new(folder.path(), "small", &shape, &toy::options(), &toy::data(2, 1));
        let other = kept.path().with_extension("part");
        fs::write(&other, "half a network").unwrap();
        kept.write(&initial(&shape, 1)).unwrap();
        assert_eq!(fs::read_to_string(other).unwrap(), "half a network");
    }

    #[test]
    fn each_name_shape_option_and_data_set_has_a_file_of_its_own() {
        let (shape, options, data) = (toy::shape(), toy::options(), toy::data(2, 1));
        let path = |name, shape: &Shape, options: &Options, data: &Dataset| {
            KeptNetwork::new(Path::new("work"), name, shape, options, data).path
        };
        let wider = Shape { width: 16, ..shape.clone() };
        let reseeded = Options { seed: 9, ..options.clone() };
        let mut paths = vec![
            path("small", &shape, &options, &data),
            path("calibration", &shape, &options, &data),
            path("small", &wider, &options, &data),
            path("small", &shape, &reseeded, &data),
            path("small", &shape, &options, &toy::data(3, 1)),
        ];
        assert_eq!(paths[0], path("small", &shape, &options, &data));
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), 5, "{paths:?}");
    }
}
