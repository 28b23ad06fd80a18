package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;

import java.time.Duration;
import java.util.function.Consumer;

/// What a client was told to work with.
///
/// @param network how `transport` gets there
/// @param patience how long a call may take in all
/// @param readOnly whether nothing may be sent but what changes nothing
record Settings(
        Host host,
        Token token,
        Transport transport,
        Network network,
        SystemContext system,
        Duration requestTimeout,
        Duration patience,
        boolean readOnly,
        Consumer<Wait> listener,
        Consumer<Exchange> exchanges) {}
