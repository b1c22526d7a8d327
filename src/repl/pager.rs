//! Pager: shows what an input comes to, and hands what is longer than the screen to a program that goes through it.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::command::{Failure, Flow, Pager, Shell, Shown};

use super::output::Output;
use super::progress::Progress;

/// The variables that name a pager, the first of them that is set; empty for none.
const VARIABLES: [&str; 2] = ["OMS_PAGER", "PAGER"];

/// The pagers that are tried where none is named. `less` keeps colours, leaves at once where all fits, and leaves the screen as it is.
const USUAL: [&[&str]; 2] = [&["less", "-R", "-F", "-X"], &["more"]];

/// What `less` says in its last row where the user has not told it what to say.
const INVITATION: &str = "-P?e(END) q goes back to the prompt:-- more\\: Space; back to the prompt\\: q --.";

/// What a shell says of a program that it does not find, or may not run.
const NOT_THERE: [i32; 2] = [126, 127];

/// Answers one input and shows the answer, by a pager where it is longer than the screen; while it is sought, how far that has come.
///
/// # Errors
/// See [`Shell::submit`].
pub(super) fn submit(shell: &mut Shell, input: &str, out: &mut Output) -> Result<Flow, Failure> {
    let progress = Progress::of(shell.session().limits(), !shell.settings().quiet);
    let outcome = shell.respond(input);
    drop(progress);
    let (shown, flow) = outcome?;
    show(&shown, shell.settings().reading.pager, out).map_err(Failure::Output)?;
    Ok(flow)
}

/// Shows a text: its footer below it, and once more where a pager was between.
fn show(shown: &Shown, pager: Pager, out: &mut Output) -> io::Result<()> {
    let wanted = match pager {
        Pager::Off => false,
        Pager::Always => !shown.body.is_empty(),
        Pager::On => is_longer_than_the_screen(shown),
    };
    if wanted && is_possible() && paged(&out.in_its_characters(&format!("{}{}", shown.body, shown.footer))) {
        // Ctrl-C was the pager's.
        out.go_on();
    } else {
        out.write_all(shown.body.as_bytes())?;
    }
    out.write_all(shown.footer.as_bytes())?;
    out.flush()
}

/// Whether a pager can be shown: both ends are a terminal, one that can do more than print.
fn is_possible() -> bool {
    let dumb = env::var_os("TERM").is_none_or(|value| value == "dumb" || value.is_empty());
    !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn is_longer_than_the_screen(shown: &Shown) -> bool {
    let Some((columns, rows)) = terminal_size::terminal_size_of(io::stdout()) else { return false };
    // The prompt has a line of its own.
    let room = usize::from(rows.0).saturating_sub(1);
    let columns = usize::from(columns.0).max(1);
    let mut used = 0;
    shown.body.lines().chain(shown.footer.lines()).any(|line| {
        // What a line of colours takes is not known exactly; a longer guess opens the pager, which leaves at once where all fits.
        let letters = if line.contains('\u{1b}') { columns } else { line.chars().count() };
        used += letters.max(1).div_ceil(columns);
        used > room
    })
}

/// Shows the text by the first pager that is there; whether there was one.
fn paged(text: &str) -> bool {
    if let Some(named) = VARIABLES.iter().find_map(env::var_os) {
        let Some(named) = named.to_str().map(str::trim).filter(|named| !named.is_empty() && *named != "cat") else { return false };
        return run(by_shell(named), text);
    }
    USUAL.iter().any(|words| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        if words[0] == "less" {
            // A question that is typed too early must not write a file or run a program.
            command.env("LESSSECURE", "1");
            if env::var_os("LESS").is_none() {
                command.arg(INVITATION);
            }
        }
        run(command, text)
    })
}

/// A command with words of its own, as a shell reads it.
fn by_shell(words: &str) -> Command {
    if cfg!(unix) {
        let mut command = Command::new("sh");
        command.arg("-c").arg(words);
        if env::var_os("LESS").is_none() {
            command.env("LESS", "RFX");
        }
        return command;
    }
    let mut parts = words.split_whitespace();
    let mut command = Command::new(parts.next().unwrap_or_default());
    command.args(parts);
    command
}

/// Feeds a pager, which may leave before it has read everything; whether it was there at all.
fn run(mut command: Command, text: &str) -> bool {
    let Ok(mut pager) = command.stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // Who leaves early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    ended(&mut pager).is_none_or(|status| !status.code().is_some_and(|code| NOT_THERE.contains(&code)))
}

/// Waits for the pager's end, however often Ctrl-C is pressed meanwhile: it is the pager's.
fn ended(pager: &mut Child) -> Option<ExitStatus> {
    loop {
        match pager.wait() {
            Ok(status) => return Some(status),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
