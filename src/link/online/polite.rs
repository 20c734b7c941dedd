//! Requests with manners: one at a time, by name, waiting when told to, trying again with patience and to an end.

use super::ask::{Ask, Halt, NOTICE, Reply, once};
use super::wait::Jitter;
use super::{Limits, OnlineError, Settings};
use reqwest::blocking::Client;
use reqwest::redirect::Policy;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// HTTP redirects that are followed.
const REDIRECTS: usize = 5;
/// The least wait, in seconds, where a service is too busy and does not say how long.
const BUSY: f64 = 5.0;
/// Characters of an answer that an error shows.
const WORDS: usize = 200;

/// What was done so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Requests made, each try counted.
    pub requests: u64,
    /// Whole answers that came.
    pub answers: u64,
    /// Answers that the folder had.
    pub cached: u64,
    /// Offline only: what the folder did not have.
    pub unasked: u64,
    /// Times that a service told us to wait.
    pub waits: u64,
    /// Tries after a failure.
    pub retries: u64,
    /// Seconds waited, for both.
    pub waited: f64,
    /// Requests that were given up.
    pub failures: u64,
    /// Bytes of answers, unpacked.
    pub bytes: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            requests, cached, ..
        } = self;
        write!(f, "{requests} requests, {cached} answers from the cache")?;
        if self.unasked > 0 {
            write!(f, ", {} not asked before", self.unasked)?;
        }
        if self.waits > 0 {
            write!(f, ", {} times told to wait", self.waits)?;
        }
        if self.retries > 0 {
            write!(f, ", {} tries again", self.retries)?;
        }
        if self.waited > 0.0 {
            write!(f, ", {:.1} s waited", self.waited)?;
        }
        if self.failures > 0 {
            write!(f, ", {} given up", self.failures)?;
        }
        Ok(())
    }
}

/// What just happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Note<'a> {
    /// A whole answer came.
    Answer,
    /// The folder had the answer.
    Cached,
    /// Nothing is asked for some seconds, and why.
    Waiting {
        /// How long.
        seconds: f64,
        /// What the service said or what failed.
        why: &'a str,
    },
}

