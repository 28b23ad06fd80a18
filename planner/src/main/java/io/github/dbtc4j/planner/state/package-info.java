/// What a plan is made from: the request, what is observed of the platform, and what this
/// invocation has done so far.
@NullMarked
package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.NullMarked;
