//! What the server works out of a generation once, for all who ask.

use super::problem::Problem;
use std::sync::Arc;
use tokio::sync::Mutex;

/// A value of the generation that is served, with that generation (none for a remote store).
pub(super) struct Kept<T>(Mutex<Option<(Option<String>, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    /// The value of a generation: that at hand, else a new one; who comes meanwhile waits for it.
    ///
    /// # Errors
    /// What kept it from being made; nothing is kept then.
    pub(super) async fn of(
        &self,
        generation: Option<String>,
        make: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Arc<T>, Problem> {
        let mut kept = self.0.lock().await;
        if let Some((of, value)) = kept.as_ref()
            && *of == generation
        {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(make.await?);
        *kept = Some((generation, Arc::clone(&value)));
        Ok(value)
    }
}
