package io.github.dbtc4j.client.model;

/// The state of a run or of one of its steps: one of the six [Known] ones, or an [Unknown] number.
///
/// Decisions rest on the number, never on the platform's wording of it.
public sealed interface RunStatus {

    /// The platform's number for it.
    int code();

    /// dbt's word for it, such as `Queued`.
    String label();

    /// Whether a run in this state will never change again. False for an unknown state.
    boolean isTerminal();

    /// The status with the number `code`, never null.
    static RunStatus of(int code) {
        for (Known known : Known.values()) {
            if (known.code == code) {
                return known;
            }
        }
        return new Unknown(code);
    }

    /// The states the platform documents (OpenAPI v2, `RunResponse.status`).
    enum Known implements RunStatus {
        /// Waiting for a run slot, or for another run of the same job.
        QUEUED(1, "Queued", false),
        /// Left the queue, being prepared.
        STARTING(2, "Starting", false),
        /// Executing.
        RUNNING(3, "Running", false),
        /// Ended well.
        SUCCESS(10, "Success", true),
        /// Ended with a failure.
        ERROR(20, "Error", true),
        /// Cancelled by a person, over the API, by the scheduler, or because it ran out of time.
        CANCELLED(30, "Cancelled", true);

        private final int code;
        private final String label;
        private final boolean terminal;

        Known(int code, String label, boolean terminal) {
            this.code = code;
            this.label = label;
            this.terminal = terminal;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public boolean isTerminal() {
            return terminal;
        }
    }

    /// A state this version does not know; the run may or may not change again.
    record Unknown(int code) implements RunStatus {

        @Override
        public String label() {
            return "Unknown (" + code + ")";
        }

        @Override
        public boolean isTerminal() {
            return false;
        }
    }
}
