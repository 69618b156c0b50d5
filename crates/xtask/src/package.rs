//! What is installed elsewhere: a Debian package with its systemd unit, and a container image.

use crate::run::{cargo, succeeds};
use crate::sources::root;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of the repository that the Debian package puts somewhere, with where and their mode.
const FILES: [(&str, &str, u32); 11] = [
    ("packaging/zetel.service", "usr/lib/systemd/system/zetel.service", 0o644),
    // It holds secrets.
    ("packaging/zetel.env", "etc/zetel/zetel.env", 0o600),
    ("data/products.csv", "usr/share/zetel/products.csv", 0o644),
    ("packaging/debian/copyright", "usr/share/doc/zetel/copyright", 0o644),
    ("docs/operating.md", "usr/share/doc/zetel/operating.md", 0o644),
    ("CHANGELOG.md", "usr/share/doc/zetel/CHANGELOG.md", 0o644),
    ("SECURITY.md", "usr/share/doc/zetel/SECURITY.md", 0o644),
    ("packaging/debian/conffiles", "DEBIAN/conffiles", 0o644),
    ("packaging/debian/postinst", "DEBIAN/postinst", 0o755),
    ("packaging/debian/prerm", "DEBIAN/prerm", 0o755),
    ("packaging/debian/postrm", "DEBIAN/postrm", 0o755),
];

/// Builds the Debian package, the container image, or, without a word, both. The Debian package can also be made of a
/// program that was built before. What this machine has no program for is said and left out.
pub fn package(arguments: &[String]) -> bool {
    match arguments {
        [] => {
            let is_built = debian(None);
            image() && is_built
        }
        [what] if what == "deb" => debian(None),
        [what, program] if what == "deb" => debian(Some(program.into())),
        [what] if what == "image" => image(),
        _ => {
            eprintln!("cargo xtask package [deb [PROGRAM]|image]");
            false
        }
    }
}

/// `target/package/zetel_VERSION_ARCHITECTURE.deb`, from a release build unless a program is given.
fn debian(program: Option<PathBuf>) -> bool {
    let Some(architecture) = answer("dpkg", &["--print-architecture"]) else {
        println!("LEFT OUT: the Debian package, for want of dpkg");
        return true;
    };
    if program.is_none() && !succeeds(&mut cargo(&["build", "--release", "--locked", "--package", "zetel"])) {
        return false;
    }
    let folder = root().join("target/package");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    match pack(&program.unwrap_or(target.join("release/zetel")), &architecture, &folder) {
        Ok(path) => {
            println!("{}", path.display());
            true
        }
        Err(error) => {
            println!("FAILED: the Debian package: {error}");
            false
        }
    }
}

/// Lays the files out below a folder and packs them.
fn pack(program: &Path, architecture: &str, folder: &Path) -> io::Result<PathBuf> {
    let tree = folder.join("tree");
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
    }
    put(&tree.join("usr/bin/zetel"), &fs::read(program)?, 0o755)?;
    for (from, to, mode) in FILES {
        let mut content = fs::read(root().join(from))?;
        if to.ends_with("/copyright") {
            content.extend_from_slice(libraries()?.as_bytes());
        }
        put(&tree.join(to), &content, mode)?;
    }
    let size = fs::metadata(program)?.len().div_ceil(1024) + 2048;
    put(&tree.join("DEBIAN/control"), control(architecture, size)?.as_bytes(), 0o644)?;
    let path = folder.join(format!("zetel_{}_{architecture}.deb", env!("CARGO_PKG_VERSION")));
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "--build"]).arg(&tree).arg(&path);
    if succeeds(&mut build) { Ok(path) } else { Err(io::Error::other("dpkg-deb failed")) }
}

fn put(path: &Path, content: &[u8], mode: u32) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, content)?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// What dpkg knows about the package; `size` is in KiB. It needs the C library that it was built with, or a newer one.
fn control(architecture: &str, size: u64) -> io::Result<String> {
    let libc = answer("dpkg-query", &["--show", "--showformat=${Version}", &format!("libc6:{architecture}")]);
    let libc = libc.ok_or_else(|| io::Error::other("dpkg does not know libc6"))?;
    let text = fs::read_to_string(root().join("packaging/debian/control"))?;
    Ok(text
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{architecture}", architecture)
        .replace("{size}", &size.to_string())
        .replace("{libc}", libc.split('-').next().unwrap_or(&libc)))
}

/// The libraries inside the program, a line each with version and license.
fn libraries() -> io::Result<String> {
    let tree =
        ["tree", "--locked", "--package", "zetel", "--edges", "normal", "--prefix", "none", "--format", "{p}: {l}"];
    let output = cargo(&tree).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    // A path stands behind those that are Zetel itself, and a star behind those that came before.
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.contains(" (/")).collect();
    lines.iter_mut().for_each(|line| *line = line.trim_end_matches(" (*)"));
    lines.sort_unstable();
    lines.dedup();
    Ok(lines.join("\n") + "\n")
}

