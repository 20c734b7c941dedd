//! What a query and a client may take, and that it holds.

use super::*;

/// Tests that put load on the machine run one after the other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_heavy_query_ends_in_time_and_hinders_nobody() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.limits.time = Duration::from_millis(1500);
        config.limits.concurrent = 2;
    });
    thread::scope(|scope| {
        let heavy = scope.spawn(|| {
            let start = Instant::now();
            let response = server.query(HEAVY, "");
            (start.elapsed(), response)
        });
        thread::sleep(Duration::from_millis(200));
        for _ in 0..5 {
            let start = Instant::now();
            assert_eq!(server.get("/health", "").status(), 200);
            assert!(
                start.elapsed() < Duration::from_millis(700),
                "{:?}",
                start.elapsed()
            );
        }
        assert_eq!(server.query("ASK {}", "").status(), 200);
        let (took, response) = heavy.join().unwrap();
        assert!(took < Duration::from_secs(6), "{took:?}");
        assert!(!header(&response, "retry-after").is_empty());
        let value = problem(response, 503, "timeout");
        assert_eq!(value["limit"], 1.5);
    });
}

#[test]
fn a_query_that_can_not_be_stopped_does_not_hinder_the_next() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.limits.time = Duration::from_secs(1);
        config.limits.concurrent = 1;
    });
    let start = Instant::now();
    problem(server.query(DEAF, ""), 503, "timeout");
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(server.query("ASK {}", "").status(), 200);
}

#[test]
fn too_many_at_once_are_told_to_come_again() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.limits.time = Duration::from_secs(5);
        config.limits.concurrent = 1;
    });
    thread::scope(|scope| {
        scope.spawn(|| server.query(HEAVY, "").status());
        thread::sleep(Duration::from_millis(500));
        let response = server.query("ASK {}", "");
        assert_eq!(header(&response, "retry-after"), "1");
        problem(response, 503, "busy");
    });
}

#[test]
fn a_query_stops_when_its_client_leaves() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.limits.time = Duration::from_secs(120);
        config.limits.concurrent = 1;
    });
    let hasty = Client::builder()
        .no_proxy()
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let request = hasty.get(server.url("/sparql")).query(&[("query", HEAVY)]);
    assert!(request.send().is_err());
    drop(hasty);
    let start = Instant::now();
    while server.query("ASK {}", "").status() != 200 {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "the query goes on"
        );
    }
}

