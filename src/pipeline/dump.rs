//! A MediaWiki dump as a stream → its pages one after the other, in memory of a page's size however large the dump is.

use crate::diagnostic::Diagnostic;
use crate::document::Site;
use crate::text::Span;
use sha2::{Digest, Sha256};
use std::io::{BufRead, Result};

/// Largest page that is read, in bytes; MediaWiki's own limit is 2 MiB of wikitext.
const LARGEST_PAGE: usize = 16 << 20;

/// How much of what stands before the first page is kept, in bytes.
const LARGEST_HEAD: usize = 1 << 20;

/// A page of a dump as XML, and the byte of the dump at which it begins.
pub(super) struct RawPage {
    pub(super) start: usize,
    pub(super) xml: String,
}

/// The pages of a dump.
pub(super) struct Pages<R> {
    stream: R,
    at: usize,
    hash: Sha256,
    /// What stands before the first page, as far as it is read for what it tells of the wiki.
    head: Option<Vec<u8>>,
    site: Site,
}

impl<R: BufRead> Pages<R> {
    pub(super) fn new(stream: R) -> Self {
        Self {
            stream,
            at: 0,
            hash: Sha256::new(),
            head: Some(Vec::new()),
            site: Site::default(),
        }
    }

    /// The hash of all that was read.
    pub(super) fn hash(self) -> Sha256 {
        self.hash
    }

    /// The wiki, as the dump describes it before its first page.
    pub(super) fn site(&self) -> &Site {
        &self.site
    }

    /// The next page, or what is wrong with it; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<std::result::Result<RawPage, Diagnostic>>> {
        let mut bytes = Vec::new();
        let mut start = None;
        let mut large = false;
        loop {
            let (read, dropped) = self.read_tag(&mut bytes)?;
            if read == 0 {
                let cut = start.map(|start| {
                    Err(Diagnostic::error(
                        "document.cut-off",
                        "the dump ends in the middle of a page",
                    )
                    .at(Span::new(start, self.at))
                    .help("the file is not complete: fetch it again"))
                });
                return Ok(cut);
            }
            large |= dropped;
            let Some(start) = start else {
                if bytes.ends_with(b"<page>") {
                    if let Some(head) = self.head.take() {
                        self.site = Site::parse(&String::from_utf8_lossy(&head));
                    }
                    start = Some(self.at - b"<page>".len());
                    bytes = b"<page>".to_vec();
                } else {
                    if let Some(head) = &mut self.head
                        && head.len() + bytes.len() <= LARGEST_HEAD
                    {
                        head.extend(&bytes);
                    }
                    bytes.clear();
                }
                large = false;
                continue;
            };
            if !bytes.ends_with(b"</page>") {
                continue;
            }
            let place = Span::new(start, self.at);
            if large {
                let problem = Diagnostic::error(
                    "document.too-large",
                    "a page of the dump is larger than 16 MiB",
                );
                return Ok(Some(Err(problem.at(place))));
            }
            return Ok(Some(
                String::from_utf8(bytes)
                    .map(|xml| RawPage { start, xml })
                    .map_err(|_| {
                        Diagnostic::error(
                            "document.not-utf-8",
                            format!("the page from byte {start} on is not UTF-8"),
                        )
                        .at(place)
                    }),
            ));
        }
    }

    /// Reads up to the end of the next tag; gives how many bytes were read, and whether some were too many to keep.
    fn read_tag(&mut self, bytes: &mut Vec<u8>) -> Result<(usize, bool)> {
        let (mut read, mut dropped) = (0, false);
        loop {
            let part = self.stream.fill_buf()?;
            let end = part.iter().position(|&byte| byte == b'>').map(|at| at + 1);
            let len = end.unwrap_or(part.len());
            let taken = part.get(..len).unwrap_or(&[]);
            self.hash.update(taken);
            if bytes.len() + len > LARGEST_PAGE {
                // The last bytes stay, so that the page's end is seen.
                dropped = true;
                bytes.truncate(0);
                bytes.extend(taken.get(len.saturating_sub(16)..).unwrap_or(&[]));
            } else {
                bytes.extend(taken);
            }
            self.stream.consume(len);
            self.at += len;
            read += len;
            if end.is_some() || len == 0 {
                return Ok((read, dropped));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Read};

    /// A dump of any length that is made while it is read.
    struct Endless {
        pages: usize,
        rest: Vec<u8>,
    }

    impl Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> Result<usize> {
            if self.rest.is_empty() && self.pages > 0 {
                self.pages -= 1;
                self.rest = format!(
                    "<page><title>T{}</title><text>{}</text></page>\n",
                    self.pages,
                    "é ".repeat(2000)
                )
                .into_bytes();
            }
            let len = out.len().min(self.rest.len());
            out[..len].copy_from_slice(&self.rest[..len]);
            self.rest.drain(..len);
            Ok(len)
        }
    }

    #[test]
    fn a_large_dump_is_held_a_page_at_a_time() {
        let dump = Endless {
            pages: 5000,
            rest: b"<mediawiki>".to_vec(),
        };
        let mut pages = Pages::new(BufReader::new(dump));
        let (mut found, mut largest) = (0, 0);
        while let Some(page) = pages.next().unwrap() {
            found += 1;
            largest = largest.max(page.unwrap().xml.capacity());
        }
        assert_eq!(found, 5000);
        assert!(
            pages.at > 30_000_000 && largest < 20_000,
            "{} {largest}",
            pages.at
        );
    }

    #[test]
    fn a_dump_tells_of_its_wiki() {
        let xml = "<mediawiki><siteinfo><sitename>W</sitename></siteinfo><page>a</page>";
        let mut pages = Pages::new(xml.as_bytes());
        pages.next().unwrap().unwrap().unwrap();
        assert_eq!(*pages.site(), Site::parse("<sitename>W</sitename>"));
    }

    #[test]
    fn a_page_that_is_too_large_or_cut_off_is_named() {
        let xml = format!(
            "<page>{}</page><page>a</page><page>b",
            "x<i>".repeat(LARGEST_PAGE / 3)
        );
        let mut pages = Pages::new(xml.as_bytes());
        let code = |page: Option<std::result::Result<RawPage, Diagnostic>>| {
            page.unwrap().err().map(|problem| problem.code)
        };
        assert_eq!(code(pages.next().unwrap()), Some("document.too-large"));
        assert_eq!(code(pages.next().unwrap()), None);
        assert_eq!(code(pages.next().unwrap()), Some("document.cut-off"));
    }
}
