//! A SPARQL 1.1 endpoint over HTTP: query text in, the answer's media type and bytes out.

use super::StoreError;
use std::time::Duration;

/// Most bytes of an answer that are read.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// How long an answer that is read as it comes may take.
const STREAM: Duration = Duration::from_secs(24 * 60 * 60);

/// A SPARQL 1.1 query endpoint. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Remote {
    url: String,
    client: reqwest::blocking::Client,
}

/// What an endpoint answered.
#[derive(Clone, Debug)]
pub struct RemoteAnswer {
    /// Media type without parameters.
    pub media_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Remote {
    /// An endpoint; it is not contacted yet.
    ///
    /// # Errors
    /// [`StoreError::Remote`] when no HTTP client can be made.
    pub fn new(url: &str) -> Result<Self, StoreError> {
        let client = reqwest::blocking::Client::builder()
            .user_agent(concat!("chancery/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            .build()
            .map_err(|error| failed(url, None, &error))?;
        Ok(Self {
            url: url.to_owned(),
            client,
        })
    }

    /// The endpoint's URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Sends a query (SPARQL 1.1 Protocol, POST form). Blocks; not to be called on an async runtime's thread.
    ///
    /// # Errors
    /// [`StoreError::Remote`] when the endpoint cannot be reached, answers with an error or with more than 256 MiB.
    pub fn query(
        &self,
        sparql: &str,
        default_graphs: &[String],
        named_graphs: &[String],
        timeout: Option<Duration>,
    ) -> Result<RemoteAnswer, StoreError> {
        let (status, media_type, response) =
            self.ask(sparql, default_graphs, named_graphs, timeout)?;
        let mut body = Vec::new();
        std::io::Read::read_to_end(&mut std::io::Read::take(response, MAX_BYTES + 1), &mut body)
            .map_err(|error| failed(&self.url, Some(status), &error))?;
        if body.len() as u64 > MAX_BYTES {
            return Err(failed(
                &self.url,
                Some(status),
                &"the answer is larger than 256 MiB",
            ));
        }
        Ok(RemoteAnswer { media_type, body })
    }

    /// Sends a query and gives the media type of its answer and the answer as it comes, of any size. Blocks while it is read.
    ///
    /// # Errors
    /// [`StoreError::Remote`] when the endpoint cannot be reached or answers with an error.
    pub fn stream(&self, sparql: &str) -> Result<(String, impl std::io::Read + use<>), StoreError> {
        let (_, media_type, response) = self.ask(sparql, &[], &[], Some(STREAM))?;
        Ok((media_type, response))
    }

    fn ask(
        &self,
        sparql: &str,
        default_graphs: &[String],
        named_graphs: &[String],
        timeout: Option<Duration>,
    ) -> Result<(u16, String, reqwest::blocking::Response), StoreError> {
        let mut form = vec![("query", sparql)];
        form.extend(
            default_graphs
                .iter()
                .map(|g| ("default-graph-uri", g.as_str())),
        );
        form.extend(named_graphs.iter().map(|g| ("named-graph-uri", g.as_str())));
        let mut request = self
            .client
            .post(&self.url)
            .header(
                "accept",
                "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8",
            )
            .form(&form);
        if let Some(timeout) = timeout {
            request = request.timeout(timeout);
        }
        let response = request
            .send()
            .map_err(|error| failed(&self.url, None, &error))?;
        let status = response.status();
        let media_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if !status.is_success() {
            let mut body = Vec::new();
            std::io::Read::read_to_end(&mut std::io::Read::take(response, 4096), &mut body)
                .map_err(|error| failed(&self.url, Some(status.as_u16()), &error))?;
            let words: String = String::from_utf8_lossy(&body).chars().take(500).collect();
            return Err(failed(
                &self.url,
                Some(status.as_u16()),
                &format!("{status}: {}", words.trim()),
            ));
        }
        Ok((status.as_u16(), media_type, response))
    }
}

fn failed(url: &str, status: Option<u16>, message: &dyn std::fmt::Display) -> StoreError {
    StoreError::Remote {
        url: url.to_owned(),
        status,
        message: message.to_string(),
    }
}
