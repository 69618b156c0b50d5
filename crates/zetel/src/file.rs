//! Files that commands write: whole or not at all, read by their owner only, and never over what is there unasked.

use crate::command::words;
use crate::house::Database;
use clap::Args;
use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, Write, stdout};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where the rows of a command go.
#[derive(Args)]
pub struct Target {
    /// The file to write, which only its owner can read; standard output when it is left out.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Overwrite the file when it is there.
    #[arg(long)]
    force: bool,
}

/// A place that was checked and can be written.
pub enum Out {
    /// Standard output.
    Standard,
    /// A pipe or a device, in which nothing is overwritten.
    Pipe(File),
    /// A file that has its name when it is whole.
    File {
        /// What is written so far, beside its place.
        unfinished: NamedTempFile,
        /// Its place.
        target: PathBuf,
        /// Whether it takes the place of another one.
        replaces: bool,
    },
}

impl Target {
    /// Checks the place before there is anything to write: no file is there unless it may be overwritten, it is not of
    /// the database, and it can be written.
    pub fn begin(&self, database: &Database) -> Result<Out, Box<dyn Error>> {
        let Some(file) = &self.file else { return Ok(Out::Standard) };
        database.must_not_own(file)?;
        let kind = file.metadata().map(|metadata| metadata.file_type());
        if kind.is_ok_and(|kind| kind.is_fifo() || kind.is_char_device()) {
            let pipe = OpenOptions::new().write(true).open(file).map_err(|error| cannot_write(file, &error))?;
            return Ok(Out::Pipe(pipe));
        }
        if file.exists() && !self.force {
            return Err(words().cli_would_overwrite(&file.display().to_string()).into());
        }
        if file.is_dir() {
            return Err(cannot_write(file, &io::ErrorKind::IsADirectory.into()).into());
        }
        // Through a link the file that it leads to is meant, not the link.
        let target = std::fs::canonicalize(file).unwrap_or_else(|_| file.clone());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unfinished =
            NamedTempFile::with_prefix_in(".zetel-", folder).map_err(|error| cannot_write(file, &error))?;
        Ok(Out::File { unfinished, target, replaces: self.force })
    }

    /// The name of the file, unless the rows go to standard output.
    pub fn name(&self) -> Option<String> {
        self.file.as_ref().map(|file| file.display().to_string())
    }
}

impl Out {
    /// Puts the whole file in its place, on disk.
    pub fn finish(mut self) -> Result<(), Box<dyn Error>> {
        self.flush()?;
        let Self::File { unfinished, target, replaces } = self else { return Ok(()) };
        unfinished.as_file().sync_all().map_err(|error| cannot_write(&target, &error))?;
        let name = target.display().to_string();
        let published = if replaces { unfinished.persist(&target) } else { unfinished.persist_noclobber(&target) };
        published.map(|_| ()).map_err(|failed| match failed.error.kind() {
            io::ErrorKind::AlreadyExists => words().cli_would_overwrite(&name).into(),
            _ => cannot_write(&target, &failed.error).into(),
        })
    }
}

fn cannot_write(file: &Path, error: &io::Error) -> String {
    words().cli_cannot_write(&file.display().to_string(), &error.to_string())
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard => stdout().write(bytes),
            Self::Pipe(pipe) => pipe.write(bytes),
            Self::File { unfinished, .. } => unfinished.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard => stdout().flush(),
            Self::Pipe(pipe) => pipe.flush(),
            Self::File { unfinished, .. } => unfinished.flush(),
        }
    }
}