/// `zetel:VERSION`, built from the sources by what this machine has for that.
fn image() -> bool {
    let works = |program: &&str| answer(program, &["info"]).is_some();
    let Some(program) = ["podman", "docker"].into_iter().find(works) else {
        println!("LEFT OUT: the container image, for want of a running podman or docker");
        return true;
    };
    let tag = concat!("zetel:", env!("CARGO_PKG_VERSION"));
    let mut build = Command::new(program);
    build.args(["build", "--file", "packaging/Containerfile", "--tag", tag, "."]).current_dir(root());
    println!("{program} builds {tag}");
    succeeds(&mut build)
}

/// What a program prints, without the end of the line; nothing when it is not there or fails.
fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::read_all;
    use std::collections::BTreeSet;

    /// Variables that are not settings of an installation: of tests, of the terminal's user, and of tests against Stripe.
    const NO_SETTINGS: [&str; 4] = ["ZETEL_UPDATE", "ZETEL_WRITE_EXPECTED", "ZETEL_PASSWORD", "ZETEL_STRIPE_ADDRESS"];

    fn read(path: &str) -> String {
        fs::read_to_string(root().join(path)).expect(path)
    }

    /// Every `ZETEL_…` that a text names.
    fn variables(text: &str) -> BTreeSet<String> {
        let parts = text.split("ZETEL_").skip(1);
        let names = parts.map(|part| part.split(|letter: char| !(letter.is_ascii_uppercase() || letter == '_')).next());
        let names = names.flatten().filter(|name| !name.is_empty()).map(|name| format!("ZETEL_{name}"));
        names.filter(|name| !name.starts_with("ZETEL_TEST_") && !NO_SETTINGS.contains(&name.as_str())).collect()
    }

    #[test]
    fn the_table_of_settings_and_the_file_of_settings_are_complete() {
        let programs = read_all().into_iter().filter(|source| {
            let is_program = source.path.starts_with("crates/") && !source.path.starts_with("crates/xtask/");
            is_program && source.has_extension("rs")
        });
        let code = programs.map(|source| {
            let lines = source.text.lines().take(source.first_test_line().saturating_sub(1));
            lines.collect::<Vec<_>>().join("\n")
        });
        let used = code.flat_map(|text| variables(&text)).collect::<BTreeSet<_>>();
        assert!(used.len() > 15, "{used:?}");
        let guide = read("docs/operating.md");
        let rows = guide.lines().filter(|line| line.starts_with("| `ZETEL_")).flat_map(variables);
        assert_eq!(rows.collect::<BTreeSet<_>>(), used, "the table in docs/operating.md");
        assert_eq!(variables(&read("packaging/zetel.env")), used, "packaging/zetel.env");
    }

    #[test]
    fn no_secret_stands_on_a_command_line_and_the_service_is_its_own_user() {
        let unit = read("packaging/zetel.service");
        assert!(unit.contains("\nExecStart=/usr/bin/zetel serve\n") && unit.contains("\nUser=zetel\n"));
        assert!(unit.contains("\nEnvironmentFile=-/etc/zetel/zetel.env\n"));
        let image = read("packaging/Containerfile");
        assert!(image.contains("\nUSER 65532:65532\n") && image.contains("\nVOLUME /var/lib/zetel\n"));
        assert_eq!(variables(&image).into_iter().collect::<Vec<_>>(), ["ZETEL_DATABASE", "ZETEL_LISTEN"]);
    }

    #[test]
    fn the_package_contains_what_it_says() {
        let Some(architecture) = answer("dpkg", &["--print-architecture"]) else { return };
        let folder = std::env::temp_dir().join(format!("zetel-package-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let program = folder.join("zetel");
        fs::write(&program, "a program").expect("a program");
        let packed = pack(&program, &architecture, &folder).expect("a package");
        let packed = packed.to_str().expect("a path");
        let list = answer("dpkg-deb", &["--contents", packed]).expect("contents");
        // -rw------- root/root 1234 2026-01-01 00:00 ./etc/zetel/zetel.env
        let files: BTreeSet<String> = list
            .lines()
            .filter(|line| !line.starts_with('d'))
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .map(|parts| format!("{} {} {}", parts[0], parts[1], parts[5]))
            .collect();
        let expected = [
            "-rw------- root/root ./etc/zetel/zetel.env",
            "-rw-r--r-- root/root ./usr/lib/systemd/system/zetel.service",
            "-rw-r--r-- root/root ./usr/share/doc/zetel/CHANGELOG.md",
            "-rw-r--r-- root/root ./usr/share/doc/zetel/SECURITY.md",
            "-rw-r--r-- root/root ./usr/share/doc/zetel/copyright",
            "-rw-r--r-- root/root ./usr/share/doc/zetel/operating.md",
            "-rw-r--r-- root/root ./usr/share/zetel/products.csv",
            "-rwxr-xr-x root/root ./usr/bin/zetel",
        ];
        assert_eq!(files.iter().map(String::as_str).collect::<Vec<_>>(), expected);
        let field = |name| answer("dpkg-deb", &["--field", packed, name]).expect(name);
        assert_eq!(field("Version"), env!("CARGO_PKG_VERSION"));
        assert!(field("Depends").starts_with("adduser, libc6 (>= 2."), "{}", field("Depends"));
        let copyright = fs::read_to_string(folder.join("tree/usr/share/doc/zetel/copyright")).expect("copyright");
        assert!(copyright.contains("\naxum v"), "{copyright}");
        fs::remove_dir_all(&folder).expect("gone");
    }
}
