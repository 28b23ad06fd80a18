/// A simulated dbt platform: jobs, runs, run slots, queue and faults, in process or over HTTP.
@NullMarked
package io.github.dbtc4j.sandbox;

import org.jspecify.annotations.NullMarked;
