/// Finds out from a run's steps, artifacts and logs why it failed.
///
/// Start with [Explainer].
@NullMarked
package io.github.dbtc4j.pipeline.explanation;

import org.jspecify.annotations.NullMarked;
