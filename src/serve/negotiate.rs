//! Content negotiation: an `Accept` header and the media types on offer → the one to send (RFC 9110, section 12.5.1).

/// A media type that a resource can be sent as, and the value that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offer<T> {
    /// `text/turtle`, without parameters, in lower case.
    pub(super) media: &'static str,
    /// What the server makes of it.
    pub(super) value: T,
}

impl<T> Offer<T> {
    /// An offer of `value` under `media`.
    pub(super) const fn new(media: &'static str, value: T) -> Self {
        Self { media, value }
    }
}

/// One range of an `Accept` header.
#[derive(Debug)]
struct Range {
    kind: String,
    subtype: String,
    /// Thousandths, 0 to 1000.
    quality: u16,
}

impl Range {
    /// How closely the range names `media`: 0 `*/*`, 1 `text/*`, 2 `text/turtle`; none if it does not.
    fn specificity(&self, media: &str) -> Option<u8> {
        let (kind, subtype) = media.split_once('/')?;
        if self.kind == "*" {
            Some(0)
        } else if self.kind != kind {
            None
        } else if self.subtype == "*" {
            Some(1)
        } else if self.subtype == subtype {
            Some(2)
        } else {
            None
        }
    }
}

/// The offer that the client likes best; among equals, the first. Without a usable header: the first.
/// None if the client refuses every offer (406).
pub(super) fn choose<'o, T>(accept: Option<&str>, offers: &'o [Offer<T>]) -> Option<&'o Offer<T>> {
    let ranges: Vec<Range> = accept.map(parse).unwrap_or_default();
    if ranges.is_empty() {
        return offers.first();
    }
    let mut best: Option<(u16, &Offer<T>)> = None;
    for offer in offers {
        let quality = quality(&ranges, offer.media);
        if quality > 0 && best.is_none_or(|(top, _)| quality > top) {
            best = Some((quality, offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// Whether the client asks for `media` by name, and likes no other named type better: what a browser does with HTML.
pub(super) fn prefers(accept: Option<&str>, media: &str) -> bool {
    let ranges: Vec<Range> = accept.map(parse).unwrap_or_default();
    let named = ranges
        .iter()
        .filter(|range| range.specificity(media) == Some(2))
        .map(|range| range.quality)
        .max();
    let top = ranges.iter().map(|range| range.quality).max();
    named.is_some_and(|quality| quality > 0 && Some(quality) == top)
}

/// The quality of a media type: that of the most specific range which matches it, in thousandths.
fn quality(ranges: &[Range], media: &str) -> u16 {
    let mut best: Option<(u8, u16)> = None;
    for range in ranges {
        if let Some(specificity) = range.specificity(media) {
            let better = best.is_none_or(|(top, quality)| {
                specificity > top || (specificity == top && range.quality > quality)
            });
            if better {
                best = Some((specificity, range.quality));
            }
        }
    }
    best.map_or(0, |(_, quality)| quality)
}

/// The ranges of a header; what is malformed is left out.
fn parse(header: &str) -> Vec<Range> {
    header.split(',').filter_map(parse_range).collect()
}

fn parse_range(item: &str) -> Option<Range> {
    let mut parts = item.split(';');
    let media = parts.next()?.trim().to_ascii_lowercase();
    let (kind, subtype) = media.split_once('/')?;
    if kind.is_empty() || subtype.is_empty() || (kind == "*" && subtype != "*") {
        return None;
    }
    let mut quality = 1000;
    for parameter in parts {
        if let Some((name, value)) = parameter.split_once('=')
            && name.trim().eq_ignore_ascii_case("q")
        {
            quality = parse_quality(value.trim())?;
        }
    }
    Some(Range {
        kind: kind.to_owned(),
        subtype: subtype.to_owned(),
        quality,
    })
}

/// `0`, `0.5`, `1.000` → thousandths.
fn parse_quality(text: &str) -> Option<u16> {
    let value: f64 = text.parse().ok()?;
    if !(0.0..=1.0).contains(&value) {
        return None;
    }
    (0..=1000u16).find(|thousandths| (f64::from(*thousandths) - value * 1000.0).abs() <= 0.5)
}

/// A media type without its parameters, in lower case: `Text/Turtle; charset=utf-8` → `text/turtle`.
pub(super) fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [Offer<u8>; 3] = [
        Offer::new("application/sparql-results+json", 0),
        Offer::new("application/sparql-results+xml", 1),
        Offer::new("text/csv", 2),
    ];

    fn chosen(accept: &str) -> Option<u8> {
        choose(Some(accept), &OFFERS).map(|offer| offer.value)
    }

    #[test]
    fn qualities_and_ranges() {
        assert_eq!(choose(None, &OFFERS).map(|offer| offer.value), Some(0));
        assert_eq!(chosen(""), Some(0));
        assert_eq!(chosen("*/*"), Some(0));
        assert_eq!(chosen("text/*"), Some(2));
        assert_eq!(chosen("TEXT/CSV; charset=utf-8"), Some(2));
        assert_eq!(
            chosen("text/csv;q=0.5, application/sparql-results+xml;q=0.6"),
            Some(1)
        );
        // the most specific range counts, not the first
        assert_eq!(
            chosen("*/*, application/sparql-results+json;q=0.1"),
            Some(1)
        );
        assert_eq!(chosen("application/*;q=0, */*;q=0.1"), Some(2));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/csv;q=0"), None);
        // malformed items are left out
        assert_eq!(chosen("text, text/csv;q=2, */*;q=0.3"), Some(0));
    }

    #[test]
    fn browsers_prefer_html() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert!(prefers(Some(browser), "text/html"));
        assert!(!prefers(Some("*/*"), "text/html"));
        assert!(!prefers(Some("text/turtle, text/html;q=0.2"), "text/html"));
        assert!(!prefers(None, "text/html"));
    }
}
