/// Many pipelines against one sandbox in virtual time.
@NullMarked
package io.github.dbtc4j.simulation;

import org.jspecify.annotations.NullMarked;
