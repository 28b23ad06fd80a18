/// Carries one request and its response, over HTTP/1.1 with the JDK's own client.
///
/// Start with [Transport]. `HttpTransport` is the one that reaches a network; a simulation puts a
/// function of its own in that place.
@NullMarked
package io.github.dbtc4j.http;

import org.jspecify.annotations.NullMarked;
