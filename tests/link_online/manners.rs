//! How the client bears with a service: waiting, trying again, giving up, being stopped.

use crate::server::{Request, Response, Server, Way};
use crate::wikidata::{Wiki, maxlag};
use crate::{ids, offline, settings};
use chancery::link::online::{Note, Online, OnlineError, Settings};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Settings that write down how long was waited, in seconds.
fn heard(server: &Server, cache: &Path) -> (Settings, Arc<Mutex<Vec<f64>>>) {
    let waits: Arc<Mutex<Vec<f64>>> = Arc::default();
    let hears = Arc::clone(&waits);
    let mut settings = settings(server, cache);
    settings.progress = Some(Arc::new(move |note, _| match note {
        Note::Waiting { seconds, .. } => hears.lock().unwrap().push(*seconds),
        Note::Answer | Note::Cached => {}
    }));
    (settings, waits)
}

/// Asks for Q1 and Q2 after some troubles; gives what was waited.
#[track_caller]
fn after(troubles: impl IntoIterator<Item = Response>) -> Vec<f64> {
    let (server, queue) = Wiki::of(2).serve();
    let cache = tempfile::tempdir().unwrap();
    let (settings, waits) = heard(&server, cache.path());
    queue.lock().unwrap().extend(troubles);
    let expected = queue.lock().unwrap().len() + 1;
    let online = Online::new(settings).unwrap();
    let fetched = online.items(&ids([1, 2])).unwrap();
    assert_eq!(fetched.items.len(), 2);
    assert_eq!(server.count(), expected);
    let tally = online.tally();
    assert_eq!(tally.requests, expected as u64);
    assert_eq!((tally.answers, tally.failures), (1, 0));
    assert_eq!(tally.waits + tally.retries, expected as u64 - 1);
    let waits = waits.lock().unwrap().clone();
    assert!((tally.waited - waits.iter().sum::<f64>()).abs() < 1e-6);
    waits
}

/// Asks for Q1 when nothing but an answer comes; gives the error and how often was asked. Nothing of it may be kept.
#[track_caller]
fn never(trouble: &Response, change: impl Fn(&mut Settings)) -> (OnlineError, usize) {
    let answer = trouble.clone();
    let server = Server::start(move |_: &Request| answer.clone());
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(&server, cache.path());
    change(&mut settings);
    let online = Online::new(settings.clone()).unwrap();
    let error = online.items(&ids([1])).unwrap_err();
    assert_eq!(online.tally().failures, 1);
    assert_eq!(online.tally().answers, 0);
    let without = Online::new(offline(&settings)).unwrap();
    assert_eq!(without.items(&ids([1])).unwrap().unasked, ids([1]));
    assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 0);
    (error, server.count())
}

#[test]
fn every_request_says_who_asks_and_bears_a_lag_of_five_seconds() {
    let (server, _) = Wiki::of(2).serve();
    let cache = tempfile::tempdir().unwrap();
    let online = Online::new(settings(&server, cache.path())).unwrap();
    online.items(&ids([1])).unwrap();
    online.search("Lima", "en", None).unwrap();
    online.by_pages("enwiki", &["Lima".to_owned()]).unwrap();
    let agent = format!(
        "chancery/{} (archive@example.org)",
        env!("CARGO_PKG_VERSION")
    );
    for request in server.requests() {
        assert_eq!(request.header("user-agent"), agent);
        assert_eq!(request.get("maxlag"), "5");
        assert_eq!(request.get("format"), "json");
        assert!(request.header("accept-encoding").contains("gzip"));
        assert_eq!(request.path, "/w/api.php");
    }
    assert_eq!(server.count(), 5);
}

