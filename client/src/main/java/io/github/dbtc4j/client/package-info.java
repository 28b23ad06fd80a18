/// Talks to the dbt platform's Administrative API, versions 2 and 3.
///
/// Start with [DbtCloudClient]. Everything it sends goes through a `Transport`, one function from
/// request to response, so that the same client runs against the real platform, a sandbox over HTTP
/// and a sandbox in process.
@NullMarked
package io.github.dbtc4j.client;

import org.jspecify.annotations.NullMarked;
