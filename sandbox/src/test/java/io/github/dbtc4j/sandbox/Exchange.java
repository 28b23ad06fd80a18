package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.NullUnmarked;

/// One request and what was answered.
@NullUnmarked // JSON is read by casts
record Exchange(Request request, Response response) {}
