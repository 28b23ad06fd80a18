/// `dbtc doctor`: what it found, as a table and as JSON.
@NullMarked
package io.github.dbtc4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
