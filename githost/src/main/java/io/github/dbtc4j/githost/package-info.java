/// Reads pull requests at their git host, and shows there how their builds went.
///
/// Start with [GitHostKind#connect]. Everything goes through a `Transport`, as in the client.
@NullMarked
package io.github.dbtc4j.githost;

import org.jspecify.annotations.NullMarked;
