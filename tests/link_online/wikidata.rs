//! A server that behaves as Wikidata's action API does, as far as it is asked here, with troubles where a test wants them.

use crate::server::{Request, Response, Server};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// What the wiki knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wiki {
    /// Items by their ids, in JSON.
    pub(crate) items: BTreeMap<String, Value>,
    /// Id → the id that it leads to.
    pub(crate) redirects: BTreeMap<String, String>,
    /// Ids that make a whole batch fail.
    pub(crate) bad: Vec<String>,
    /// Name → ids whose labels begin with it.
    pub(crate) begin: BTreeMap<String, Vec<String>>,
    /// Words → ids whose page holds them.
    pub(crate) hold: BTreeMap<String, Vec<String>>,
    /// (site, title) → id.
    pub(crate) pages: BTreeMap<(String, String), String>,
    /// Title → the title that it leads to on its wiki.
    pub(crate) moved: BTreeMap<String, String>,
}

/// Answers that come instead of the wiki's own, one after the other, before it.
pub(crate) type Troubles = Arc<Mutex<VecDeque<Response>>>;

impl Wiki {
    /// Items Q1 to Qn, all human.
    pub(crate) fn of(n: u64) -> Self {
        let mut wiki = Self::default();
        for id in 1..=n {
            wiki.insert(id, &format!("Person {id}"));
        }
        wiki
    }

    pub(crate) fn insert(&mut self, id: u64, name: &str) {
        let id = format!("Q{id}");
        let item = json!({
            "type": "item", "id": id, "title": id, "ns": 0,
            "labels": { "en": { "language": "en", "value": name } },
            "descriptions": {}, "aliases": {}, "sitelinks": {},
            "claims": { "P31": [{
                "mainsnak": { "snaktype": "value", "property": "P31", "datavalue": {
                    "value": { "entity-type": "item", "numeric-id": 5, "id": "Q5" }, "type": "wikibase-entityid" } },
                "type": "statement", "rank": "normal" }] },
        });
        self.items.insert(id, item);
    }

    /// Says that an item has a page.
    pub(crate) fn page(&mut self, id: &str, site: &str, title: &str) {
        let item = self.items.get_mut(id).unwrap();
        item["sitelinks"][site] = json!({ "site": site, "title": title, "badges": [] });
        let key = (site.to_owned(), title.to_owned());
        self.pages.insert(key, id.to_owned());
    }

    pub(crate) fn serve(self) -> (Server, Troubles) {
        let troubles = Troubles::default();
        let queue = Arc::clone(&troubles);
        let server = Server::start(move |request| {
            let trouble = queue.lock().unwrap().pop_front();
            trouble.unwrap_or_else(|| self.answer(request))
        });
        (server, troubles)
    }

    fn answer(&self, request: &Request) -> Response {
        let answer = match (request.get("action"), request.get("list")) {
            _ if request.path != "/w/api.php" => return Response::of(404, "text/html", "no"),
            ("wbsearchentities", _) => self.search(request),
            ("query", "search") => self.full_text(request),
            ("wbgetentities", _) => self.entities(request),
            _ => json!({ "error": { "code": "badvalue", "info": "Unrecognized value" } }),
        };
        Response::json(answer.to_string())
    }

    fn search(&self, request: &Request) -> Value {
        assert_eq!(request.get("type"), "item");
        assert_eq!(request.get("uselang"), request.get("language"));
        let (ids, next) = page(
            &self.begin,
            request.get("search"),
            request,
            "limit",
            "continue",
        );
        let hits: Vec<Value> = ids
            .iter()
            .map(|id| json!({ "id": id, "title": id }))
            .collect();
        let mut answer = json!({ "search": hits, "success": 1 });
        if let Some(next) = next {
            answer["search-continue"] = json!(next);
        }
        answer
    }

    fn full_text(&self, request: &Request) -> Value {
        assert_eq!(request.get("srnamespace"), "0");
        let words = request.get("srsearch");
        let (ids, next) = page(&self.hold, words, request, "srlimit", "sroffset");
        let hits: Vec<Value> = ids
            .iter()
            .map(|id| json!({ "ns": 0, "title": id }))
            .collect();
        let mut answer = json!({ "batchcomplete": true, "query": { "search": hits } });
        if let Some(next) = next {
            answer["continue"] = json!({ "sroffset": next, "continue": "-||" });
        }
        answer
    }

    fn entities(&self, request: &Request) -> Value {
        assert_eq!(request.get("languagefallback"), "1");
        assert!(
            request
                .get("languages")
                .split('|')
                .any(|lang| lang == "mul")
        );
        let mut entities = Map::new();
        if request.get("sites").is_empty() {
            let ids: Vec<&str> = request.get("ids").split('|').collect();
            assert!(ids.len() <= 50, "{} ids", ids.len());
            if let Some(bad) = ids.iter().find(|id| self.bad.contains(&(**id).to_owned())) {
                let info = format!("Could not find an entity with the ID \"{bad}\".");
                return json!({ "error": { "code": "no-such-entity", "info": info, "id": bad } });
            }
            for id in ids {
                let to = self.redirects.get(id).map_or(id, String::as_str);
                let mut item = match self.items.get(to) {
                    Some(item) => item.clone(),
                    None => json!({ "id": id, "missing": "" }),
                };
                if to != id {
                    item["redirects"] = json!({ "from": id, "to": to });
                }
                entities.insert(id.to_owned(), item);
            }
        } else {
            let site = request.get("sites");
            let titles: Vec<&str> = request.get("titles").split('|').collect();
            assert!(titles.len() <= 50, "{} titles", titles.len());
            let normalize = request.get("normalize") == "1";
            assert!(
                !normalize || titles.len() == 1,
                "only one may be normalised"
            );
            for (at, title) in titles.into_iter().enumerate() {
                let moved = self.moved.get(title).filter(|_| normalize);
                let to = moved.map_or(title, String::as_str);
                match self.pages.get(&(site.to_owned(), to.to_owned())) {
                    Some(id) => entities.insert(id.clone(), self.items[id].clone()),
                    None => entities.insert(
                        format!("-{}", at + 1),
                        json!({ "site": site, "title": title, "missing": "" }),
                    ),
                };
            }
        }
        json!({ "entities": entities, "success": 1 })
    }
}

/// A page of what is found, and where the next begins.
fn page<'a>(
    all: &'a BTreeMap<String, Vec<String>>,
    key: &str,
    request: &Request,
    limit: &str,
    offset: &str,
) -> (&'a [String], Option<usize>) {
    let all = all.get(key).map(Vec::as_slice).unwrap_or_default();
    let limit: usize = request.get(limit).parse().unwrap();
    assert!((1..=50).contains(&limit), "{limit}");
    let from: usize = request.get(offset).parse().unwrap();
    let to = (from + limit).min(all.len());
    let next = (to < all.len()).then_some(to);
    (all.get(from..to).unwrap_or_default(), next)
}

/// The error that says that the wiki's databases lag, with HTTP 200.
pub(crate) fn maxlag(lag: f64) -> Response {
    let info = format!("Waiting for db1: {lag} seconds lagged.");
    let error = json!({ "code": "maxlag", "info": info, "host": "db1", "lag": lag, "type": "db" });
    Response::json(json!({ "error": error, "servedby": "mw1" }).to_string())
        .with("X-Database-Lag", &lag.to_string())
}
