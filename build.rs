//! Looks for what `RocksDB` needs to be built, and names the package that is missing; and gives the code that reads texts a number.
//!
//! The build script of `oxrocksdb-sys` looks for libclang last, after many minutes of C++, and a build without it starts over next time.
//! Cargo starts this script as soon as a processor is free for it. It comes after the crates that many others wait for: with many
//! processors within seconds, with two when `RocksDB` is being compiled already. Cargo tells the error at once but waits for the jobs
//! that run, so the message says to stop the build.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs};

/// What installs both on Debian and Ubuntu.
const INSTALL: &str = "apt-get install g++ libclang-dev";

/// The parts of `src` that a record depends on.
const READING: [&str; 9] = [
    "claim",
    "entity",
    "graph",
    "knowledge",
    "language",
    "mention",
    "pipeline.rs",
    "source",
    "text",
];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=CHANCERY_READING={:08x}", reading());
    for variable in [
        "CXX",
        "LIBCLANG_PATH",
        "LLVM_CONFIG_PATH",
        "LD_LIBRARY_PATH",
        "LIBRARY_PATH",
    ] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    // Elsewhere the tools are found in other ways, which are left to those who look for them.
    if !cfg!(target_os = "linux") {
        return ExitCode::SUCCESS;
    }
    let mut missing = Vec::new();
    if !has_compiler() {
        missing.push("a C++ compiler (Debian package `g++`)");
    }
    if !has_libclang() {
        missing.push("libclang (Debian package `libclang-dev`)");
    }
    if missing.is_empty() {
        return ExitCode::SUCCESS;
    }
    for what in missing {
        println!(
            "cargo::error=to build RocksDB, {what} is needed and was not found; install it with `{INSTALL}`"
        );
    }
    ExitCode::FAILURE
}

/// A digest of the code and the language model that read texts: by it a record knows that another build would read its text in another way,
/// though the version is the same. It is the 64-bit FNV-1a hash (RFC 9923) of names and contents, folded to 32 bits; ends of lines count
/// alike on all systems.
fn reading() -> u32 {
    let mut files = Vec::new();
    for part in READING {
        println!("cargo::rerun-if-changed=src/{part}");
        files_in(Path::new("src").join(part), &mut files);
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes.iter().filter(|byte| **byte != b'\r') {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        add(name.as_bytes());
        add(&fs::read(&file).unwrap_or_default());
    }
    (hash >> 32) as u32 ^ hash as u32
}

/// A file, or the files in and below a folder.
fn files_in(path: PathBuf, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        below(&path)
            .into_iter()
            .for_each(|path| files_in(path, files));
    } else {
        files.push(path);
    }
}

/// Whether the compiler that the `cc` crate would call answers.
fn has_compiler() -> bool {
    let named = env::var("CXX").ok();
    // `CXX` may carry a launcher or options (`ccache g++`); the first word is a program in any case.
    let program = named
        .as_deref()
        .and_then(|named| named.split_whitespace().next());
    answers(program.unwrap_or("c++"))
}

fn answers(program: &str) -> bool {
    let run = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    run.is_ok()
}

/// Whether libclang is where the `clang-sys` crate looks for it on Linux: `LIBCLANG_PATH` alone where that is set, else the folders
/// of `llvm-config`, `LD_LIBRARY_PATH` and `LIBRARY_PATH`, and the usual folders.
fn has_libclang() -> bool {
    if let Some(path) = env::var_os("LIBCLANG_PATH") {
        let path = PathBuf::from(path);
        return path.is_file() && is_libclang(path.file_name()) || holds_libclang(&path);
    }
    let mut folders: Vec<PathBuf> = Vec::new();
    let config = env::var("LLVM_CONFIG_PATH").unwrap_or_else(|_| "llvm-config".to_owned());
    if let Ok(output) = Command::new(config)
        .arg("--prefix")
        .stderr(Stdio::null())
        .output()
    {
        let prefix = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        folders.extend(["lib", "lib64"].map(|below| prefix.join(below)));
    }
    for variable in ["LD_LIBRARY_PATH", "LIBRARY_PATH"] {
        folders.extend(env::var_os(variable).iter().flat_map(env::split_paths));
    }
    // /usr/lib, /usr/lib/x86_64-linux-gnu, /usr/lib/llvm-14/lib, /usr/local/llvm/lib
    for parent in ["/usr", "/usr/local"] {
        for folder in below(Path::new(parent)) {
            if starts_with(&folder, "lib") {
                let inside = below(&folder);
                folders.extend(inside.iter().flat_map(|folder| below(folder)));
                folders.extend(inside);
                folders.push(folder);
            } else if starts_with(&folder, "llvm") {
                folders.extend(
                    below(&folder)
                        .into_iter()
                        .filter(|folder| starts_with(folder, "lib")),
                );
            }
        }
    }
    folders.iter().any(|folder| holds_libclang(folder))
}

/// What is right below a folder; nothing where it cannot be read.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn starts_with(path: &Path, beginning: &str) -> bool {
    path.file_name()
        .and_then(OsStr::to_str)
        .is_some_and(|name| name.starts_with(beginning))
}

/// Whether a folder holds a shared libclang.
fn holds_libclang(folder: &Path) -> bool {
    below(folder)
        .iter()
        .any(|path| is_libclang(path.file_name()))
}

/// `libclang.so`, `libclang-14.so.1` and their like, but not `libclang-cpp.so`, which is another library.
fn is_libclang(name: Option<&OsStr>) -> bool {
    let Some(name) = name.and_then(OsStr::to_str) else {
        return false;
    };
    let shared =
        name.starts_with("libclang.so") || name.starts_with("libclang-") && name.contains(".so");
    shared && !name.contains("-cpp.")
}
