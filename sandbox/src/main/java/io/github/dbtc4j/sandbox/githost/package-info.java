/// A git host in memory, for builds that show themselves on pull requests.
@NullMarked
package io.github.dbtc4j.sandbox.githost;

import org.jspecify.annotations.NullMarked;
