package io.github.dbtc4j.client;

import java.time.Duration;

/// A request that was sent once, and what came of it.
///
/// @param path with its query; neither headers nor bodies are in it
/// @param result the HTTP status, or why there was no response
/// @param took until then
public record Exchange(String method, String path, String result, Duration took) {}
