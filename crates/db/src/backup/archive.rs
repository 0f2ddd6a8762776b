//! The archive: written as a stream, in the clear or under a passphrase; read and checked whole before it is used.

use std::{
    collections::BTreeMap,
    fs::{File, TryLockError},
    io::{BufRead, BufReader, BufWriter, Read, Seek, Write},
    path::{Path, PathBuf},
};

use kernel::{Problem, ProblemKind};
use sha2::{Digest, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

use super::{
    chunks::{self, Opening, START, Sealing},
    manifest::{BEFORE, FORMAT, MANIFEST, Manifest, damaged, file_problem},
};
use crate::{BlobHash, folder};

/// The unfinished file beside the one it will replace; gone when the backup does not come to its end.
struct Part {
    path: PathBuf,
    target: PathBuf,
    is_whole: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

enum Sink {
    Plain(BufWriter<File>),
    Sealed(Box<Sealing<BufWriter<File>>>),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Sealed(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Sealed(file) => file.flush(),
        }
    }
}

pub(super) struct Writing {
    zip: ZipWriter<StreamWriter<Sink>>,
    part: Part,
    files: BTreeMap<String, String>,
    open: Option<(String, Sha256)>,
}

impl Writing {
    pub fn begin(target: &Path, passphrase: Option<&str>) -> Result<Self, Problem> {
        let path = folder::with_ending(target, "part");
        let file = folder::private(&path).map_err(|error| file_problem(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Problem::new(ProblemKind::Conflict, "backup-running")),
            Err(TryLockError::Error(error)) => return Err(file_problem(&path, &error)),
        }
        file.set_len(0).map_err(|error| file_problem(&path, &error))?;
        let part = Part { path, target: target.to_owned(), is_whole: false };
        let file = BufWriter::new(file);
        let sink = match passphrase {
            Some(passphrase) => Sink::Sealed(Box::new(Sealing::new(file, passphrase)?)),
            None => Sink::Plain(file),
        };
        Ok(Self { zip: ZipWriter::new_stream(sink), part, files: BTreeMap::new(), open: None })
    }

    pub fn start(&mut self, name: &str) -> Result<(), Problem> {
        self.end();
        self.zip
            .start_file(name, SimpleFileOptions::default().large_file(true))
            .map_err(|error| self.failed(error.into()))?;
        self.open = Some((name.to_owned(), Sha256::new()));
        Ok(())
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if let Some((_, hasher)) = &mut self.open {
            hasher.update(bytes);
        }
        self.zip.write_all(bytes).map_err(|error| self.failed(error))
    }

    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        self.start(name)?;
        self.write(bytes)
    }

    fn end(&mut self) {
        if let Some((name, hasher)) = self.open.take() {
            self.files.insert(name, hex::encode(hasher.finalize()));
        }
    }

    fn failed(&self, error: std::io::Error) -> Problem {
        file_problem(&self.part.path, &error)
    }

    pub fn finish(mut self, mut manifest: Manifest) -> Result<(), Problem> {
        self.end();
        manifest.files = std::mem::take(&mut self.files);
        self.add(MANIFEST, &serde_json::to_vec_pretty(&manifest).map_err(Problem::internal)?)?;
        let Self { zip, mut part, .. } = self;
        let whole = || -> std::io::Result<()> {
            let file = match zip.finish()?.into_inner() {
                Sink::Plain(file) => file,
                Sink::Sealed(file) => file.finish()?,
            };
            file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
            std::fs::rename(&part.path, &part.target)?;
            part.is_whole = true;
            folder::sync_folder(&part.target)
        };
        whole().map_err(|error| file_problem(&part.target.clone(), &error))
    }
}

trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

pub(super) struct Archive {
    zip: ZipArchive<Box<dyn Source>>,
    pub manifest: Manifest,
    /// Whether the passphrase opened it, and so nobody else has written it.
    pub is_sealed: bool,
}

impl Archive {
    /// Opens a backup and compares every file in it with its checksum.
    pub fn open(path: &Path, passphrase: Option<&str>) -> Result<Self, Problem> {
        let mut archive = Self::unread(path, passphrase)?;
        archive.checked()?;
        Ok(archive)
    }

