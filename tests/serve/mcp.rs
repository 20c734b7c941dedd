//! The Model Context Protocol over HTTP and on standard input and output, over a store that a build made.

use super::*;
use crate::support::chancery;
use serde_json::json;
use std::io::BufRead;
use std::process::{Command, Stdio};

const ARTICLE: &str = "= Chile–Peru relations =\n\nChile and Peru established diplomatic relations in 1823. In 1964, Chilean President Anselmo Brant paid an official visit to Peru.\n";
const CHILE: &str = "https://w3id.org/chancery/id/state/chile";

/// A server over the article, and the folder of its store.
fn over_article() -> Server {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    let built = chancery(folder.path(), &["build", "a.txt", "--store", "store"]);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    Server {
        running: spawn(config(&folder.path().join("store"))).unwrap(),
        client: client(),
        folder,
    }
}

impl Server {
    fn mcp(&self, message: &Value) -> Response {
        self.client
            .post(self.url("/mcp"))
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .header("mcp-protocol-version", "2025-11-25")
            .body(message.to_string())
            .send()
            .unwrap()
    }

    fn call(&self, method: &str, params: Value) -> Value {
        let response =
            self.mcp(&json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params }));
        assert_eq!(response.status(), 200, "{method}");
        assert_eq!(header(&response, "content-type"), "application/json");
        let value: Value = response.json().unwrap();
        assert_eq!(value["id"], 7);
        value
    }

    fn tool(&self, name: &str, arguments: Value) -> Value {
        let value = self.call(
            "tools/call",
            json!({ "name": name, "arguments": arguments }),
        );
        let result = &value["result"];
        assert_eq!(result["isError"], false, "{value}");
        // the same as text, for clients that read no structure
        let text: Value =
            serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    fn refused(&self, name: &str, arguments: Value) -> String {
        let value = self.call(
            "tools/call",
            json!({ "name": name, "arguments": arguments }),
        );
        assert_eq!(value["result"]["isError"], true, "{value}");
        value["result"]["content"][0]["text"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// The messages of a stream.
fn told(response: Response) -> Vec<Value> {
    assert_eq!(header(&response, "content-type"), "text/event-stream");
    let text = response.text().unwrap();
    text.lines()
        .filter_map(|line| serde_json::from_str(line.strip_prefix("data:")?).ok())
        .collect()
}

fn initialize() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } } })
}

