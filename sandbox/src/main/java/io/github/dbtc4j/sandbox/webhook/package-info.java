/// The platform's webhooks: subscriptions, events and their signed deliveries.
@NullMarked
package io.github.dbtc4j.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
