//! The coordinates that the gazetteer has for a place → its point, under OGC GeoSPARQL 1.1.

use super::Triples;
use super::vocabulary::{DCT_SOURCE, GEO_AS_WKT, GEO_GEOMETRY, GEO_HAS_GEOMETRY, GEO_WKT, TYPE};
use oxigraph::model::{Literal, NamedNode};

/// Which table of the gazetteer the coordinates come from: no document says them.
const CITIES: &str = "https://w3id.org/chancery/gazetteer/cities";

/// Writes `<place> geo:hasGeometry <place/point>` with its WKT. WKT without a reference system is WGS 84 in longitude, latitude.
pub(super) fn geometry(out: &mut Triples, place: &NamedNode, at: Option<&(String, String)>) {
    let Some((latitude, longitude)) = at else {
        return;
    };
    let point = NamedNode::new_unchecked(format!("{}/point", place.as_str()));
    let wkt = format!("POINT ({longitude} {latitude})");
    out.add(place, GEO_HAS_GEOMETRY, point.clone());
    out.add(&point, TYPE, GEO_GEOMETRY.into_owned());
    out.add(&point, GEO_AS_WKT, Literal::new_typed_literal(wkt, GEO_WKT));
    out.add(&point, DCT_SOURCE, NamedNode::new_unchecked(CITIES));
}