#[test]
fn a_model_finds_reads_and_cites() {
    let server = over_article();
    let hello = told(server.mcp(&initialize())).remove(0);
    assert_eq!(hello["result"]["serverInfo"]["name"], "chancery");
    assert_eq!(hello["result"]["protocolVersion"], "2025-11-25");
    assert!(
        hello["result"]["instructions"]
            .as_str()
            .unwrap()
            .contains("cite")
    );
    let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(server.mcp(&initialized).status(), 202);
    assert_eq!(server.call("ping", json!({}))["result"], json!({}));
    let tools = server.call("tools/list", json!({}));
    let tools = tools["result"]["tools"].as_array().unwrap().clone();
    assert_eq!(tools.len(), 5);
    assert!(
        tools
            .iter()
            .all(|tool| tool["inputSchema"]["type"] == "object")
    );

    let found = server.tool(
        "find",
        json!({ "name": "chile", "type": "State", "language": "es" }),
    );
    assert_eq!(found["entities"][0]["iri"], CHILE, "{found}");
    assert_eq!(found["entities"][0]["key"], "CHL");
    let person = server.tool("find", json!({ "name": "brant anselmo" }));
    assert_eq!(person["entities"][0]["types"][0], "Person", "{person}");
    let none = server.tool("find", json!({ "name": "nobody of this name" }));
    assert_eq!(none["entities"], json!([]));

    let all = server.tool("timeline", json!({ "a": "CHL", "b": "Peru" }));
    assert_eq!(all["total"], 2, "{all}");
    assert_eq!(all["events"][0]["kind"], "RelationEvent");
    assert_eq!(all["events"][0]["date"], "1823");
    let visit = &all["events"][1];
    assert_eq!(
        visit["said"][0]["quote"],
        "In 1964, Chilean President Anselmo Brant paid an official visit to Peru."
    );
    assert_eq!(
        all["sources"][0]["iri"],
        "https://w3id.org/chancery/id/document/a.txt"
    );
    let later = server.tool(
        "timeline",
        json!({ "a": CHILE, "b": "state/peru", "from": "1900", "kind": "Visit" }),
    );
    assert_eq!(later["events"], json!([visit]));
    let page = server.tool("timeline", json!({ "a": "CHL", "b": "PER", "limit": 1 }));
    assert_eq!(
        (
            page["next"].clone(),
            page["events"].as_array().unwrap().len()
        ),
        (json!(1), 1)
    );

    let words = server.tool("sentences", json!({ "iri": visit["id"] }));
    let sentence = &words["sentences"][0];
    assert_eq!(sentence["quote"], visit["said"][0]["quote"]);
    assert_eq!(
        (&sentence["modality"], &sentence["polarity"]),
        (&json!("asserted"), &json!("affirmed"))
    );
    assert_eq!(sentence["document"]["title"], "Chile–Peru relations");
    // the claim and the person lead to the same words
    for iri in [
        sentence["claim"].clone(),
        person["entities"][0]["iri"].clone(),
    ] {
        let words = server.tool("sentences", json!({ "iri": iri }));
        assert_eq!(words["sentences"][0]["quote"], sentence["quote"], "{words}");
    }

    let rows = server.tool(
        "sparql",
        json!({ "query": "SELECT ?v (COUNT(*) AS ?n) { ?v a dip:Visit } GROUP BY ?v", "limit": 5 }),
    );
    assert_eq!(
        rows["rows"],
        json!([{ "v": { "iri": visit["id"] }, "n": 1 }])
    );
    assert_eq!(
        server.tool("sparql", json!({ "query": "ASK { ?v a dip:Visit }" }))["boolean"],
        true
    );
    let graph = server.tool(
        "sparql",
        json!({ "query": "CONSTRUCT WHERE { ?v a dip:Visit }" }),
    );
    assert!(
        graph["turtle"].as_str().unwrap().contains("a dip:Visit"),
        "{graph}"
    );
    let questions = server.tool("question", json!({}));
    assert!(questions["questions"].as_array().unwrap().len() > 20);
    let answer = server.tool(
        "question",
        json!({ "name": "visits-between-two-states", "parameters": { "a": "CHL", "b": "PER" } }),
    );
    assert_eq!(answer["total"], 1, "{answer}");

    let listed = server.call("resources/list", json!({}));
    assert_eq!(listed["result"]["resources"].as_array().unwrap().len(), 2);
    for (uri, part) in [
        (
            "https://w3id.org/chancery/ontology",
            "dip:Visit a owl:Class",
        ),
        ("https://w3id.org/chancery/id/dataset", "void:triples"),
        (CHILE, "a dip:Body , dip:State"),
    ] {
        let read = server.call("resources/read", json!({ "uri": uri }));
        let text = read["result"]["contents"][0]["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(
            text.contains(part) || uri == CHILE && text.contains("State"),
            "{uri}: {read}"
        );
    }
    let unknown = server.call(
        "resources/read",
        json!({ "uri": "https://w3id.org/chancery/id/state/nowhere" }),
    );
    assert!(unknown["error"]["code"].is_i64(), "{unknown}");
    let template = server.call("resources/templates/list", json!({}));
    assert_eq!(
        template["result"]["resourceTemplates"][0]["uriTemplate"],
        "https://w3id.org/chancery/id/{+path}"
    );
    let prompt = server.call(
        "prompts/get",
        json!({ "name": "briefing", "arguments": { "a": "Chile", "b": "Peru" } }),
    );
    assert!(
        prompt["result"]["messages"][0]["content"]["text"]
            .as_str()
            .unwrap()
            .contains("between Chile and Peru")
    );
}

#[test]
fn what_a_model_asks_wrongly_is_told_in_words() {
    let server = over_article();
    for (name, arguments, words) in [
        ("find", json!({}), "name"),
        ("find", json!({ "name": "x", "type": "} #" }), "no class"),
        ("timeline", json!({ "a": "CHL", "b": "Atlantis" }), "`find`"),
        (
            "timeline",
            json!({ "a": "CHL", "b": "PER", "from": "in spring" }),
            "YYYY",
        ),
        ("sentences", json!({ "iri": "visit/none" }), "no sentence"),
        ("sentences", json!({ "iri": "> } DROP ALL" }), "no IRI"),
        ("sparql", json!({ "query": "SELECT * { ?s ?p }" }), "line 1"),
        (
            "sparql",
            json!({ "query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }" }),
            "SERVICE",
        ),
        (
            "sparql",
            json!({ "query": format!("ASK {{ {}", "(".repeat(500)) }),
            "nest",
        ),
        (
            "question",
            json!({ "name": "no-such-question" }),
            "no-such-question",
        ),
        (
            "question",
            json!({ "name": "visits-between-two-states", "parameters": { "nothing": "x" } }),
            "nothing",
        ),
    ] {
        let told = server.refused(name, arguments.clone());
        assert!(told.contains(words), "{name} {arguments}: {told}");
    }
    let unknown = server.call("tools/call", json!({ "name": "drop_all", "arguments": {} }));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let method = server.call("no/such/method", json!({}));
    assert_eq!(method["error"]["code"], -32601, "{method}");
    let heavy = Server::start(|config| config.limits.time = Duration::from_secs(1));
    let told = heavy.refused("sparql", json!({ "query": HEAVY }));
    assert!(told.contains("was stopped after 1 s"), "{told}");
}

