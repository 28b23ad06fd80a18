/// What a CI system gives a pipeline, and what it takes from it: on which pull request and commit
/// it works, read from its environment; and why a build failed, in the words of its reports.
@NullMarked
package io.github.dbtc4j.pipeline;

import org.jspecify.annotations.NullMarked;