#[test]
fn an_answer_over_the_limit_is_an_error_and_not_half_an_answer() {
    let server = Server::start(|config| config.limits.rows = Some(50));
    problem(
        server.query("SELECT * { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
    assert_eq!(
        server.query("SELECT * { ?s ?p ?o } LIMIT 50", "").status(),
        200
    );
    let server = Server::start(|config| config.limits.answer_bytes = 3000);
    problem(
        server.query("SELECT * { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
    problem(
        server.query("CONSTRUCT WHERE { ?s ?p ?o }", ""),
        422,
        "answer-too-large",
    );
}

#[test]
fn memory_is_bounded_and_the_next_query_is_answered() {
    let _alone = alone();
    let server = Server::start(|config| {
        config.limits.memory = 512 << 20;
        config.limits.time = Duration::from_secs(60);
        config.limits.concurrent = 1;
    });
    let all = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g LIMIT 1";
    let value = problem(server.query(all, ""), 422, "memory");
    assert_eq!(value["limit"], 512 << 20);
    assert_eq!(server.query("ASK {}", "").status(), 200);
}

#[test]
fn what_broke_a_server_of_the_engine_breaks_nothing_here() {
    let server = Server::start(|_| {});
    let nested = |open: &str, close: &str, n: usize| {
        format!("SELECT * {{ {}{} }}", open.repeat(n), close.repeat(n))
    };
    for n in [90, 2000] {
        for query in [
            nested("{", "}", n),
            nested("OPTIONAL { ?a ?b ?c ", "}", n),
            nested("{ SELECT * {", "}}", n),
            nested("[ <http://p> ", "]", n),
            format!("ASK {{ FILTER({}true) }}", "!".repeat(n * 10)),
            format!("ASK {{ FILTER(1=1{}) }}", " && 1=1".repeat(n * 10)),
            format!(
                "ASK {{ <http://a> <http://p>*{} ?x }}",
                "/<http://p>*".repeat(n)
            ),
        ] {
            let status = server.post("application/sparql-query", &query).status();
            assert!(status != 500, "{status}: {}", query.get(..60).unwrap());
        }
    }
    assert_eq!(server.query("ASK {}", "").status(), 200);
}

#[test]
fn one_address_may_not_ask_without_end() {
    let server = Server::start(|config| {
        config.clients.requests_per_minute = 5;
        config.clients.limit_loopback = true;
    });
    for _ in 0..5 {
        assert_eq!(server.get("/health", "").status(), 200);
    }
    let refused = server.get("/health", "");
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    problem(refused, 429, "too-many-requests");
}

#[test]
fn slow_and_half_open_clients_are_left() {
    let server = Server::start(|config| {
        config.clients.header_time = Duration::from_millis(500);
        config.clients.body_time = Duration::from_millis(500);
    });
    assert_eq!(
        raw(&server, b"GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: "),
        ""
    );
    assert_eq!(
        raw(&server, b""),
        "",
        "a connection that says nothing is closed"
    );
    let idle = raw(&server, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(
        idle.starts_with("HTTP/1.1 200"),
        "and one that says nothing more: {idle}"
    );
    let slow = raw(
        &server,
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
    );
    assert!(slow.starts_with("HTTP/1.1 408"), "{slow}");
    assert!(slow.contains("problem/slow-body"), "{slow}");
}

#[test]
fn a_client_that_takes_nothing_of_an_answer_is_left() {
    let server = Server::start(|config| {
        config.clients.stalled = Duration::from_millis(500);
        config.limits.rows = None;
    });
    let query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000";
    let request = format!(
        "POST /sparql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{query}",
        query.len()
    );
    let whole = raw(&server, request.as_bytes());
    assert!(
        whole.starts_with("HTTP/1.1 200") && whole.len() > 10_000_000,
        "{}",
        whole.len()
    );
    let mut stream = TcpStream::connect(server.running.address()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream.peek(&mut [0]).unwrap();
    thread::sleep(Duration::from_secs(3));
    let mut taken = Vec::new();
    let _ = stream.read_to_end(&mut taken);
    assert!(taken.len() < whole.len(), "it was not cut: {}", taken.len());
}

#[test]
fn oversized_heads_are_refused() {
    let server = Server::start(|_| {});
    let many = format!(
        "GET /health HTTP/1.1\r\nHost: a\r\n{}\r\n",
        "X-A: b\r\n".repeat(500)
    );
    let long = format!(
        "GET /health HTTP/1.1\r\nHost: a\r\nX-A: {}\r\n\r\n",
        "b".repeat(300_000)
    );
    let path = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "b".repeat(300_000));
    for request in [many, long, path, "\0\u{1}\u{2}\r\n\r\n".to_owned()] {
        let answer = raw(&server, request.as_bytes());
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{answer}"
        );
    }
    for path in [
        "/id/../../etc/passwd",
        "/data/%2e%2e/%2e%2e/x.ttl",
        "/data/%ff",
        "/id/%00",
        "/data/",
        "//",
        "/id/a%0d%0ab:c",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = raw(&server, request.as_bytes());
        assert!(
            answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 303"),
            "{path}: {answer}"
        );
    }
    assert_eq!(server.get("/health", "").status(), 200);
}

#[test]
fn connections_are_bounded() {
    let server = Server::start(|config| config.clients.per_address = 3);
    let open: Vec<TcpStream> = (0..3)
        .map(|_| TcpStream::connect(server.running.address()).unwrap())
        .collect();
    // the server takes connections in their order
    let refused = raw(&server, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(
        refused.is_empty() || refused.starts_with("HTTP/1.1 503"),
        "{refused}"
    );
    drop(open);
    let start = Instant::now();
    while !raw(
        &server,
        b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )
    .starts_with("HTTP/1.1 200")
    {
        assert!(start.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_runs_is_answered_before_the_server_stops() {
    let _alone = alone();
    let server = Server::start(|config| config.limits.time = Duration::from_secs(2));
    let url = server.url("/sparql");
    let asked = thread::spawn(move || {
        let request = client().get(url).query(&[("query", HEAVY)]);
        request.send().unwrap().status().as_u16()
    });
    thread::sleep(Duration::from_millis(700));
    server.running.stop().unwrap();
    assert_eq!(
        asked.join().unwrap(),
        503,
        "its time limit ended it, not the stop"
    );
}
