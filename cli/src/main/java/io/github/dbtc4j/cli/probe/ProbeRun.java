package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.client.model.RunStatus;
import io.github.dbtc4j.client.model.RunStatus.Known;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// A throw-away job's run as it was last seen.
///
/// @param http what reading it answered
/// @param status null when it could not be read
record ProbeRun(int http, @Nullable RunStatus status) {

    static ProbeRun of(ProbeReply reply) {
        return new ProbeRun(reply.status(), reply.succeeded() ? statusOf(reply.data()) : null);
    }

    static RunStatus statusOf(Map<String, @Nullable Object> run) {
        return RunStatus.of((int) ProbeReply.number(run, "status"));
    }

    boolean is(Known known) {
        return known.equals(status);
    }

    /// Whether it left the queue and has not ended.
    boolean isUnderWay() {
        return is(Known.STARTING) || is(Known.RUNNING);
    }

    /// Whether nothing more will be seen of it.
    boolean isOver() {
        return status == null || status.isTerminal();
    }

    boolean isRunningOrOver() {
        return is(Known.RUNNING) || isOver();
    }

    String label() {
        return status == null ? "HTTP " + http : status.label();
    }
}
