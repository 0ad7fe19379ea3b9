//! What the terminal says once the server is ready.

use crate::demo;
use crate::qr;
use std::fmt;

/// The start-up message.
#[derive(Debug, Clone)]
pub struct Banner {
    /// Where teams join.
    pub address: String,
    /// Whether other machines can connect.
    pub lan: bool,
    /// The quizmaster's password, if it was just made.
    pub password: Option<String>,
    /// Code of the demo game, if one is open.
    pub demo: Option<String>,
}

impl fmt::Display for Banner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, .. } = self;
        writeln!(f, "\nQuizwire is ready.\n")?;
        writeln!(f, "  Teams           {address}/")?;
        writeln!(f, "  Quizmaster      {address}/control")?;
        if let Some(code) = &self.demo {
            writeln!(f, "  Big screen      {address}/screen/{code}, opened from the desk or let in there")?;
        }
        match &self.password {
            Some(password) => writeln!(
                f,
                "\n  Quizmaster's password   {password}\n  (shown this once; “quizwire password reset” sets a new one)"
            )?,
            None => writeln!(
                f,
                "\n  Quizmaster's password   as shown at the first start; “quizwire password reset” sets a new one"
            )?,
        }
        if let (Some(code), Ok(teams)) = (&self.demo, demo::teams()) {
            writeln!(f, "\n  Demo game {code}: teams and passwords")?;
            teams.iter().try_for_each(|team| writeln!(f, "    {:<20} {}", team.name, team.password))?;
        }
        if self.lan {
            writeln!(
                f,
                "\n  Everybody on this network can open these pages. Nothing is encrypted: passwords and answers"
            )?;
            writeln!(f, "  travel as plain text. Put a TLS proxy in front where that matters.\n")?;
            if let Ok(modules) = qr::modules(&self.address) {
                write_qr(f, &modules)?;
            }
        }
        writeln!(f)
    }
}

/// Two rows of modules to a line, light on dark, with the quiet zone that scanners need.
fn write_qr(f: &mut fmt::Formatter<'_>, modules: &[bool]) -> fmt::Result {
    let side = modules.len().isqrt();
    let dark = |x: usize, y: usize| {
        (2..side + 2).contains(&x) && (2..side + 2).contains(&y) && modules[(y - 2) * side + x - 2]
    };
    for y in (0..side + 4).step_by(2) {
        let line = (0..side + 4).map(|x| match (dark(x, y), dark(x, y + 1)) {
            (false, false) => '█',
            (false, true) => '▀',
            (true, false) => '▄',
            (true, true) => ' ',
        });
        writeln!(f, "  {}", line.collect::<String>())?;
    }
    Ok(())
}
