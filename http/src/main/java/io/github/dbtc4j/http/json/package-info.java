/// Reads and writes JSON. The library behind it appears in no signature.
@NullMarked
package io.github.dbtc4j.http.json;

import org.jspecify.annotations.NullMarked;
