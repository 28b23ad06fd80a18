package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// An environment variable as one job sees it: its value at each scope that sets one.
///
/// @param name starts with `DBT_`
/// @param project the project's default, or null
/// @param environment the value in the job's environment, or null
/// @param job the job's own override, or null
public record EnvironmentVariable(
        String name, @Nullable Value project, @Nullable Value environment, @Nullable Value job) {

    /// What the platform shows in place of a secret: ten asterisks for a job (OpenAPI v3, example
    /// of `environment-variables/job`), eight elsewhere.
    private static final Pattern MASK = Pattern.compile("\\*+");

    /// What the names of secrets begin with (docs.getdbt.com, "Environment variables").
    private static final String SECRET = "DBT_ENV_SECRET";

    /// Whether `value` is shown in place of a secret.
    public static boolean isMask(@Nullable String value) {
        return value != null && MASK.matcher(value).matches();
    }

    /// Whether the job's own override is a secret, which cannot be copied to another job: by the
    /// variable's name, or because its text is not given out. False where the job has none.
    public boolean isSecretOfJob() {
        return job != null && (name.startsWith(SECRET) || job.isMasked());
    }

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
    /// @param value the text, a mask of asterisks in place of a secret, or null
    public record Value(long id, @Nullable String value) {

        static Value of(Fields value) {
            return new Value(value.number("id"), value.textOrNull("value"));
        }

        /// Whether this is a secret whose text the platform does not give out, so that it cannot be
        /// copied to another job.
        public boolean isMasked() {
            return isMask(value);
        }
    }
}
