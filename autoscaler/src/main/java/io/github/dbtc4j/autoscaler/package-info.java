/// Gives a pull request its own run: observe, plan, act, verify, until the verdict is there.
@NullMarked
package io.github.dbtc4j.autoscaler;

import org.jspecify.annotations.NullMarked;
