/// What one invocation of the command has: its settings, client, output and reaction to signals.
@NullMarked
package io.github.dbtc4j.cli.session;

import org.jspecify.annotations.NullMarked;
