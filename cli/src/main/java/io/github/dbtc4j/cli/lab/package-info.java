/// The commands that need no account: demo, sandbox, simulation.
@NullMarked
package io.github.dbtc4j.cli.lab;

import org.jspecify.annotations.NullMarked;
