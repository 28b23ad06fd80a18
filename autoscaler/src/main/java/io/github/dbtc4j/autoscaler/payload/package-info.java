/// The body of a trigger as people write it, and which values it may have.
@NullMarked
package io.github.dbtc4j.autoscaler.payload;

import org.jspecify.annotations.NullMarked;
