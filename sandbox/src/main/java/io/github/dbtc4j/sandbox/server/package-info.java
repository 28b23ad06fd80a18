/// Serves a sandbox over HTTP on the loopback address, with its controls below `/sandbox/`.
@NullMarked
package io.github.dbtc4j.sandbox.server;

import org.jspecify.annotations.NullMarked;
