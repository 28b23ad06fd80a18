package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

/// An environment variable as one job sees it: its value at each scope that sets one.
///
/// @param name starts with `DBT_`
/// @param project the project's default, or null
/// @param environment the value in the job's environment, or null
/// @param job the job's own override, or null
public record EnvironmentVariable(
        String name, @Nullable Value project, @Nullable Value environment, @Nullable Value job) {

    /// What the platform shows in place of a secret (OpenAPI v3, example of
    /// `environment-variables/job`).
    public static final String MASK = "**********";

    static EnvironmentVariable of(String name, Fields scopes) {
        return new EnvironmentVariable(
                name,
                scopes.object("project", Value::of),
                scopes.object("environment", Value::of),
                scopes.object("job", Value::of));
    }

    /// One value at one scope.
    ///
    /// @param id the platform's id of this value
    /// @param value the text, the [mask][EnvironmentVariable#MASK] of a secret, or null
    public record Value(long id, @Nullable String value) {

        static Value of(Fields value) {
            return new Value(value.number("id"), value.textOrNull("value"));
        }

        /// Whether this is a secret whose text the platform does not give out, so that it cannot be
        /// copied to another job.
        public boolean isMasked() {
            return MASK.equals(value);
        }
    }
}
