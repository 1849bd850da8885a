//! A database that is gone, forced for real around a running server: whoever asks gets a clear page
//! in their language, nothing is half-written, the log says it once, and the server goes on as soon
//! as the database does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use testkit::postgres::Server as Postgres;
use vault::one_time::{OneTimeSecret, STEP};

type TestError = Box<dyn std::error::Error + Send + Sync>;

const PROGRAM: &str = env!("CARGO_BIN_EXE_werkbrug");

/// How long a line of the log may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// A fictional town, served.
struct Town {
    folder: tempfile::TempDir,
    server: Served,
    cookie: String,
}

/// A server and what it logs.
struct Served {
    process: Child,
    address: String,
    log: Receiver<String>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Served {
    /// Starts a server.
    fn start(config: &Path) -> Result<Served, TestError> {
        let mut process = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(config)
            .env("WERKBRUG_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (tell, log) = mpsc::channel();
        if let Some(errors) = process.stderr.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(errors).lines().map_while(Result::ok) {
                    // Nobody listens any more when the test is over.
                    let _ = tell.send(line);
                }
            });
        }
        let mut said = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        let address = said.trim().trim_start_matches("http://").to_owned();
        assert!(!address.is_empty(), "the server did not start");
        Ok(Served {
            process,
            address,
            log,
        })
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        who: (&str, &str),
        form: &str,
    ) -> Result<Answer, TestError> {
        let (cookie, language) = who;
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nAccept-Language: {language}\r\n\
             Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").ok_or("half an answer")?;
        Ok(Answer {
            status: head.split(' ').nth(1).ok_or("no status")?.parse()?,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }

    /// Errors that were logged about requests.
    fn errors(&self) -> Vec<String> {
        let of_requests = |line: &String| line.contains("\"ERROR\"") && !line.contains("matches");
        let mut errors = Vec::new();
        while errors.is_empty() {
            match self.log.recv_timeout(PATIENCE) {
                Ok(line) => errors.extend(Some(line).filter(of_requests)),
                Err(_) => break,
            }
        }
        errors.extend(self.log.try_iter().filter(of_requests));
        errors
    }
}

impl Town {
    /// Makes a town in a database and logs its first klantmanager in.
    fn serve(database: &str) -> Result<Town, TestError> {
        let folder = tempfile::tempdir()?;
        let place = folder.path().join("town");
        let mut make = Command::new(PROGRAM);
        make.args([
            "demo-town",
            "--people",
            "2",
            "--vacancies",
            "3",
            "--json",
            "--out",
        ]);
        make.arg(&place).args(["--database", database]);
        let made = make.output()?;
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let printed: serde_json::Value = serde_json::from_slice(&made.stdout)?;
        let server = Served::start(&place.join("werkbrug.toml"))?;
        let accounts = printed["accounts"].as_array().ok_or("no accounts")?;
        let guide = accounts.iter().find(|one| one["role"] == "klantmanager");
        let cookie = log_in(&server, guide.ok_or("no klantmanager")?)?;
        Ok(Town {
            folder,
            server,
            cookie,
        })
    }

    fn place(&self) -> PathBuf {
        self.folder.path().join("town")
    }

    /// Registers somebody, in a language.
    fn register(&self, name: &str, language: &str) -> Result<Answer, TestError> {
        let form = format!("voornaam={name}&contacttaal=ar&tolk=needed&inschrijving=2026-03-01");
        self.server
            .ask("POST", "/mensen/nieuw", (&self.cookie, language), &form)
    }

    /// How often a name stands in the whole list of people.
    fn listed(&self, name: &str) -> Result<usize, TestError> {
        let list = self
            .server
            .ask("GET", "/mensen", (&self.cookie, "nl"), "")?;
        assert_eq!(list.status, 200);
        // Once as the name of the box to tick, once as the name itself.
        Ok(list.body.matches(&format!("wb-hidden\">{name}<")).count())
    }

    /// What must be true of an answer while the database cannot be used.
    fn check_refusal(&self, answer: &Answer, language: &str) {
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.head.contains("retry-after: "), "{}", answer.head);
        assert!(
            answer.body.contains(&format!("<html lang=\"{language}\"")),
            "{}",
            answer.body
        );
        for inside in [
            "SQLITE",
            "sqlite",
            "postgres",
            "database is",
            "Kanarie",
            "werkbrug.db",
        ] {
            assert!(!answer.body.contains(inside), "{inside}");
        }
    }

    /// The chain of the audit log is whole.
    fn verify(&self) -> Result<(), TestError> {
        let verified = Command::new(PROGRAM)
            .args(["audit", "verify", "--config"])
            .arg(self.place().join("werkbrug.toml"))
            .output()?;
        assert!(
            verified.status.success(),
            "{}",
            String::from_utf8_lossy(&verified.stderr)
        );
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a one-time password is that of the present moment"
)]
fn log_in(server: &Served, account: &serde_json::Value) -> Result<String, TestError> {
    let text = |name: &str| account[name].as_str().ok_or("half an account");
    let secret = data_encoding::BASE32_NOPAD.decode(text("secret")?.as_bytes())?;
    let secret = OneTimeSecret::from_bytes(&secret).ok_or("a broken secret")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    // The step after the present one counts too, and making the town used the present one up.
    let one_time = secret.password(now / STEP + 1);
    let form = format!(
        "naam={}&wachtwoord={}&eenmalig={one_time}",
        text("login_name")?.replace('@', "%40"),
        text("password")?.replace(' ', "+")
    );
    let answer = server.ask("POST", "/inloggen/medewerker", ("", "nl"), &form)?;
    let mut lines = answer.head.lines();
    let cookie = lines.find_map(|line| line.strip_prefix("set-cookie: __Host-sessie="));
    let token = cookie.and_then(|rest| rest.split(';').next());
    Ok(format!("__Host-sessie={}", token.ok_or("no session")?))
}

#[test]
fn a_server_that_was_gone_is_found_again() -> Result<(), TestError> {
    let Some(_) = testkit::postgres::address() else {
        return Ok(());
    };
    // One of its own, because the others need theirs.
    let mut postgres = Postgres::start()?;
    let address = format!("{}/postgres", postgres.address);
    let town = Town::serve(&address)?;
    assert_eq!(town.register("Kanarie", "nl")?.status, 303);
    postgres.stop()?;
    town.check_refusal(&town.register("Kanarie", "uk")?, "uk");
    let errors = town.server.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(!errors[0].contains("Kanarie"));
    postgres.start_again()?;
    assert_eq!(town.register("Kanarie", "nl")?.status, 303);
    assert_eq!(town.listed("Kanarie")?, 2);
    town.verify()
}
