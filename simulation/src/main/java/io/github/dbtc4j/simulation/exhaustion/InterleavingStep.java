package io.github.dbtc4j.simulation.exhaustion;

import java.io.IOException;

/// One thing that may happen next where two processes wait for their turn.
sealed interface InterleavingStep {

    /// Time passes until something is due.
    record Pass() implements InterleavingStep {
        @Override
        public String toString() {
            return "pass";
        }
    }

    /// Something one process does, or has done to it.
    sealed interface OfProcess extends InterleavingStep {
        int process();
    }

    /// Its call reaches the platform, and the response reaches it.
    record Call(int process) implements OfProcess {
        @Override
        public String toString() {
            return String.valueOf(process);
        }
    }

    /// Its call goes wrong.
    record Fail(int process, Fault fault) implements OfProcess {
        @Override
        public String toString() {
            return process + ":" + fault;
        }
    }

    /// It stands still before its call, until its next move.
    record Pause(int process) implements OfProcess {
        @Override
        public String toString() {
            return process + ":pause";
        }
    }

    /// It is killed before its call; or, which is the same, when its last call was answered.
    record Kill(int process) implements OfProcess {
        @Override
        public String toString() {
            return process + ":kill";
        }
    }

    /// How a call goes wrong.
    enum Fault {
        /// It is not carried out: the status is 503.
        REFUSED,
        /// It is carried out; the status is 504.
        TIMED_OUT,
        /// It is carried out; the connection breaks.
        RESET;

        boolean isCarriedOut() {
            return this != REFUSED;
        }

        int status() throws IOException {
            return switch (this) {
                case REFUSED -> 503;
                case TIMED_OUT -> 504;
                case RESET -> throw new IOException("Connection reset");
            };
        }
    }
}
