//! What Bash runs to complete a command.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use clap_complete::env::{Bash, EnvCompleter};

/// Completion in Bash, also behind an `=` or a `:`.
///
/// Bash breaks what is typed at these (`COMP_WORDBREAKS`) and replaces only the piece behind the last of them, while the words that are
/// completed, and what is offered for them, are whole ones. So its function gets the words put together again, and what it offers loses
/// what stands already before the piece.
pub(super) struct WholeWords;

/// Defines `_NAME` around the function of the library. What stands without a space behind what is before it belongs to the same word; an
/// opening quote does not belong to it.
const AROUND: &str = r#"
_NAME() {
    local line="${COMP_LINE:0:COMP_POINT}" words=() piece i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if [[ $i -eq 0 || "$line" == [[:space:]]* ]]; then
            line="${line#"${line%%[![:space:]]*}"}"
            words+=("")
        fi
        piece="${COMP_WORDS[i]}"
        if [[ $i -eq $COMP_CWORD ]]; then
            piece="${line#[\"\']}"
        fi
        words[${#words[@]} - 1]+="$piece"
        line="${line#"$piece"}"
    done
    local last=$((${#words[@]} - 1))
    local begun="${words[last]}"
    words+=("${COMP_WORDS[@]:COMP_CWORD + 1}")
    local COMP_WORDS=("${words[@]}") COMP_CWORD=$last
    _clap_complete_NAME "$1" "$begun" "$3"
    COMPREPLY=("${COMPREPLY[@]#"${begun%"$2"}"}")
}
complete -o nospace -o bashdefault -o nosort -F _NAME BIN 2> /dev/null || complete -o nospace -o bashdefault -F _NAME BIN
"#;

impl EnvCompleter for WholeWords {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn io::Write,
    ) -> io::Result<()> {
        Bash.write_registration(var, name, bin, completer, buf)?;
        let around = AROUND.replace("NAME", name).replace("BIN", bin);
        buf.write_all(around.as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        arguments: Vec<OsString>,
        folder: Option<&Path>,
        buf: &mut dyn io::Write,
    ) -> io::Result<()> {
        Bash.write_complete(command, arguments, folder, buf)
    }
}
