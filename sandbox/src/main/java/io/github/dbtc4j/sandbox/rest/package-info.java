/// The Administrative API: one class an endpoint's family, and the shapes of what it sends.
///
/// A new endpoint begins with a route in `Api`.
@NullMarked
package io.github.dbtc4j.sandbox.rest;

import org.jspecify.annotations.NullMarked;