#[test]
fn only_programs_and_own_pages_speak_at_mcp() {
    let server = Server::start(|config| config.hosts.push("data.example".to_owned()));
    let status = |headers: &[(&str, &str)], body: String| {
        let mut request = server
            .client
            .post(server.url("/mcp"))
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body).send().unwrap().status().as_u16()
    };
    let hello = initialize().to_string();
    assert_eq!(status(&[], hello.clone()), 200);
    assert_eq!(status(&[("host", "data.example")], hello.clone()), 200);
    assert_eq!(status(&[("host", "evil.example")], hello.clone()), 403);
    assert_eq!(
        status(&[("origin", "http://evil.example")], hello.clone()),
        403
    );
    assert_eq!(
        status(
            &[("host", "data.example"), ("origin", "https://data.example")],
            hello.clone()
        ),
        200
    );
    assert_eq!(status(&[], "{".to_owned()), 400);
    assert_eq!(status(&[], format!("\"{}\"", "x".repeat(2 << 20))), 413);
    // without a session there is none to listen to or to end
    problem(server.get("/mcp", "text/event-stream"), 405, "method");
    problem(
        server.client.delete(server.url("/mcp")).send().unwrap(),
        405,
        "method",
    );
    // a name that nobody told the server of is refused here, though all may read elsewhere
    let open = Server::start(|_| {});
    let asked = open
        .client
        .post(open.url("/mcp"))
        .header("host", "other.example")
        .body(hello)
        .send()
        .unwrap();
    problem(asked, 403, "forbidden");
}

#[test]
fn it_speaks_on_standard_input_and_output() {
    let server = over_article();
    let store = server.folder.path().join("store");
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["mcp", "--store", store.to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut say = |message: &Value| writeln!(input, "{message}").unwrap();
    let mut hear = || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap()
    };
    say(&initialize());
    assert_eq!(hear()["result"]["serverInfo"]["name"], "chancery");
    say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
    say(
        &json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": { "name": "find", "arguments": { "name": "Chile", "type": "State" } } }),
    );
    let found = hear();
    assert_eq!(
        found["result"]["structuredContent"]["entities"][0]["iri"], CHILE,
        "{found}"
    );
    drop(input);
    assert!(child.wait().unwrap().success());
    let nowhere = chancery(server.folder.path(), &["mcp", "--store", "nowhere"]);
    assert_eq!(nowhere.status.code(), Some(3));
}

#[test]
fn arguments_are_completed() {
    let server = over_article();
    let complete = |reference: Value, name: &str, value: &str| {
        let argument = json!({ "name": name, "value": value });
        let params = json!({ "ref": reference, "argument": argument });
        server.call("completion/complete", params)
    };
    let prompt = json!({ "type": "ref/prompt", "name": "briefing" });
    let found = complete(prompt.clone(), "a", "per");
    assert_eq!(found["result"]["completion"]["values"], json!(["Peru"]));
    assert_eq!(found["result"]["completion"]["hasMore"], false);
    let template = "https://w3id.org/chancery/id/{+path}";
    let entity = json!({ "type": "ref/resource", "uri": template });
    let found = complete(entity.clone(), "path", "chile");
    let values = found["result"]["completion"]["values"].clone();
    assert_eq!(values[0], "state/chile", "{found}");
    let check = json!({ "type": "ref/prompt", "name": "check" });
    let free = complete(check, "statement", "chile");
    assert_eq!(free["result"]["completion"]["values"], json!([]));
    let other = json!({ "type": "ref/prompt", "name": "other" });
    for (reference, name) in [(prompt, "c"), (entity, "c"), (other, "a")] {
        assert_eq!(complete(reference, name, "")["error"]["code"], -32602);
    }
}

/// A client in a session.
struct Session<'s> {
    server: &'s Server,
    id: String,
}

impl<'s> Session<'s> {
    fn begin(server: &'s Server) -> Self {
        let hello = server.mcp(&initialize());
        assert_eq!(hello.status(), 200);
        let id = header(&hello, "mcp-session-id").to_owned();
        assert!(!id.is_empty());
        let capabilities = told(hello).remove(0)["result"]["capabilities"].clone();
        assert_eq!(capabilities["logging"], json!({}), "{capabilities}");
        assert_eq!(capabilities["resources"]["subscribe"], true);
        let session = Self { server, id };
        let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
        assert_eq!(session.send(&initialized).status(), 202);
        session
    }

