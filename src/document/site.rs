//! What a MediaWiki dump tells of its wiki before the first page → publisher, licence and address of its pages.

use super::page::{Page, set};

/// A wiki, as the `<siteinfo>` of its dump describes it; what the dump does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Name of the wiki ("Wikipedia").
    name: String,
    /// Address of its main page.
    base: String,
    /// The licence that it states for its texts.
    rights: String,
}

/// The licence of the texts of Wikipedia in all languages, as an SPDX identifier.
const WIKIPEDIA: &str = "CC-BY-SA-4.0";

/// Characters beside letters and digits that MediaWiki leaves as they are in the address of a page.
const PLAIN: &[u8] = b"-_.~;@$!*(),/:";

impl Site {
    /// Reads the part of a dump before its first page.
    #[must_use]
    pub fn parse(head: &str) -> Self {
        let element = |name: &str| {
            let (_, rest) = head.split_once(&format!("<{name}>"))?;
            let (words, _) = rest.split_once(&format!("</{name}>"))?;
            quick_xml::escape::unescape(words.trim())
                .ok()
                .map(std::borrow::Cow::into_owned)
        };
        Self {
            name: element("sitename").unwrap_or_default(),
            base: element("base").unwrap_or_default(),
            rights: element("rights").unwrap_or_default(),
        }
    }

    /// Fills in what the wiki tells of its page of a title.
    pub(super) fn describe(&self, page: &mut Page, title: &str) {
        set(&mut page.metadata.publisher, &self.name);
        set(&mut page.metadata.license, self.licence());
        set(&mut page.metadata.url, &self.address(title));
    }

    /// The licence of the texts: the one stated, else that of Wikipedia, where the wiki is one.
    fn licence(&self) -> &str {
        let address = self.base.split_once("://").map_or("", |(_, rest)| rest);
        let host = address.split(['/', ':']).next().unwrap_or("");
        let wikipedia = host == "wikipedia.org" || host.ends_with(".wikipedia.org");
        if self.rights.is_empty() && wikipedia {
            WIKIPEDIA
        } else {
            &self.rights
        }
    }

    /// The address of a page: that of the main page with another title at its end; empty where that is not known.
    fn address(&self, title: &str) -> String {
        let folder = self
            .base
            .find("title=")
            .map(|at| at + "title=".len())
            .or_else(|| self.base.rfind('/').map(|at| at + 1));
        let Some(folder) = folder.and_then(|end| self.base.get(..end)) else {
            return String::new();
        };
        let mut address = folder.to_owned();
        for byte in title.bytes() {
            match byte {
                b' ' => address.push('_'),
                plain if plain.is_ascii_alphanumeric() || PLAIN.contains(&plain) => {
                    address.push(char::from(plain));
                }
                other => address.push_str(&format!("%{other:02X}")),
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str) -> (Option<String>, Option<String>, Option<String>) {
        let mut page = Page::default();
        Site::parse(head).describe(&mut page, "Relaciones Perú–Chile / 2? (A:B)");
        let told = page.metadata;
        (told.publisher, told.license, told.url)
    }

    #[test]
    fn a_page_has_the_publisher_licence_and_address_of_its_wiki() {
        let some = |words: &str| Some(words.to_owned());
        assert_eq!(
            told(
                "<siteinfo><sitename>Wikipedia</sitename><base>https://es.wikipedia.org/wiki/Portada</base></siteinfo>"
            ),
            (
                some("Wikipedia"),
                some("CC-BY-SA-4.0"),
                some(
                    "https://es.wikipedia.org/wiki/Relaciones_Per%C3%BA%E2%80%93Chile_/_2%3F_(A:B)"
                )
            )
        );
        assert_eq!(
            told(
                "<siteinfo><sitename>A &amp; B</sitename><base>http://a.example/index.php?title=Main_Page</base><rights>CC0-1.0</rights></siteinfo>"
            ),
            (
                some("A & B"),
                some("CC0-1.0"),
                some(
                    "http://a.example/index.php?title=Relaciones_Per%C3%BA%E2%80%93Chile_/_2%3F_(A:B)"
                )
            )
        );
        assert_eq!(told("<base>https://wikipedia.org.example/x</base>").1, None);
        assert_eq!(told("<mediawiki>"), (None, None, None));
    }
}
