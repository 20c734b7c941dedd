//! Connections that ask one thing after the other: workers answer queries on them by themselves, and give them back for everything else.

use super::*;
use std::io::BufRead;

/// A client's connection.
struct Kept(std::io::BufReader<TcpStream>);

impl Kept {
    fn to(server: &Server) -> Self {
        let stream = TcpStream::connect(server.running.address()).unwrap();
        let time = Some(Duration::from_secs(30));
        stream.set_read_timeout(time).unwrap();
        Self(std::io::BufReader::new(stream))
    }

    fn send(&self, bytes: &str) {
        self.0.get_ref().write_all(bytes.as_bytes()).unwrap();
    }

    /// Status, head and body of the next answer.
    fn next(&mut self) -> (u16, String, String) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).unwrap() > 0, "{head}");
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head, String::from_utf8(body).unwrap())
    }

    fn ask(&mut self, query: &str) -> (u16, String, String) {
        self.send(&post(query));
        self.next()
    }
}

fn post(query: &str) -> String {
    format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{query}",
        query.len()
    )
}

/// Another query each time, of one row.
fn number(of: usize) -> String {
    format!("SELECT ?n {{ <{BASE}thing/{of}> <{DIP}number> ?n }}")
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

#[test]
fn queries_and_all_else_are_answered_in_order() {
    let server = Server::start(|_| {});
    let mut kept = Kept::to(&server);
    for of in 0..20 {
        let (status, head, body) = kept.ask(&number(of));
        assert_eq!((status, body), (200, format!("n\r\n{of}\r\n")), "{head}");
        assert!(head.contains("vary: Accept, Accept-Encoding\r\n"), "{head}");
        assert!(head.contains("x-request-id: "), "{head}");
    }
    // a request in three pieces, and one at a time that nobody waits for
    let request = post(&number(7));
    let (first, rest) = request.split_at(40);
    let (second, third) = rest.split_at(rest.len() - 3);
    kept.send(first);
    thread::sleep(Duration::from_millis(120));
    kept.send(second);
    thread::sleep(Duration::from_millis(20));
    kept.send(third);
    assert_eq!(kept.next().2, "n\r\n7\r\n");
    let mut kept = Kept::to(&server);
    let all: String = (0..9).map(|of| post(&number(of))).collect();
    kept.send(&format!("{all}{}{}", get("/health"), post(&number(9))));
    for of in 0..9 {
        assert_eq!(kept.next().2, format!("n\r\n{of}\r\n"));
    }
    assert_eq!(kept.next().2, "{\"status\":\"ok\"}\n");
    assert_eq!(kept.next().2, "n\r\n9\r\n");
    let (status, head, body) = Kept::to(&server).ask("SELECT nothing");
    assert_eq!(status, 400);
    assert!(head.contains("application/problem+json"), "{head}");
    assert!(body.contains("\"line\":1"), "{body}");
    // the worker that answered tells of it soon after
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let metrics = server.get("/metrics", "").text().unwrap();
        if metrics.contains("chancery_http_requests_total{class=\"4xx\"} 1") {
            break;
        }
        assert!(Instant::now() < end, "{metrics}");
    }
}

#[test]
fn more_connections_than_workers_all_get_their_turn() {
    let server = Server::start(|config| config.limits.concurrent = 1);
    let mut all: Vec<Kept> = (0..5).map(|_| Kept::to(&server)).collect();
    for round in 0..5 {
        for (at, kept) in all.iter_mut().enumerate() {
            let of = round * 5 + at;
            let (status, head, body) = kept.ask(&number(of));
            assert_eq!((status, body), (200, format!("n\r\n{of}\r\n")), "{head}");
        }
    }
}

#[test]
fn a_query_over_its_time_is_told_on_its_connection_which_ends() {
    let server = Server::start(|config| config.limits.time = Duration::from_secs(1));
    let mut kept = Kept::to(&server);
    assert_eq!(kept.ask(&number(1)).0, 200);
    let start = Instant::now();
    let (status, head, body) = kept.ask(HEAVY);
    assert_eq!(status, 503, "{head}");
    assert!(body.contains("/problem/timeout"), "{body}");
    assert!(head.contains("connection: close\r\n"), "{head}");
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(kept.0.read(&mut [0]).unwrap(), 0);
    assert_eq!(Kept::to(&server).ask(&number(2)).0, 200);
}

#[test]
fn who_takes_nothing_of_an_answer_keeps_no_worker() {
    let server = Server::start(|config| {
        config.limits.concurrent = 1;
        config.limits.rows = None;
    });
    let large = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000";
    let mut slow = Kept::to(&server);
    slow.send(&post(large));
    slow.send(&post(&number(3)));
    // busy as long as it is evaluated, and no longer
    let end = Instant::now() + Duration::from_secs(20);
    while Kept::to(&server).ask(&number(1)).0 != 200 {
        assert!(Instant::now() < end, "the worker is kept");
    }
    let (status, _, body) = slow.next();
    assert_eq!((status, body.lines().count()), (200, 40_001));
    assert_eq!(slow.next().2, "n\r\n3\r\n");
}

#[test]
fn another_generation_is_seen_on_a_connection_that_was_there_before() {
    let server = Server::start(|config| config.write = Some(Secret::new("open sesame")));
    let mut kept = Kept::to(&server);
    for of in 0..10 {
        assert_eq!(kept.ask(&number(of)).0, 200);
        let update = format!("INSERT DATA {{ <{BASE}thing/new{of}> <{DIP}number> {of} }}");
        let request = server.client.post(server.url("/update"));
        let done = request
            .header("content-type", "application/sparql-update")
            .bearer_auth("open sesame")
            .body(update)
            .send()
            .unwrap();
        assert_eq!(done.status(), 204);
        let query = format!("SELECT ?n {{ <{BASE}thing/new{of}> <{DIP}number> ?n }}");
        assert_eq!(kept.ask(&query).2, format!("n\r\n{of}\r\n"));
    }
}

#[test]
fn the_limit_of_requests_holds_on_new_connections_and_on_one() {
    let limited = || {
        Server::start(|config| {
            config.clients.requests_per_minute = 5;
            config.clients.limit_loopback = true;
        })
    };
    let server = limited();
    for of in 0..5 {
        assert_eq!(Kept::to(&server).ask(&number(of)).0, 200);
    }
    assert_eq!(Kept::to(&server).ask(&number(5)).0, 429);
    let server = limited();
    let mut kept = Kept::to(&server);
    let refused = (0..50).find(|of| kept.ask(&number(*of)).0 == 429);
    // some are answered before the server learns of them
    assert!(refused.is_some_and(|of| of >= 5), "{refused:?}");
}