    /// Whether this is a backup that came to its end: its manifest is written last, and a sealed one has whole chunks.
    pub fn glance(path: &Path) -> Result<(), Problem> {
        match Self::unread(path, None) {
            Ok(archive) => archive.known(),
            Err(problem) if problem.code == "backup-encrypted" => {
                let file = File::open(path).map_err(|error| file_problem(path, &error))?;
                chunks::glance(file).map_err(|error| damaged(path.display()).because(error))
            }
            Err(problem) => Err(problem),
        }
    }

    /// Opens a backup and reads what it says it holds.
    fn unread(path: &Path, passphrase: Option<&str>) -> Result<Self, Problem> {
        let unusable = |error: std::io::Error| file_problem(path, &error);
        let broken = |error: std::io::Error| damaged(path.display()).because(error);
        let mut file = File::open(path).map_err(unusable)?;
        let mut first = Vec::new();
        Read::by_ref(&mut file).take(START.len() as u64).read_to_end(&mut first).map_err(unusable)?;
        file.rewind().map_err(unusable)?;
        let is_sealed = first == START;
        let source: Box<dyn Source> = match passphrase {
            _ if !is_sealed => Box::new(BufReader::new(file)),
            None => return Err(Problem::bad_input("backup-encrypted")),
            Some(passphrase) => {
                let opened = Opening::new(file, passphrase).map_err(broken)?;
                Box::new(opened.ok_or_else(|| Problem::bad_input("backup-passphrase-wrong"))?)
            }
        };
        let zip = ZipArchive::new(source).map_err(|error| broken(error.into()))?;
        let manifest = Manifest { format: 0, files: BTreeMap::new(), steps: BTreeMap::new(), lacking: BTreeMap::new() };
        let mut archive = Self { zip, manifest, is_sealed };
        archive.manifest =
            serde_json::from_slice(&archive.read(MANIFEST)?).map_err(|error| damaged(MANIFEST).because(error))?;
        Ok(archive)
    }

    fn known(&self) -> Result<(), Problem> {
        if !matches!(self.manifest.format, BEFORE | FORMAT) || (self.is_sealed && self.manifest.format != FORMAT) {
            return Err(Problem::bad_input("backup-format"));
        }
        Ok(())
    }

    fn checked(&mut self) -> Result<(), Problem> {
        self.known()?;
        for name in self.zip.file_names() {
            let name = name.map_err(|error| damaged(MANIFEST).because(error))?;
            if name != MANIFEST && !self.manifest.files.contains_key(name.as_ref()) {
                return Err(damaged(name));
            }
        }
        for (name, hash) in self.manifest.files.clone() {
            let mut hasher = Sha256::new();
            let mut file = self.stream(&name)?;
            let mut some = vec![0; 64 * 1024];
            loop {
                let count = file.read(&mut some).map_err(|error| damaged(&name).because(error))?;
                if count == 0 {
                    break;
                }
                hasher.update(&some[..count]);
            }
            let is_blob = name.strip_prefix("blobs/");
            if hex::encode(hasher.finalize()) != hash || is_blob.is_some_and(|blob| blob != hash) {
                return Err(damaged(name));
            }
        }
        Ok(())
    }

    fn stream<'a>(&'a mut self, name: &str) -> Result<impl Read + use<'a>, Problem> {
        self.zip.by_name(name).map_err(|error| damaged(name).because(error))
    }

    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        self.stream(name)?.read_to_end(&mut bytes).map_err(|error| damaged(name).because(error))?;
        Ok(bytes)
    }

    pub fn has(&self, name: &str) -> bool {
        self.manifest.files.contains_key(name)
    }

    pub fn tables(&self) -> Vec<String> {
        let table = |name: &String| Some(name.strip_prefix("tables/")?.strip_suffix(".jsonl")?.to_owned());
        self.manifest.files.keys().filter_map(table).collect()
    }

    pub fn blobs(&self) -> Vec<BlobHash> {
        self.manifest.files.keys().filter_map(|name| BlobHash::parse(name.strip_prefix("blobs/")?)).collect()
    }

    /// The lines of a table, one at a time.
    pub fn lines(&mut self, table: &str) -> Result<impl Iterator<Item = Result<String, Problem>>, Problem> {
        let name = format!("tables/{table}.jsonl");
        let lines = BufReader::new(self.stream(&name)?).lines();
        Ok(lines.map(move |line| line.map_err(|error| damaged(&name).because(error))))
    }
}
