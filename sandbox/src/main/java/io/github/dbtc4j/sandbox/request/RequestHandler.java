package io.github.dbtc4j.sandbox.request;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;

import java.time.Instant;
import java.util.Optional;

/// Serves requests the sandbox has no answer for itself.
///
/// It is asked about every request under `/api/` whose token and account were found right and which
/// the rate limit let through, before the sandbox's own routes. It runs while the sandbox's lock is
/// held: quick, and without calls to another sandbox.
@FunctionalInterface
public interface RequestHandler {

    /// The answer to `request`, or empty when it is not for this route.
    Optional<Response> handle(Request request, Instant now);
}
