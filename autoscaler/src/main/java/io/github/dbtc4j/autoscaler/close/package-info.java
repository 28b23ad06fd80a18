/// Ends what a closed pull request has left: its runs, its clones, its schema.
@NullMarked
package io.github.dbtc4j.autoscaler.close;

import org.jspecify.annotations.NullMarked;