    fn with(&self, request: reqwest::blocking::RequestBuilder) -> Response {
        request
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .header("mcp-protocol-version", "2025-11-25")
            .header("mcp-session-id", &self.id)
            .send()
            .unwrap()
    }

    fn send(&self, message: &Value) -> Response {
        let request = self.server.client.post(self.server.url("/mcp"));
        self.with(request.body(message.to_string()))
    }

    /// The answer to a request, and what was told before it.
    fn call(&self, method: &str, params: Value) -> (Value, Vec<Value>) {
        let request = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
        let mut all = told(self.send(&request));
        let answer = all.pop().unwrap();
        assert_eq!(answer["id"], 7, "{answer}");
        (answer, all)
    }

    /// What is told beside answers, as it comes.
    fn listen(&self) -> std::io::BufReader<Response> {
        let stream = self.with(self.server.client.get(self.server.url("/mcp")));
        assert_eq!(stream.status(), 200);
        std::io::BufReader::new(stream)
    }
}

/// The next message of a kind.
fn next(stream: &mut impl BufRead, method: &str) -> Value {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream ended");
        let message = line
            .strip_prefix("data:")
            .map(serde_json::from_str::<Value>);
        if let Some(Ok(message)) = message
            && message["method"] == method
        {
            return message["params"].clone();
        }
    }
}

#[test]
fn a_session_is_told_of_calls_and_changes() {
    let server = Server::start(|_| {});
    let session = Session::begin(&server);
    let mut stream = session.listen();
    let (done, _) = session.call("logging/setLevel", json!({ "level": "info" }));
    assert_eq!(done["result"], json!({}), "{done}");
    let params = json!({ "name": "sparql", "arguments": { "query": "ASK {}" } });
    let (answer, _) = session.call("tools/call", params);
    assert_eq!(answer["result"]["isError"], false, "{answer}");
    let message = next(&mut stream, "notifications/message");
    assert_eq!(message["level"], "info");
    assert_eq!(message["data"]["tool"], "sparql");

    let watched = json!({ "uri": format!("{BASE}state/a") });
    let (done, _) = session.call("resources/subscribe", watched.clone());
    assert_eq!(done["result"], json!({}), "{done}");
    let (refused, _) = session.call(
        "resources/subscribe",
        json!({ "uri": "http://other.example/" }),
    );
    assert_eq!(refused["error"]["code"], -32602, "{refused}");
    build(server.folder.path(), "fedcba9876543210", quads());
    let news = next(&mut stream, "notifications/resources/updated");
    assert_eq!(news["uri"], watched["uri"]);
    let (done, _) = session.call("resources/unsubscribe", watched);
    assert_eq!(done["result"], json!({}));

    let end = session.with(server.client.delete(server.url("/mcp")));
    assert!(end.status().is_success(), "{}", end.status());
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    problem(session.send(&ping), 404, "not-found");
}

#[test]
fn a_long_call_tells_that_it_goes_on() {
    let server = Server::start(|config| config.limits.time = Duration::from_secs(3));
    let session = Session::begin(&server);
    let (answer, told) = session.call(
        "tools/call",
        json!({ "name": "sparql", "arguments": { "query": HEAVY }, "_meta": { "progressToken": "p" } }),
    );
    assert_eq!(answer["result"]["isError"], true, "{answer}");
    let progress: Vec<f64> = told
        .iter()
        .filter(|message| message["method"] == "notifications/progress")
        .map(|message| message["params"]["progress"].as_f64().unwrap())
        .collect();
    assert!(!progress.is_empty() && progress.is_sorted(), "{told:?}");
}

#[test]
fn sessions_are_bounded_and_end_with_the_server() {
    let server = Server::start(|_| {});
    let session = Session::begin(&server);
    for _ in 1..256 {
        assert_eq!(
            header(&server.mcp(&initialize()), "mcp-session-id").len(),
            36
        );
    }
    // who comes then is answered alone
    let alone = server.mcp(&initialize());
    assert_eq!(header(&alone, "mcp-session-id"), "");
    let hello: Value = alone.json().unwrap();
    assert_eq!(hello["result"]["capabilities"].get("logging"), None);
    let mut stream = session.listen();
    let start = Instant::now();
    server.running.stop().unwrap();
    assert!(start.elapsed() < Duration::from_secs(10));
    let _ = stream.read_to_string(&mut String::new());
}
