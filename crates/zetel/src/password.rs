//! Passwords come from the terminal, from standard input or from the environment, never from an argument, which every
//! list of processes shows.

use crate::command::words;
use clap::Args;
use std::io::{BufRead, IsTerminal, Write, stdin, stdout};
use std::process::Command;

/// Where a password comes from.
#[derive(Args)]
pub struct Source {
    /// Read the password from the first line of standard input.
    #[arg(long)]
    password_stdin: bool,
    /// Ask for the password on the terminal; so is it without any of these. `ZETEL_PASSWORD` holds it for programs.
    #[arg(long)]
    ask_password: bool,
}

impl Source {
    /// Whether a password was given or is to be asked.
    pub fn is_given(&self) -> bool {
        self.password_stdin || self.ask_password || std::env::var_os("ZETEL_PASSWORD").is_some()
    }

    /// The password of somebody.
    pub fn read(&self, email: &str) -> Result<String, String> {
        if let (Ok(password), false) = (std::env::var("ZETEL_PASSWORD"), self.password_stdin || self.ask_password) {
            return Ok(password);
        }
        if self.password_stdin || !stdin().is_terminal() {
            return line();
        }
        let _silence = Silence::begin();
        let first = ask(&words().cli_password_prompt(email))?;
        let second = ask(words().cli_password_again())?;
        match first == second {
            true => Ok(first),
            false => Err(words().field_passwords_differ().to_owned()),
        }
    }
}

fn ask(question: &str) -> Result<String, String> {
    print!("{question} ");
    stdout().flush().map_err(|error| error.to_string())?;
    let answer = line();
    println!();
    answer
}

fn line() -> Result<String, String> {
    let mut line = String::new();
    stdin().lock().read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// While this lives, the terminal does not show what is typed.
struct Silence;

impl Silence {
    fn begin() -> Self {
        echo("-echo");
        Self
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        echo("echo");
    }
}

/// The standard tool of every Unix; without it the password shows, which is no reason to refuse one.
fn echo(mode: &str) {
    let _ = Command::new("stty").arg(mode).status();
}
