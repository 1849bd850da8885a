//! A browser reduced to what the measurements need: one request, one connection, a cookie.

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{Context, bail};

/// Whoever asks; with a session or without.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) address: String,
    /// The cookie as it is sent; empty for nobody.
    pub(super) cookie: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Status line and headers.
    pub(super) head: String,
    pub(super) body: String,
    /// Bytes on the wire, headers included.
    pub(super) bytes: usize,
}

impl Client {
    /// Nobody in particular.
    pub(super) fn nobody(address: &str) -> Client {
        Client {
            address: address.to_owned(),
            cookie: String::new(),
        }
    }

    /// Reads a page, whatever its status is.
    pub(super) fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.ask(("GET", path), "identity", "")
    }

    /// Bytes of an answer as a browser gets it, compressed where the server does so, head included.
    pub(super) fn bytes_on_the_wire(&self, path: &str) -> anyhow::Result<usize> {
        let answer = self.ask(("GET", path), "br, gzip", "")?;
        if answer.status != 200 {
            bail!("{path}: {}", answer.status);
        }
        Ok(answer.bytes)
    }

    /// Reads a page that must be there.
    pub(super) fn page(&self, path: &str) -> anyhow::Result<Answer> {
        let answer = self.get(path)?;
        if answer.status != 200 {
            bail!("{path}: {}", answer.status);
        }
        Ok(answer)
    }

    /// Sends a form, which must be taken.
    pub(super) fn post(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let fields: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let answer = self.ask(("POST", path), "identity", &fields.join("&"))?;
        if answer.status >= 400 {
            bail!("POST {path}: {}", answer.status);
        }
        Ok(answer)
    }

    /// Logs in with a form and keeps the session.
    pub(super) fn log_in(
        address: &str,
        path: &str,
        form: &[(&str, &str)],
    ) -> anyhow::Result<Client> {
        let answer = Client::nobody(address).post(path, form)?;
        let cookie = answer
            .head
            .lines()
            .filter_map(|line| line.strip_prefix("set-cookie: "))
            .find(|cookie| cookie.starts_with("__Host-sessie="))
            .and_then(|cookie| cookie.split(';').next())
            .with_context(|| format!("{path}: no session began ({})", answer.status))?;
        Ok(Client {
            address: address.to_owned(),
            cookie: cookie.to_owned(),
        })
    }

    fn ask(
        &self,
        (method, path): (&str, &str),
        encoding: &str,
        form: &str,
    ) -> anyhow::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept-Language: nl\r\n\
             Accept-Encoding: {encoding}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.address,
            self.cookie,
            form.len()
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").context("half an answer")?;
        let status = head.split(' ').nth(1).context("no status")?;
        Ok(Answer {
            status: status.parse().context("no status")?,
            head: head.to_owned(),
            body: body.to_owned(),
            bytes: bytes.len(),
        })
    }
}

impl Answer {
    /// What stands after a text in the body, up to the next quote.
    pub(super) fn after<'a>(&'a self, start: &'a str) -> Option<&'a str> {
        self.all_after(start).next()
    }

    /// The same at every place where the text stands.
    pub(super) fn all_after<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let rests = self.body.split(start).skip(1);
        rests.filter_map(|rest| rest.split(['"', '<']).next())
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
