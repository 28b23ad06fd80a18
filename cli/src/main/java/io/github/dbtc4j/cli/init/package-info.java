/// Writes the pipeline file that builds pull requests, for the CI system of a repository.
@NullMarked
package io.github.dbtc4j.cli.init;

import org.jspecify.annotations.NullMarked;
