/// What a test decides about a sandbox and sees of it.
///
/// [Assumption] lists each assumption about the platform, with its evidence and its alternatives.
@NullMarked
package io.github.dbtc4j.sandbox.option;

import org.jspecify.annotations.NullMarked;
