//! Write file: a file gets its new content whole or keeps its old one, whatever happens while it is written.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Complaints, Diagnostic};

/// The symbolic links that are followed before they count as a circle.
const MOST_LINKS: usize = 32;

/// Writes a file: beside its place first, then synced, then renamed into it, so that an old file stays whole if anything fails.
///
/// The old file's permissions are kept. A symbolic link stays one: what it leads to is replaced. What is no regular file (a
/// device, a pipe, anything below `/dev` or `/proc`) is written as it is.
///
/// # Errors
/// The file cannot be written: its folder does not exist, it is a folder itself or read-only, the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Complaints> {
    write_file_with(path, &|writer| writer.write_all(bytes))
}

/// The same for content that is too large to be put together first.
///
/// # Errors
/// As for [`write_file`], and whatever the writing itself fails with.
pub fn write_file_with(path: &Path, content: &Content<'_>) -> Result<(), Complaints> {
    written(path, content).map_err(|error| complaint(path, &error))
}

/// Writes what a file is to hold.
pub type Content<'c> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'c;

fn written(path: &Path, content: &Content<'_>) -> io::Result<()> {
    let target = target(path)?;
    let old = match fs::metadata(&target) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match old {
        Some(old) if old.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Some(old) if !old.is_file() || is_special(path) => write_through(path, content),
        Some(old) if old.permissions().readonly() => Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only")),
        old => replace(&target, content, old.map(|old| old.permissions())),
    }
}

/// Where the symbolic links lead that a path may be.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    if is_special(path) {
        return Ok(target);
    }
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_symlink() => {
                let link = fs::read_link(&target)?;
                target = target.parent().unwrap_or(Path::new("")).join(link);
            }
            _ => return Ok(target),
        }
    }
    Err(io::Error::other("its symbolic links go in a circle"))
}

fn is_special(path: &Path) -> bool {
    path.starts_with("/dev") || path.starts_with("/proc")
}

fn write_through(path: &Path, content: &Content<'_>) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).open(path)?;
    content(&mut file)?;
    file.flush()
}

fn replace(target: &Path, content: &Content<'_>, permissions: Option<Permissions>) -> io::Result<()> {
    if target.file_name().is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it names no file"));
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".oms-").suffix(".part");
    let usual = usual_permissions();
    if let Some(usual) = usual {
        builder.permissions(usual);
    }
    let mut file = builder.tempfile_in(folder)?;
    content(&mut file)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    // The name is safe once its folder is; where a folder cannot be opened, the system sees to it in its own time.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// What a new file is given before the user's mask is taken off.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

fn complaint(path: &Path, error: &io::Error) -> Complaints {
    let shown = path.display();
    // The system's own words, without the name of the file that is written beside the real one.
    let reason = error.raw_os_error().map_or_else(|| error.to_string(), |code| io::Error::from_raw_os_error(code).to_string());
    let reason = reason.split(" at path ").next().unwrap_or_default();
    let complaint = Diagnostic::error(Code::Unwritable, format!("'{shown}' cannot be written: {reason}"));
    let complaint = match error.kind() {
        io::ErrorKind::NotFound => complaint.help("the folder that it is to stand in does not exist"),
        io::ErrorKind::IsADirectory => complaint.help("a file's name has to follow, such as `causes.csv`"),
        io::ErrorKind::StorageFull | io::ErrorKind::WriteZero => {
            complaint.help("the disk is full; a file that was there before is unchanged")
        }
        _ => complaint.help("another folder may be writable; a file that was there before is unchanged"),
    };
    complaint.into()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::write_file;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("answer.csv");
        write_file(&file, b"old").unwrap();
        write_file(&file, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_a_fault_of_the_data() {
        let folder = tempfile::tempdir().unwrap();
        let fault = |path: &Path| write_file(path, b"x").unwrap_err();
        assert_eq!(fault(folder.path()).class().exit_status(), 3);
        assert_eq!(fault(&folder.path().join("none/answer.csv")).class().exit_status(), 3);
        assert_eq!(fault(Path::new("")).class().exit_status(), 3);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_and_a_device_is_written_as_it_is() {
        assert!(write_file(Path::new("/dev/full"), b"x").unwrap_err().to_string().contains("cannot be written"));
        write_file(Path::new("/dev/null"), b"x").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("answer.csv"), folder.path().join("link.csv"));
        write_file(&file, b"old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("answer.csv", &link).unwrap();
        write_file(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
        assert!(write_file(&file, b"newer").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("link", &link).unwrap();
        assert!(write_file(&link, b"x").is_err());
    }
}
