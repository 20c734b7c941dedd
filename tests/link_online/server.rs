//! A small HTTP server on 127.0.0.1 that answers as a test wants it to: also slowly, in part, or not at all.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Of the URL and of a form.
    pub(crate) parameters: BTreeMap<String, String>,
    /// Names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) way: Way,
}

/// How an answer comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    Whole,
    /// Half of what was announced.
    Cut,
    /// Nothing for as long as the server runs.
    Silent,
    /// A byte now and then, without end.
    Dripping,
    /// The connection is closed without a word.
    Closed,
}

impl Response {
    pub(crate) fn json(body: impl Into<String>) -> Self {
        Self::of(200, "application/json; charset=utf-8", body)
    }

    pub(crate) fn of(status: u16, media_type: &str, body: impl Into<String>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", media_type.to_owned())],
            body: body.into().into_bytes(),
            way: Way::Whole,
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn by(mut self, way: Way) -> Self {
        self.way = way;
        self
    }
}

type Handler = dyn Fn(&Request) -> Response + Send + Sync;

/// The server; it ends when it is dropped.
pub(crate) struct Server {
    port: u16,
    ended: Arc<AtomicBool>,
    requests: Arc<Mutex<Vec<Request>>>,
    most: Arc<AtomicUsize>,
}

struct Open {
    handler: Box<Handler>,
    ended: Arc<AtomicBool>,
    requests: Arc<Mutex<Vec<Request>>>,
    now: AtomicUsize,
    most: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            ended: Arc::default(),
            requests: Arc::default(),
            most: Arc::default(),
        };
        let open = Arc::new(Open {
            handler: Box::new(handler),
            ended: Arc::clone(&server.ended),
            requests: Arc::clone(&server.requests),
            now: AtomicUsize::new(0),
            most: Arc::clone(&server.most),
        });
        thread::spawn(move || {
            for stream in listener.incoming() {
                if open.ended.load(Ordering::SeqCst) {
                    return;
                }
                let open = Arc::clone(&open);
                // A client that hangs up is no concern of the server's.
                thread::spawn(move || stream.and_then(|stream| open.serve(stream)));
            }
        });
        server
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    /// Most requests that were open at a time.
    pub(crate) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Open {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let request = read(&stream)?;
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.requests.lock().unwrap().push(request.clone());
        let response = (self.handler)(&request);
        let zipped = request.header("accept-encoding").contains("gzip");
        // Before the last byte is out: the client may ask again at once.
        self.now.fetch_sub(1, Ordering::SeqCst);
        self.answer(&mut stream, response, zipped)
    }

    fn answer(
        &self,
        stream: &mut TcpStream,
        response: Response,
        zipped: bool,
    ) -> std::io::Result<()> {
        match response.way {
            Way::Closed => return Ok(()),
            Way::Silent => {
                self.until_the_end(|| Ok(()))?;
                return Ok(());
            }
            Way::Whole | Way::Cut | Way::Dripping => {}
        }
        write!(
            stream,
            "HTTP/1.1 {} Answer\r\nConnection: close\r\n",
            response.status
        )?;
        for (name, value) in &response.headers {
            write!(stream, "{name}: {value}\r\n")?;
        }
        if response.way == Way::Dripping {
            write!(stream, "Content-Length: 100000000\r\n\r\n")?;
            return self.until_the_end(|| stream.write_all(b" "));
        }
        let mut body = response.body;
        if zipped {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&body)?;
            body = packed.finish()?;
            write!(stream, "Content-Encoding: gzip\r\n")?;
        }
        write!(stream, "Content-Length: {}\r\n\r\n", body.len())?;
        if response.way == Way::Cut {
            body.truncate(body.len() / 2);
        }
        stream.write_all(&body)
    }

    fn until_the_end(&self, mut each: impl FnMut() -> std::io::Result<()>) -> std::io::Result<()> {
        while !self.ended.load(Ordering::SeqCst) {
            each()?;
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ');
    let mut request = Request {
        method: words.next().unwrap_or_default().to_owned(),
        ..Request::default()
    };
    let target = words.next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    request.path = path.to_owned();
    request.parameters = form(query);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let name = name.to_ascii_lowercase();
        request.headers.insert(name, value.trim().to_owned());
    }
    let length = request.header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    request.body = String::from_utf8(body).unwrap();
    if request.header("content-type") == "application/x-www-form-urlencoded" {
        let sent = form(&request.body);
        request.parameters.extend(sent);
    }
    Ok(request)
}

fn form(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let two = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&two).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}
