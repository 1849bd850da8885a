//! Starts a PostgreSQL server for tests, prints its address and stops it when standard input ends.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let server = testkit::postgres::Server::start()?;
    let mut output = io::stdout();
    writeln!(output, "{}", server.address)?;
    output.flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    drop(server);
    Ok(())
}
