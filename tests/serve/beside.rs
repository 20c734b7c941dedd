//! Connections that a worker has beside others: none waits for another, and none ends with it.

use super::*;
use std::process::Command;

/// A client that says what it likes.
struct Plain {
    stream: TcpStream,
    came: Vec<u8>,
}

impl Plain {
    fn new(server: &Server) -> Self {
        let stream = TcpStream::connect(server.running.address()).unwrap();
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).unwrap();
        let came = Vec::new();
        Self { stream, came }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    /// Status and body of the next answer; none when the connection ended.
    fn answer(&mut self) -> Option<(u16, String)> {
        loop {
            if let Some(end) = self.came.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8(self.came[..end].to_vec()).unwrap();
                let length = head.lines().find_map(|line| {
                    line.to_ascii_lowercase()
                        .strip_prefix("content-length: ")?
                        .parse()
                        .ok()
                });
                let length: usize = length.unwrap();
                let all = end + 4 + length;
                if self.came.len() >= all {
                    let body = String::from_utf8(self.came[end + 4..all].to_vec()).unwrap();
                    self.came.drain(..all);
                    let status = head.split(' ').nth(1).unwrap();
                    return Some((status.parse().unwrap(), body));
                }
            }
            let mut piece = [0; 4096];
            match self.stream.read(&mut piece) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => return None,
                Ok(length) => self.came.extend_from_slice(&piece[..length]),
            }
        }
    }

    fn ask(&mut self, query: &str) -> Option<(u16, String)> {
        self.send(&asked(query));
        self.answer()
    }

    /// Whether nothing has come yet.
    fn waits(&mut self) -> bool {
        self.stream.set_nonblocking(true).unwrap();
        let came = self.stream.peek(&mut [0]);
        self.stream.set_nonblocking(false).unwrap();
        came.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }
}

fn asked(query: &str) -> Vec<u8> {
    format!(
        "POST /sparql HTTP/1.1\r\nHost: a\r\nAccept: application/sparql-results+json\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{query}",
        query.len()
    )
    .into_bytes()
}

/// Clients that have asked once, so that workers have their connections.
fn clients(server: &Server, count: usize) -> Vec<Plain> {
    let mut clients: Vec<Plain> = (0..count).map(|_| Plain::new(server)).collect();
    for client in &mut clients {
        assert_eq!(client.ask("ASK {}").unwrap().0, 200);
    }
    clients
}

/// A query whose answer is its number, and is kept by nobody.
fn numbered(number: usize) -> String {
    format!("SELECT ({number} AS ?n) {{ FILTER(RAND() >= 0) }}")
}

fn is_answered(client: &mut Plain, number: usize) {
    let (status, body) = client.ask(&numbered(number)).unwrap();
    assert_eq!(status, 200, "{body}");
    assert!(body.contains(&format!("\"{number}\"")), "{number}: {body}");
}

#[test]
fn nobody_waits_for_a_neighbour() {
    let server = Server::start(|config| {
        config.limits.time = Duration::from_secs(120);
        config.limits.concurrent = 4;
    });
    let mut clients = clients(&server, 9);
    let mut heavy = clients.remove(0);
    heavy.send(&asked(HEAVY));
    for round in 0..3 {
        for (number, client) in clients.iter_mut().enumerate() {
            is_answered(client, number);
        }
        assert!(heavy.waits(), "in round {round} it was answered");
    }
    // a second one, and one that leaves
    let mut other = clients.remove(0);
    other.send(&asked(HEAVY));
    drop(heavy);
    for _ in 0..3 {
        for (number, client) in clients.iter_mut().enumerate() {
            is_answered(client, number);
        }
    }
    assert!(other.waits(), "the neighbour of one that left was answered");
}

#[test]
fn nobody_ends_with_a_neighbour() {
    let all = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g LIMIT 1";
    for (seconds, query, status) in [(1, HEAVY, 503), (60, all, 422)] {
        let server = Server::start(|config| {
            config.limits.memory = 512 << 20;
            config.limits.time = Duration::from_secs(seconds);
            config.limits.concurrent = 3;
            config.clients.header_time = Duration::from_secs(60);
            config.clients.body_time = Duration::from_secs(60);
        });
        let mut clients = clients(&server, 10);
        let mut heavy = clients.remove(0);
        // a part of a request is sent before, another meanwhile
        let request = asked(&numbered(7));
        for (at, client) in clients.iter_mut().enumerate().filter(|(at, _)| at % 3 > 0) {
            client.send(&request[..at * 20]);
        }
        heavy.send(&asked(query));
        for (at, client) in clients.iter_mut().enumerate().filter(|(at, _)| at % 3 == 2) {
            client.send(&request[at * 20..at * 20 + 9]);
        }
        assert_eq!(heavy.answer().unwrap().0, status);
        assert!(
            heavy.answer().is_none(),
            "it is the last answer of that connection"
        );
        for (at, client) in clients.iter_mut().enumerate() {
            let sent = [0, at * 20, at * 20 + 9][at % 3];
            client.send(&request[sent..]);
            let (status, body) = client.answer().unwrap();
            assert!(
                status == 200 && body.contains("\"7\""),
                "{at}: {status} {body}"
            );
            is_answered(client, at);
        }
    }
}

#[test]
fn requests_in_a_row_are_answered_in_a_row_however_they_are_cut() {
    let server = Server::start(|config| config.limits.concurrent = 2);
    for step in [1000, 97, 31] {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut client = Plain::new(&server);
                    let mut bytes: Vec<u8> = (0..30).flat_map(|at| asked(&numbered(at))).collect();
                    bytes.extend_from_slice(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
                    bytes.extend_from_slice(&asked(&numbered(30)));
                    for piece in bytes.chunks(step) {
                        client.send(piece);
                    }
                    for at in 0..31 {
                        let (status, body) = client.answer().unwrap();
                        assert!(
                            status == 200 && body.contains(&format!("\"{at}\"")),
                            "{body}"
                        );
                        if at == 29 {
                            let (status, body) = client.answer().unwrap();
                            assert!(status == 200 && !body.contains("bindings"), "{body}");
                        }
                    }
                });
            }
        });
    }
}

/// Processes that work for a server.
#[cfg(target_os = "linux")]
fn workers(server: &Server) -> Vec<String> {
    let folder = server.folder.path().to_str().unwrap();
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|id| {
            let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line);
            line.contains("worker") && line.contains(folder)
        })
        .collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_is_killed_is_missed_by_one_at_most() {
    let server = Server::start(|config| config.limits.concurrent = 2);
    for _ in 0..3 {
        let mut clients = clients(&server, 12);
        for client in &mut clients {
            client.send(&asked(&numbered(5))[..60]);
        }
        let workers = workers(&server);
        let killed = Command::new("kill").arg("-9").args(&workers).status();
        assert!(killed.unwrap().success(), "{workers:?}");
        let answered = clients
            .iter_mut()
            .filter_map(|client| {
                client.stream.write_all(&asked(&numbered(5))[60..]).ok()?;
                let (status, body) = client.answer()?;
                let told = status == 500 && body.contains("/problem/internal");
                let whole = status == 200 && body.contains("\"5\"");
                assert!(told || whole, "{status} {body}");
                whole.then_some(())
            })
            .count();
        assert!(answered + workers.len() >= clients.len(), "{answered}");
        assert_eq!(server.query("ASK {}", "").status(), 200);
    }
}
