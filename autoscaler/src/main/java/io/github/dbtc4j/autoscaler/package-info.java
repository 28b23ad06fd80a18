/// Gives a pull request its own run: observe, plan, act, verify, until the verdict is there.
///
/// Start with [Autoscaler]. What the platform sends becomes a snapshot in `observation`, what was
/// decided becomes requests in `PlatformWriter`; nothing else here knows the shape of the remote
/// API.
@NullMarked
package io.github.dbtc4j.autoscaler;

import org.jspecify.annotations.NullMarked;
