//! What ill-meaning clients send, short enough to be sent in a test: the server refuses it, and answers the next.

use super::*;

/// What is sent → how the answer begins. The connection is closed by the request or by the refusal.
fn refused(server: &Server, bytes: &[u8], status: u16) {
    let answer = raw(server, bytes);
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{}\n{}",
        String::from_utf8_lossy(bytes.get(..bytes.len().min(200)).unwrap()),
        answer.get(..answer.len().min(400)).unwrap_or_default()
    );
    assert_eq!(server.get("/health", "").status(), 200);
}

fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")
        .into_bytes()
}

#[test]
fn a_body_that_is_cut_wrong_is_refused() {
    let server = Server::start(|_| {});
    for headers in [
        "Content-Length: -1\r\n",
        "Content-Length: 6\r\nContent-Length: 7\r\n",
        "Content-Length: 99999999999999999999999999\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
    ] {
        refused(&server, &post(headers, b"ASK {}"), 400);
    }
    let chunked = "Transfer-Encoding: chunked\r\n";
    for body in [
        &b"zz\r\nASK {}\r\n0\r\n\r\n"[..],
        b"ffffffffffffffffff\r\nASK {}\r\n0\r\n\r\n",
        b"-6\r\nASK {}\r\n0\r\n\r\n",
    ] {
        refused(&server, &post(chunked, body), 400);
    }
    let lines = "a: b\r\n".repeat(50_000);
    let trailers = format!("6\r\nASK {{}}\r\n0\r\n{lines}\r\n");
    refused(&server, &post(chunked, trailers.as_bytes()), 400);
    let extension = format!("6;{}\r\nASK {{}}\r\n0\r\n\r\n", "a".repeat(100_000));
    refused(&server, &post(chunked, extension.as_bytes()), 400);
    refused(
        &server,
        &post(
            "Content-Encoding: gzip\r\nContent-Length: 3\r\n",
            b"\x1f\x8b\x08",
        ),
        415,
    );
}

#[test]
fn one_request_names_one_host() {
    let server = Server::start(|_| {});
    let close = "Connection: close\r\n\r\n";
    refused(
        &server,
        format!("GET /health HTTP/1.1\r\n{close}").as_bytes(),
        400,
    );
    let two = format!("GET /health HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\n{close}");
    refused(&server, two.as_bytes(), 400);
    let old = raw(&server, b"GET /health HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.0 200 "), "{old}");
}

#[test]
fn long_heads_are_refused() {
    let server = Server::start(|_| {});
    let many: String = (0..1000).map(|n| format!("X-{n}: a\r\n")).collect();
    refused(&server, &get("/health", &many), 431);
    refused(
        &server,
        &get("/health", &format!("X: {}\r\n", "a".repeat(1_000_000))),
        431,
    );
    refused(
        &server,
        &get(&format!("/id/{}", "a".repeat(100_000)), ""),
        414,
    );
}

#[test]
fn wishes_without_number_are_read_or_refused() {
    let server = Server::start(|_| {});
    let list = |one: &str| -> String { (0..5000).map(|n| format!("{one}{n};q=0.5, ")).collect() };
    let query = "/sparql?query=ASK%7B%7D";
    let accept = format!("Accept: {}\r\n", list("text/x"));
    refused(&server, &get(query, &accept), 406);
    let odd = "Accept: text/csv;q=NaN, */*;q=1e99, ;;;,,,/;q=, text/turtle;q=-1\r\n";
    refused(&server, &get(query, odd), 200);
    for name in ["Accept-Encoding", "Accept-Language", "If-None-Match"] {
        let header = format!("{name}: {}\r\n", list("x"));
        refused(&server, &get(query, &header), 200);
    }
    let ranges = format!("Range: bytes={}\r\n", "0-,".repeat(10_000));
    refused(&server, &get("/openapi.json", &ranges), 200);
    let parameters = format!("{query}&{}", "a=b&".repeat(10_000));
    refused(&server, &get(&parameters, ""), 200);
}

#[test]
fn no_path_leads_out() {
    let server = Server::start(|_| {});
    for path in [
        "/../../etc/passwd",
        "/assets/../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2fetc/passwd",
        "/data/%2e%2e/%2e%2e/etc/passwd.ttl",
        "/document/%2e%2e%2f%2e%2e%2fCargo.toml",
        "/assets/%00",
        "/id/%00",
        "/data/%00.ttl",
        "//etc/passwd",
        "/id/%",
        "/id/%zz",
        "/id/%c0%af",
        "/id/%ff%fe",
        "/id/a%0d%0aX-Put-In:x",
        "/list/%2e%2e",
        "/relations/%00/%00",
        "/question/..%2f..%2f",
    ] {
        let answer = raw(&server, &get(path, "Accept: text/html\r\n"));
        let status: u16 = answer.get(9..12).unwrap().parse().unwrap();
        assert!(status < 500, "{path}: {answer}");
        assert!(
            !answer.contains("root:") && !answer.contains("\r\nX-Put-In"),
            "{path}"
        );
    }
    assert_eq!(server.get("/health", "").status(), 200);
}

#[test]
fn requests_in_a_row_are_answered_in_a_row() {
    let server = Server::start(|_| {});
    let one = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let all = one.repeat(200) + &String::from_utf8(get("/health", "")).unwrap();
    let answers = raw(&server, all.as_bytes());
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 201);
}

#[test]
fn json_is_read_within_limits() {
    let server = Server::start(|_| {});
    let message = |body: String| {
        server
            .client
            .post(server.url("/mcp"))
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .body(body)
            .send()
            .unwrap()
    };
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    for body in [
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"ping","params":{{"a":{deep}}}}}"#),
        format!("[{}]", [ping; 1000].join(",")),
        r#"{"jsonrpc":"2.0","id":1e999,"method":"ping"}"#.to_owned(),
        "\"text\"".to_owned(),
    ] {
        problem(message(body), 400, "bad-request");
    }
    problem(
        message(format!("{ping}{}", " ".repeat(2 << 20))),
        413,
        "too-large",
    );
    let long = "a ".repeat(100_000);
    let call = format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"find","arguments":{{"name":"{long}"}}}}}}"#
    );
    let start = Instant::now();
    assert_eq!(message(call).status(), 200);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );

    let reconcile = |queries: String| {
        let form = [("queries", queries)];
        let request = server.client.post(server.url("/reconcile")).form(&form);
        request.send().unwrap()
    };
    problem(reconcile("[".repeat(100_000)), 400, "syntax");
    let many: Vec<String> = (0..5000)
        .map(|n| format!(r#""q{n}":{{"query":"a"}}"#))
        .collect();
    problem(
        reconcile(format!("{{{}}}", many.join(","))),
        413,
        "too-large",
    );
    let name = "a".repeat(100_000);
    problem(
        reconcile(format!(r#"{{"q":{{"query":"{name}"}}}}"#)),
        413,
        "too-large",
    );
    let limit = r#"{"q":{"query":"a","limit":1e300}}"#.to_owned();
    assert_eq!(reconcile(limit).status(), 200);
}
