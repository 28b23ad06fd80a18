/// The platform behind the API: accounts, jobs, runs and the scheduler that moves them in time.
@NullMarked
package io.github.dbtc4j.sandbox.platform;

import org.jspecify.annotations.NullMarked;
