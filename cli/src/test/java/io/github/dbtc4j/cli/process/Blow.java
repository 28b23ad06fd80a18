package io.github.dbtc4j.cli.process;

import io.github.dbtc4j.cli.process.Gate.Moment;

import java.time.Duration;

/// What befalls a process while it works.
sealed interface Blow {

    /// Nothing.
    record None() implements Blow {}

    /// `SIGKILL` when its call with this number has come so far.
    record Kill(int call, Moment moment) implements Blow {}

    /// `SIGKILL` so long after its start, in the midst of any step.
    record KillLater(Duration after) implements Blow {}

    /// `INT` or `TERM` when its call with this number has come so far.
    record Signal(String name, int call, Moment moment) implements Blow {}

    /// `SIGSTOP` when its call with this number has come so far, and `SIGCONT` a while later.
    record Pause(int call, Moment moment, Duration time) implements Blow {}
}
