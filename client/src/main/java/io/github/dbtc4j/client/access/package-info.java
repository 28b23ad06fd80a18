/// Where the platform is and with which token it is reached, and what keeps that token out of
/// sight.
@NullMarked
package io.github.dbtc4j.client.access;

import org.jspecify.annotations.NullMarked;
