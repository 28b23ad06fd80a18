/// What the platform sends and can be asked for: jobs, runs, their parts and the queries for them.
@NullMarked
package io.github.dbtc4j.client.model;

import org.jspecify.annotations.NullMarked;
