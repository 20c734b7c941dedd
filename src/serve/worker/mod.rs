//! Queries in processes of their own: the same program as `chancery worker`, which opens the store for reading, takes jobs from its standard
//! input and writes what comes of them to its standard output. Such a process has a memory limit and can be killed; nothing less bounds all
//! that the engine may do.

mod child;
#[cfg(target_os = "linux")]
mod connection;
mod frame;
#[cfg(target_os = "linux")]
mod passing;
mod process;
#[cfg(target_os = "linux")]
mod several;
#[cfg(target_os = "linux")]
mod state;
#[cfg(target_os = "linux")]
mod turns;
mod writing;

#[cfg(target_os = "linux")]
pub(super) use child::Line;
pub(super) use child::{Died, Setup, Worker};
pub use process::work;
#[cfg(target_os = "linux")]
pub(super) use state::{Phase, State};
pub use writing::work_writing;

use super::compress::Coding;
use super::problem::Problem;
use super::protocol::Query;
use super::quick::{Served, Terms};
use super::reconcile::Task;
use super::site::sparql::Around;
use super::trace;
use serde::{Deserialize, Serialize};

/// A job and the request that it is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Order<T> {
    /// The id of the request; empty for none.
    pub(super) id: String,
    /// What is to be done.
    pub(super) job: T,
}

impl<T> Order<T> {
    /// For the request that is worked for now.
    fn of(job: T) -> Self {
        Self {
            id: trace::request(),
            job,
        }
    }
}

/// What a worker is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Job {
    /// Open the store again, as a new generation is there.
    Open,
    /// Answer the queries of the connection that comes with this too, until it is asked back.
    Serve(Box<Lending>),
    /// Give a connection back; without a number, all.
    Back(Option<u64>),
    /// Answer a query.
    Ask(Ask),
    /// Do what needs the names of the store's entities.
    Names(Task),
    /// Tell what the store holds.
    Describe(Description),
    /// Tell what happened between two bodies.
    Timeline(Timeline),
}

/// A connection that is lent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Lending {
    /// What it is called between server and worker; never 0, and never the same again.
    pub(super) connection: u64,
    /// On which terms it is answered.
    pub(super) terms: Terms,
}

/// Why a connection comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Why {
    /// Its client has left.
    Gone,
    /// What comes on it is not for a worker, or its client takes an answer slowly.
    Other,
    /// Nothing came for some time, or it was asked back.
    Rests,
    /// It would wait behind a query that takes long.
    Waits,
}

/// A timeline of two bodies, as exports write it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Timeline {
    /// The IRI of one.
    pub(super) a: String,
    /// The IRI of the other.
    pub(super) b: String,
    /// Most bytes.
    pub(super) bytes: usize,
}

impl Job {
    /// What it is, in a word.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Serve(_) => "serve",
            Self::Back(_) => "back",
            Self::Ask(_) => "query",
            Self::Names(_) => "names",
            Self::Describe(_) => "description",
            Self::Timeline(_) => "timeline",
        }
    }
}

impl From<Ask> for Job {
    fn from(asked: Ask) -> Self {
        Self::Ask(asked)
    }
}

/// A description of the store and how it is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Description {
    /// Where the store is asked in SPARQL.
    pub(super) endpoint: String,
    /// The `Accept` header.
    pub(super) accept: Option<String>,
    /// `?format=`.
    pub(super) format: Option<String>,
    /// Most bytes.
    pub(super) bytes: usize,
    /// How the body is compressed.
    pub(super) coding: Coding,
}

/// A query and how its answer is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ask {
    /// The query.
    pub(super) query: Query,
    /// The `Accept` header.
    pub(super) accept: Option<String>,
    /// A page for people instead, with this around it.
    pub(super) page: Option<Box<Around>>,
    /// Most rows or triples.
    pub(super) rows: Option<usize>,
    /// Most bytes.
    pub(super) bytes: usize,
    /// Deepest nesting of brackets in the query.
    pub(super) nesting: usize,
    /// How the body is compressed.
    pub(super) coding: Coding,
}

/// What a worker that writes is told; the bytes of a document's parts follow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Change {
    /// SPARQL Update.
    Update {
        /// The text.
        text: String,
        /// `using-graph-uri`s.
        using: Vec<String>,
        /// `using-named-graph-uri`s.
        using_named: Vec<String>,
        /// What relative IRIs begin with.
        base: Option<String>,
        /// Deepest nesting of brackets.
        nesting: usize,
    },
    /// RDF into a graph.
    Put {
        /// The graph's IRI; none for the default graph.
        graph: Option<String>,
        /// Media type and length of each part of the body.
        parts: Vec<(String, usize)>,
        /// What relative IRIs begin with.
        base: Option<String>,
        /// In place of what the graph holds.
        replace: bool,
        /// Deepest nesting of brackets or elements.
        nesting: usize,
    },
    /// A graph goes.
    Remove {
        /// The graph's IRI; none for the default graph.
        graph: Option<String>,
    },
    /// All that was written becomes a generation.
    Publish,
}

impl Change {
    /// What it is, in a word.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Update { .. } => "update",
            Self::Put { .. } => "put",
            Self::Remove { .. } => "remove",
            Self::Publish => "publish",
        }
    }
}

/// What a worker says; after it come the bytes of the body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// The store is open: name of its generation, where it has one.
    Open {
        /// The generation.
        version: Option<String>,
    },
    /// The answer is whole; its bytes follow.
    Done {
        /// Its media type.
        media: String,
        /// Rows or triples in it.
        rows: usize,
        /// How it is compressed.
        coding: Coding,
    },
    /// What was to be written is, if not published.
    Changed {
        /// Whether the graph was there before.
        there: bool,
    },
    /// What was answered on connections that were lent; the bytes of what is to be kept follow.
    Served(Vec<Served>),
    /// A connection is given back; what its client did not take yet follows.
    Back {
        /// Which.
        connection: u64,
        /// Why.
        why: Why,
    },
    /// No answer.
    Failed(Problem),
}
