/// Reads the JSON of the sandbox's own controls, and writes times as the platform does.
@NullMarked
package io.github.dbtc4j.sandbox.json;

import org.jspecify.annotations.NullMarked;