/// Hears of each step, with what was done so far.
pub type Progress = Arc<dyn Fn(&Note<'_>, &Tally) + Send + Sync>;

/// What an answer with HTTP status 2xx and of the right type amounts to.
pub(super) enum Verdict {
    /// It is what was asked for.
    Whole,
    /// The service is too busy: ask again, later.
    Wait { seconds: Option<f64>, why: String },
    /// It is broken: ask again.
    Again(String),
    /// The service refuses; asking again does not help.
    Refused { code: String, message: String },
}

/// A client with manners. Its requests are made one after the other, whoever makes them.
pub(super) struct Polite {
    client: Client,
    limits: Limits,
    cancel: Arc<AtomicBool>,
    progress: Option<Progress>,
    jitter: Mutex<Jitter>,
    tally: Mutex<Tally>,
}

impl fmt::Debug for Polite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Polite").finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Polite {
    /// A client; it asks nothing yet.
    pub(super) fn new(settings: &Settings) -> Result<Self, OnlineError> {
        let contact = match contact(&settings.contact) {
            Ok(contact) => contact,
            Err(_) if settings.offline => "offline",
            Err(why) => return Err(OnlineError::Contact(why)),
        };
        let limits = settings.limits.clone();
        let client = Client::builder()
            .user_agent(format!(
                "chancery/{} ({contact})",
                env!("CARGO_PKG_VERSION")
            ))
            .connect_timeout(limits.connect)
            .timeout(limits.read)
            .redirect(Policy::limited(REDIRECTS))
            .build()
            .map_err(|error| OnlineError::Client(error.to_string()))?;
        Ok(Self {
            client,
            limits,
            cancel: Arc::clone(&settings.cancel),
            progress: settings.progress.clone(),
            jitter: Mutex::new(Jitter::of(contact)),
            tally: Mutex::new(Tally::default()),
        })
    }

    /// What was done so far.
    pub(super) fn tally(&self) -> Tally {
        lock(&self.tally).clone()
    }

    /// Says that the folder had an answer.
    pub(super) fn was_cached(&self) {
        self.count(&Note::Cached, |tally| tally.cached += 1);
    }

    /// Says that the folder did not have an answer, and nothing is asked.
    pub(super) fn was_unasked(&self) {
        lock(&self.tally).unasked += 1;
    }

    /// Whether we were stopped from outside.
    pub(super) fn stopped(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Asks until there is an answer that `judge` finds whole, or patience ends. Blocks; not to be called on an async runtime's thread.
    pub(super) fn ask(
        &self,
        ask: &Ask,
        judge: &dyn Fn(&str) -> Verdict,
    ) -> Result<String, OnlineError> {
        // Held from the first try to the end: others ask after us.
        let mut jitter = lock(&self.jitter);
        let (mut tries, mut told, mut failures) = (0, 0, 0);
        loop {
            if self.stopped() {
                return Err(OnlineError::Cancelled);
            }
            tries += 1;
            lock(&self.tally).requests += 1;
            let failed = |status: Option<u16>, code: Option<String>, message: String| {
                lock(&self.tally).failures += 1;
                let url = ask.url.clone();
                Err(OnlineError::Failed {
                    url,
                    status,
                    code,
                    message,
                    tries,
                })
            };
            let (status, verdict) = match once(&self.client, ask, &self.limits, &self.cancel) {
                Err(Halt::Cancelled) => return Err(OnlineError::Cancelled),
                Err(Halt::Failed(why)) => (None, Verdict::Again(why)),
                Ok(reply) => {
                    lock(&self.tally).bytes += reply.body.len() as u64;
                    match verdict(reply, judge) {
                        (_, Verdict::Whole, text) => {
                            self.count(&Note::Answer, |tally| tally.answers += 1);
                            return Ok(text);
                        }
                        (status, other, _) => (Some(status), other),
                    }
                }
            };
            let (seconds, why) = match verdict {
                // Answered above.
                Verdict::Whole => (0.0, String::new()),
                Verdict::Refused { code, message } => {
                    let code = Some(code).filter(|code| !code.is_empty());
                    return failed(status, code, message);
                }
                Verdict::Again(why) => {
                    failures += 1;
                    if failures >= self.limits.tries {
                        return failed(status, None, why);
                    }
                    lock(&self.tally).retries += 1;
                    (jitter.back_off(failures), why)
                }
                Verdict::Wait { seconds, why } => {
                    told += 1;
                    if told > self.limits.waits {
                        return failed(status, None, why);
                    }
                    let seconds = seconds.unwrap_or_else(|| jitter.back_off(told).max(BUSY));
                    if seconds > self.limits.longest_wait {
                        let why = format!("it asks to wait {seconds} s: {why}");
                        return failed(status, None, why);
                    }
                    lock(&self.tally).waits += 1;
                    // Never less than we were told; a little more, so that not all come back at once.
                    (seconds * (1.0 + jitter.next() / 10.0), why)
                }
            };
            let note = Note::Waiting { seconds, why: &why };
            self.count(&note, |tally| tally.waited += seconds);
            self.pause(seconds)?;
        }
    }

    fn count(&self, note: &Note<'_>, change: impl FnOnce(&mut Tally)) {
        let tally = {
            let mut tally = lock(&self.tally);
            change(&mut tally);
            tally.clone()
        };
        if let Some(progress) = &self.progress {
            progress(note, &tally);
        }
    }

    fn pause(&self, seconds: f64) -> Result<(), OnlineError> {
        let until = Instant::now() + self.limits.second.mul_f64(seconds);
        loop {
            if self.stopped() {
                return Err(OnlineError::Cancelled);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                return Ok(());
            }
            thread::sleep(left.min(NOTICE));
        }
    }
}

/// What a reply amounts to, with its status and its text.
fn verdict(reply: Reply, judge: &dyn Fn(&str) -> Verdict) -> (u16, Verdict, String) {
    let Reply {
        status,
        media_type,
        retry_after,
        body,
    } = reply;
    let seen = |body: &[u8]| words(&String::from_utf8_lossy(body));
    let verdict = match status {
        200..=299 if !media_type.contains("json") => Verdict::Again(format!(
            "HTTP {status} with {} where JSON was expected: {}",
            if media_type.is_empty() {
                "no media type"
            } else {
                &media_type
            },
            seen(&body)
        )),
        200..=299 => {
            return match String::from_utf8(body) {
                Err(_) => {
                    let why = format!("HTTP {status} with bytes that are no UTF-8");
                    (status, Verdict::Again(why), String::new())
                }
                Ok(text) => match judge(&text) {
                    Verdict::Wait { seconds, why } => {
                        let seconds = retry_after.or(seconds);
                        (status, Verdict::Wait { seconds, why }, text)
                    }
                    Verdict::Again(why) => {
                        let why = format!("HTTP {status}, {why}: {}", words(&text));
                        (status, Verdict::Again(why), text)
                    }
                    other @ (Verdict::Whole | Verdict::Refused { .. }) => (status, other, text),
                },
            };
        }
        429 | 503 => Verdict::Wait {
            seconds: retry_after,
            why: format!("HTTP {status}: {}", seen(&body)),
        },
        408 | 500..=599 => Verdict::Again(format!("HTTP {status}: {}", seen(&body))),
        _ => Verdict::Refused {
            code: String::new(),
            message: format!("HTTP {status}: {}", seen(&body)),
        },
    };
    (status, verdict, String::new())
}

/// The first words of an answer, on one line.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut first: String = line.chars().take(WORDS).collect();
    if first.len() < line.len() {
        first.push('…');
    }
    if first.is_empty() {
        first.push_str("no words");
    }
    first
}

/// An e-mail address or a URL, fit for a header; or what is wrong with it.
fn contact(contact: &str) -> Result<&str, String> {
    let contact = contact.trim();
    if contact.is_empty() {
        return Err("no contact is given".to_owned());
    }
    let fit = contact.bytes().all(|byte| byte.is_ascii_graphic()) && !contact.contains(['(', ')']);
    let host = |rest: &str| rest.contains('.') && !rest.starts_with('.');
    let address = contact
        .split_once('@')
        .is_some_and(|(name, rest)| !name.is_empty() && host(rest));
    let url = ["https://", "http://"]
        .iter()
        .any(|scheme| contact.strip_prefix(scheme).is_some_and(host));
    if fit && (address || url) {
        Ok(contact)
    } else {
        Err(format!(
            "{contact:?} is neither an e-mail address nor a URL"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_or_a_url() {
        for fit in [
            "archive@example.org",
            " archive@example.org ",
            "https://example.org/about",
            "http://example.org",
        ] {
            assert_eq!(contact(fit), Ok(fit.trim()));
        }
        for wrong in [
            "",
            "  ",
            "me",
            "@example.org",
            "me@",
            "https://",
            "me@example.org\nX-Header: 1",
            "(me@example.org)",
            "mé@example.org",
        ] {
            assert!(contact(wrong).is_err(), "{wrong}");
        }
        let error = Polite::new(&Settings::default()).unwrap_err().to_string();
        assert!(error.contains("--contact"), "{error}");
        assert!(error.contains("CHANCERY_CONTACT"), "{error}");
        let offline = Settings {
            offline: true,
            ..Settings::default()
        };
        assert!(Polite::new(&offline).is_ok());
    }
}
