/// What an invocation reports while it works.
@NullMarked
package io.github.dbtc4j.autoscaler.event;

import org.jspecify.annotations.NullMarked;
