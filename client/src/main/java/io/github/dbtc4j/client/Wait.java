package io.github.dbtc4j.client;

import java.time.Duration;

/// A pause the client makes before it sends a request, or sends it again.
///
/// @param method of the request
/// @param path of the request, with its query
/// @param reason why it waits, for people to read, such as `HTTP 502` or `rate limited`
/// @param duration for how long
public record Wait(String method, String path, String reason, Duration duration) {}
