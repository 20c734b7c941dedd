//! A store folder → the news that a build has made another generation; the workers then read that one, and the old one goes when nobody reads it.

use super::Shared;
use crate::store::Folder;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tracing::info;

/// How often the folder is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// Every so many looks, what nobody reads any more is removed.
const TIDY: u32 = 40;

/// Watches the served folder for as long as the server runs.
pub(super) async fn generations(shared: Arc<Shared>) {
    // a remote store has none
    if shared.pool.version().is_none() {
        return;
    }
    let folder = Folder::new(Path::new(&shared.config.store));
    let mut looks: u32 = 0;
    loop {
        sleep(LOOK).await;
        looks = looks.wrapping_add(1);
        // where this server writes, nobody else does, and its writer tells of each generation
        let current = match shared.writer {
            Some(_) => None,
            None => folder.current().ok().flatten(),
        };
        if let Some(current) = current
            && shared.pool.version().as_deref() != Some(current.as_str())
        {
            info!(generation = current, "another generation is answered from");
            shared.pool.turn_to(&current);
            shared.cache.clear();
            looks = 0;
        }
        shared.pool.refresh().await;
        if looks % TIDY == 4 {
            let folder = folder.clone();
            // a folder that can't be written is not ours to tidy
            let _ = tokio::task::spawn_blocking(move || folder.tidy()).await;
        }
    }
}