#[test]
fn without_a_contact_nothing_is_asked() {
    let (server, _) = Wiki::of(1).serve();
    let cache = tempfile::tempdir().unwrap();
    for contact in ["", "me", "me@example.org\r\nX-Other: 1"] {
        let settings = Settings {
            contact: contact.to_owned(),
            ..settings(&server, cache.path())
        };
        match Online::new(settings) {
            Err(error @ OnlineError::Contact(_)) => {
                let text = error.to_string();
                assert!(text.contains("--contact") && text.contains("CHANCERY_CONTACT"));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(server.count(), 0);
}

#[test]
fn a_lag_is_waited_for() {
    // The lag; what the header says; never less than five seconds.
    let waits = after([
        maxlag(7.5),
        maxlag(60.0).with("Retry-After", "6"),
        maxlag(5.01),
        maxlag(0.5),
    ]);
    for (wait, told) in waits.iter().zip([7.5, 6.0, 5.01, 5.0]) {
        assert!((told..=told * 1.1).contains(wait), "{wait} for {told}");
    }
}

#[test]
fn a_service_that_is_busy_is_left_alone_as_long_as_it_says() {
    let busy = |status, value: &str| {
        Response::of(status, "text/html", "<h1>Too many</h1>").with("Retry-After", value)
    };
    let dated =
        busy(503, "Sun, 06 Nov 1994 08:49:57 GMT").with("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let limited = Response::json(r#"{"error":{"code":"ratelimited","info":"Slow down"}}"#);
    let waits = after([
        busy(429, "11"),
        busy(503, "0"),
        dated,
        busy(429, "when you like"),
        limited,
    ]);
    let told = [
        (11.0, 12.1),
        (0.0, 0.0),
        (20.0, 22.0),
        (5.0, 60.0),
        (5.0, 60.0),
    ];
    for (wait, (least, most)) in waits.iter().zip(told) {
        assert!((least..=most).contains(wait), "{wait} for {least}");
    }
}

#[test]
fn what_breaks_is_asked_for_again() {
    let ways = [Way::Cut, Way::Closed].map(|way| Response::json(r#"{"entities":{}}"#).by(way));
    for way in ways {
        let waits = after([way]);
        assert!((0.5..=1.0).contains(&waits[0]), "{waits:?}");
    }
    let broken = [
        r#"{"entities":{"Q1":{"id":"Q1""#,
        "",
        "null",
        r#"{"entities":[1]}"#,
        r#"{"success":1}"#,
        r#"{"error":{"code":"internal_api_error_DBQueryTimeoutError","info":"[x] Caught"}}"#,
    ];
    for body in broken {
        after([Response::json(body)]);
    }
    let mut bytes = Response::json("");
    bytes.body = vec![b'"', 0xff, b'"'];
    after([bytes]);
    after([Response::of(200, "text/html", r#"{"entities":{}}"#)]);
    // Longer and longer.
    let failed = || Response::of(502, "text/plain", "Bad Gateway");
    let waits = after([failed(), failed(), failed(), failed()]);
    for (wait, whole) in waits.iter().zip([1.0, 2.0, 4.0, 8.0]) {
        assert!((whole / 2.0..=whole).contains(wait), "{waits:?}");
    }
    assert_eq!(waits, after([failed(), failed(), failed(), failed()]));
}

#[test]
fn silence_is_not_borne_for_long() {
    let (server, queue) = Wiki::of(1).serve();
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(&server, cache.path());
    settings.limits.read = Duration::from_millis(300);
    let whole = || Response::json("{}");
    queue.lock().unwrap().push_back(whole().by(Way::Silent));
    let online = Online::new(settings.clone()).unwrap();
    assert_eq!(online.items(&ids([1])).unwrap().items.len(), 1);
    assert_eq!(online.tally().retries, 1);
    // Nor are bytes that come without end.
    settings.limits.read = Duration::from_secs(60);
    settings.limits.total = Duration::from_millis(300);
    settings.max_age = Duration::ZERO;
    queue.lock().unwrap().push_back(whole().by(Way::Dripping));
    let online = Online::new(settings).unwrap();
    assert_eq!(online.items(&ids([1])).unwrap().items.len(), 1);
    assert_eq!(online.tally().retries, 1);
}

#[test]
fn patience_ends_with_an_error_that_says_what_was_answered() {
    let html = Response::of(500, "text/html", "<h1>Our servers\n are burning</h1>");
    let (error, asked) = never(&html, |_| {});
    assert_eq!(asked, 5);
    let text = error.to_string();
    for part in [
        "/w/api.php",
        "HTTP 500",
        "Our servers are burning",
        "5 times",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let (error, asked) = never(&Response::json("{\"entities\":"), |settings| {
        settings.limits.tries = 2;
    });
    assert_eq!(asked, 2);
    assert!(error.to_string().contains("broken JSON"), "{error}");
    let (error, asked) = never(&maxlag(9.0), |settings| settings.limits.waits = 3);
    assert_eq!(asked, 4);
    assert!(error.to_string().contains("9 seconds lagged"), "{error}");
    // One refusal is enough.
    let (error, asked) = never(&Response::of(403, "text/plain", "Set a user agent"), |_| {});
    assert_eq!(asked, 1);
    assert!(
        error.to_string().contains("HTTP 403: Set a user agent"),
        "{error}"
    );
    let refused = Response::json(r#"{"error":{"code":"param-illegal","info":"No such site"}}"#);
    let (error, asked) = never(&refused, |_| {});
    assert_eq!(asked, 1);
    let OnlineError::Failed { code, status, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (code.as_deref(), status),
        (Some("param-illegal"), Some(200))
    );
    // Nobody waits for an hour.
    let hour = Response::of(429, "text/plain", "Later").with("Retry-After", "3600");
    let (error, asked) = never(&hour, |_| {});
    assert_eq!(asked, 1);
    assert!(error.to_string().contains("3600 s"), "{error}");
}

#[test]
fn an_answer_is_not_read_beyond_its_bound() {
    // A kilobyte or so on the wire.
    let bomb = Response::json(" ".repeat(5_000_000));
    let (error, _) = never(&bomb, |settings| {
        settings.limits.bytes = 1_000_000;
        settings.limits.tries = 1;
    });
    assert!(
        error.to_string().contains("larger than 1000000 bytes"),
        "{error}"
    );
}

#[test]
fn nobody_there_is_an_error() {
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(&Server::start(|_| Response::json("")), cache.path());
    // Nothing listens on port 1 of this machine.
    settings.api = "http://127.0.0.1:1/w/api.php".to_owned();
    settings.limits.tries = 2;
    let online = Online::new(settings).unwrap();
    match online.items(&ids([1])) {
        Err(OnlineError::Failed {
            status: None,
            tries: 2,
            message,
            ..
        }) => assert!(!message.contains("127.0.0.1:1/w"), "{message}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn redirects_of_http_are_followed() {
    let (server, queue) = Wiki::of(1).serve();
    let cache = tempfile::tempdir().unwrap();
    let online = Online::new(settings(&server, cache.path())).unwrap();
    let target = "/w/api.php?action=wbgetentities&ids=Q1&languagefallback=1&languages=mul";
    let moved = Response::of(301, "text/html", "moved").with("Location", target);
    queue.lock().unwrap().push_back(moved);
    assert_eq!(online.items(&ids([1])).unwrap().items.len(), 1);
    assert_eq!(server.count(), 2);
    assert_eq!(online.tally().requests, 1);
}

#[test]
fn one_request_is_open_at_a_time() {
    let (server, _) = Wiki::of(400).serve();
    let cache = tempfile::tempdir().unwrap();
    let online = Online::new(settings(&server, cache.path())).unwrap();
    std::thread::scope(|scope| {
        for from in [1, 101, 201, 301] {
            let online = &online;
            scope.spawn(move || {
                let fetched = online.items(&ids(from..from + 100)).unwrap();
                assert_eq!(fetched.items.len(), 100);
            });
        }
    });
    assert_eq!((server.count(), server.most()), (8, 1));
}

#[test]
fn a_stop_loses_nothing_that_was_answered() {
    let (server, queue) = Wiki::of(150).serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let cancel = Arc::new(AtomicBool::new(false));
    let mut first = settings.clone();
    first.cancel = Arc::clone(&cancel);
    first.progress = Some(Arc::new({
        let cancel = Arc::clone(&cancel);
        move |note, tally| {
            if *note == Note::Answer && tally.answers == 2 {
                cancel.store(true, Ordering::Relaxed);
            }
        }
    }));
    let online = Online::new(first.clone()).unwrap();
    assert_eq!(online.items(&ids(1..=150)), Err(OnlineError::Cancelled));
    assert_eq!(server.count(), 2);
    let again = Online::new(settings.clone()).unwrap();
    assert_eq!(again.items(&ids(1..=150)).unwrap().items.len(), 150);
    assert_eq!((server.count(), again.tally().cached), (3, 100));
    // While the service is silent, and while it is waited for: without this, the test would not end for long.
    let silent = Response::json("").by(Way::Silent);
    let busy = Response::of(429, "text/plain", "").with("Retry-After", "800");
    for trouble in [silent, busy] {
        queue.lock().unwrap().push_back(trouble);
        let mut settings = settings.clone();
        settings.limits.second = Duration::from_secs(1);
        settings.limits.read = Duration::from_secs(800);
        settings.limits.total = Duration::from_secs(800);
        settings.cancel = Arc::new(AtomicBool::new(false));
        let cancel = Arc::clone(&settings.cancel);
        let before = server.count();
        let online = Online::new(settings).unwrap();
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| online.items(&ids([1000])));
            while server.count() == before {
                std::thread::sleep(Duration::from_millis(1));
            }
            cancel.store(true, Ordering::Relaxed);
            assert_eq!(asking.join().unwrap(), Err(OnlineError::Cancelled));
        });
    }
}

#[test]
fn the_tally_reads_as_a_sentence() {
    let (server, queue) = Wiki::of(1).serve();
    let cache = tempfile::tempdir().unwrap();
    let online = Online::new(settings(&server, cache.path())).unwrap();
    queue.lock().unwrap().push_back(maxlag(6.0));
    online.items(&ids([1])).unwrap();
    online.items(&ids([1])).unwrap();
    let said = online.tally().to_string();
    assert!(
        said.starts_with("2 requests, 1 answers from the cache, 1 times told to wait, 6."),
        "{said}"
    );
}
