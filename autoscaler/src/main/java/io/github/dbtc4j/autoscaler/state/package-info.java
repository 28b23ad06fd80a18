/// What an invocation has to remember when its process ends, and where it is kept.
@NullMarked
package io.github.dbtc4j.autoscaler.state;

import org.jspecify.annotations.NullMarked;
