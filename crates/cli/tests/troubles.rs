//! A database that is locked, full or gone, forced for real around a running server: whoever asks
//! gets a clear page in their language or a problem document, nothing is half-written, the log says
//! it once, and the server goes on as soon as the database does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use store::Store;
use testkit::database::run;
use testkit::postgres::Server as Postgres;
use vault::one_time::{OneTimeSecret, STEP};

type TestError = Box<dyn std::error::Error + Send + Sync>;

const PROGRAM: &str = env!("CARGO_BIN_EXE_werkbrug");

/// Starts a program for which a file that becomes too large is an error and not its end.
const WITHOUT_SIGNAL: [&str; 4] = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

/// An employer of the town.
const EMPLOYER: &str = "Fictielas Metaal";

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
    /// Starts a server; `before` are words that come before the program's name.
    fn start(config: &Path, before: &[&str]) -> Result<Served, TestError> {
        let words = [
            before,
            &[PROGRAM, "serve", "--listen", "127.0.0.1:0", "--config"],
        ]
        .concat();
        let mut process = Command::new(words[0])
            .args(&words[1..])
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

    /// Asks as a browser does.
    fn ask(
        &self,
        method: &str,
        path: &str,
        (cookie, language): (&str, &str),
        form: &str,
    ) -> Result<Answer, TestError> {
        let headers = [
            ("Cookie", cookie),
            ("Accept-Language", language),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.send(method, path, &headers, form)
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, TestError> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "{head}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
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
    /// Makes a town in a database, or in a file of its own, and logs its first klantmanager in;
    /// `before` are words that come before the name of the program that serves it.
    fn serve(database: Option<&str>, before: &[&str]) -> Result<Town, TestError> {
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
        make.arg(&place);
        if let Some(database) = database {
            make.args(["--database", database]);
        }
        let made = make.output()?;
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let printed: serde_json::Value = serde_json::from_slice(&made.stdout)?;
        let server = Served::start(&place.join("werkbrug.toml"), before)?;
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

    fn config(&self) -> PathBuf {
        self.place().join("werkbrug.toml")
    }

    /// A token for a program of the employer.
    fn token(&self) -> Result<String, TestError> {
        let made = Command::new(PROGRAM)
            .args(["organisation", "token", "add", "--name", "Proef"])
            .args(["--organisation", EMPLOYER])
            .args(["--scope", "vacancies:read", "--scope", "vacancies:write"])
            .arg("--config")
            .arg(self.config())
            .output()?;
        assert!(made.status.success());
        Ok(format!("Bearer {}", String::from_utf8(made.stdout)?.trim()))
    }

    /// A program adds a vacancy.
    fn add_vacancy(&self, token: &str) -> Result<Answer, TestError> {
        let content = serde_json::json!({
            "content": {
                "title": "Kanarievacature",
                "tasks": ["platen lassen"],
                "kind": "regular",
                "places": 2,
                "hours": 24,
            }
        });
        let headers = [
            ("Authorization", token),
            ("Accept-Language", "nl"),
            ("Content-Type", "application/json"),
        ];
        let path = "/api/v1/vacancies";
        self.server
            .send("POST", path, &headers, &content.to_string())
    }

    /// How many vacancies of that name the program finds, page after page.
    fn n_vacancies(&self, token: &str) -> Result<usize, TestError> {
        let (mut n, mut path) = (0, "/api/v1/vacancies".to_owned());
        loop {
            let headers = [("Authorization", token)];
            let list = self.server.send("GET", &path, &headers, "")?;
            assert_eq!(list.status, 200, "{}", list.body);
            n += list.body.matches("Kanarievacature").count();
            let list: serde_json::Value = serde_json::from_str(&list.body)?;
            let Some(next) = list["next"].as_str() else {
                return Ok(n);
            };
            path = format!("/api/v1/vacancies?before={next}");
        }
    }

    /// Events of a kind in the audit log.
    fn n_events(&self, kind: &str) -> Result<usize, TestError> {
        let mut n = 0;
        run(async {
            let store = Store::open(&self.file().parse()?).await?;
            let all = store::audit::after(&store, 0, 1_000_000).await?;
            n = all.iter().filter(|entry| entry.event.kind == kind).count();
            store.close().await?;
            Ok::<(), TestError>(())
        });
        Ok(n)
    }

    /// Address of the database in a file.
    fn file(&self) -> String {
        format!("sqlite:{}", self.place().join("werkbrug.db").display())
    }

    /// What must be in the log: one error, which says why and about whom nothing.
    fn check_log(&self, why: &str) {
        let errors = self.server.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(why), "{errors:?}");
        assert!(!errors[0].contains("Kanarie"), "{errors:?}");
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

    /// The same for a program.
    fn check_problem(&self, answer: &Answer) -> Result<(), TestError> {
        assert_eq!(answer.status, 503, "{}", answer.body);
        for header in [
            "retry-after: ",
            "content-type: application/problem+json",
            "content-language: nl",
        ] {
            assert!(answer.head.contains(header), "{header}: {}", answer.head);
        }
        let problem: serde_json::Value = serde_json::from_str(&answer.body)?;
        assert_eq!(problem["status"], 503);
        assert!(problem["title"].as_str().is_some_and(|t| !t.is_empty()));
        for inside in ["SQLITE", "sqlite", "database", "Kanarie"] {
            assert!(!answer.body.contains(inside), "{inside}");
        }
        Ok(())
    }

    /// Files of the server may become so large and no larger.
    fn limit_files(&self, bytes: &str) -> Result<(), TestError> {
        let limited = Command::new("prlimit")
            .args(["--pid", &self.server.process.id().to_string()])
            .arg(format!("--fsize={bytes}:unlimited"))
            .status()?;
        assert!(limited.success());
        Ok(())
    }

    /// The chain of the audit log is whole.
    fn verify(&self) -> Result<(), TestError> {
        let verified = Command::new(PROGRAM)
            .args(["audit", "verify", "--config"])
            .arg(self.config())
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

/// Does something until it is refused; gives how often it was done, and the refusal.
fn until_refused(
    done: u16,
    act: impl Fn() -> Result<Answer, TestError>,
) -> Result<(usize, Answer), TestError> {
    for n in 0..2000 {
        let answer = act()?;
        if answer.status != done {
            return Ok((n, answer));
        }
    }
    Err("nothing is refused".into())
}

#[test]
fn a_locked_database_is_waited_for_and_then_said() -> Result<(), TestError> {
    let town = Town::serve(None, &[])?;
    let token = town.token()?;
    run(async {
        let other = Store::connect(&town.file().parse()?).await?;
        // Holds the lock for writing (`BEGIN IMMEDIATE`), as another program would.
        let lock = other.begin().await?;
        town.check_refusal(&town.register("Kanarie", "ar")?, "ar");
        town.check_log("database is locked");
        town.check_problem(&town.add_vacancy(&token)?)?;
        town.check_log("database is locked");
        // What needs no writing is served all the same.
        let public = town.server.ask("GET", "/werk", ("", "nl"), "")?;
        assert_eq!(public.status, 200);
        drop(lock);
        other.close().await?;
        Ok::<(), TestError>(())
    });
    assert_eq!(town.n_vacancies(&token)?, 0);
    assert_eq!(town.register("Kanarie", "nl")?.status, 303);
    assert_eq!(town.listed("Kanarie")?, 1);
    assert_eq!(town.add_vacancy(&token)?.status, 201);
    assert_eq!(town.n_vacancies(&token)?, 1);
    town.verify()
}

#[test]
fn a_full_disk_is_said_and_nothing_is_half_written() -> Result<(), TestError> {
    let town = Town::serve(None, &WITHOUT_SIGNAL)?;
    let token = town.token()?;
    let counts = || -> Result<[usize; 3], TestError> {
        Ok([
            town.n_events("person_registered")?,
            town.n_events("case_opened")?,
            town.n_events("vacancy_added")?,
        ])
    };
    let before = counts()?;
    // A limit on the size of files, because a test has no disk of its own to fill: the system
    // refuses to write on, in the middle of a transaction. It is less than the log of changes
    // (WAL) holds before it is emptied, so that few more fit, whatever the database holds.
    town.limit_files("200000")?;
    let (n_people, refused) = until_refused(303, || town.register("Kanarie", "ti"))?;
    town.check_refusal(&refused, "ti");
    town.check_log("disk");
    town.check_refusal(&town.register("Kanarie", "fa")?, "fa");
    town.check_log("disk");
    let (n_vacancies, refused) = until_refused(201, || town.add_vacancy(&token))?;
    town.check_problem(&refused)?;
    town.check_log("disk");
    // Room again: the same process goes on.
    town.limit_files("unlimited")?;
    assert_eq!(town.register("Kanarie", "nl")?.status, 303);
    assert_eq!(town.add_vacancy(&token)?.status, 201);
    assert_eq!(town.listed("Kanarie")?, n_people + 1);
    assert_eq!(town.n_vacancies(&token)?, n_vacancies + 1);
    let done = [n_people + 1, n_people + 1, n_vacancies + 1];
    let after = counts()?;
    for (n, kind) in done.iter().zip(before.iter().zip(after)) {
        assert_eq!(
            kind.1 - kind.0,
            *n,
            "nobody is without a case, nothing without its event"
        );
    }
    town.verify()
}

#[test]
fn a_server_that_was_gone_is_found_again() -> Result<(), TestError> {
    let Some(_) = testkit::postgres::address() else {
        return Ok(());
    };
    // One of its own, because the others need theirs.
    let mut postgres = Postgres::start()?;
    let address = format!("{}/postgres", postgres.address);
    let town = Town::serve(Some(&address), &[])?;
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
