package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

/// How a client reaches its platform, for people to read.
///
/// @param proxy the proxy's address without user and password, and what named it; null for none
/// @param certificates who vouches for the platform; null where nothing is encrypted
public record Network(@Nullable String proxy, @Nullable String certificates) {}
