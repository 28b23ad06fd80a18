package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The object around every answer: `{"status": {…}, "data": …, "extra": {…}}`. Reading what is not
/// there is an [IllegalArgumentException].
///
/// @param json everything that was sent; empty when the response had no body
public record Envelope(Map<String, @Nullable Object> json) {

    /// Whether the platform says outright that it did not do what was asked.
    public boolean isRefusal() {
        return json.get("status") instanceof Map<?, ?> status
                && Boolean.FALSE.equals(status.get("is_success"));
    }

    public Account account() {
        return Account.of(data("account"));
    }

    public List<Account> accounts() {
        return Fields.ofRead("answer", json).objects("data", Account::of);
    }

    public Job job() {
        return Job.of(data("job"));
    }

    public @Nullable Job jobOrNull() {
        return json.get("data") == null ? null : job();
    }

    /// The run, which after a cancel was also seen one `data` deeper
    /// (Stevedow99/dbt-cloud-cancel-running-ci-job-action).
    public Run run() {
        Fields data = data("run");
        return data.has("id") || !data.has("data") ? Run.of(data) : new Envelope(data.all()).run();
    }

    public RetryDetails retryDetails() {
        return RetryDetails.of(data("data"));
    }

    public List<String> texts() {
        return Fields.ofRead("answer", json).texts("data");
    }

    public List<EnvironmentVariable> variables() {
        List<EnvironmentVariable> variables = new ArrayList<>();
        data("data")
                .all()
                .forEach((name, scopes) ->
                        variables.add(EnvironmentVariable.of(name, Fields.ofRead(name, scopes))));
        return List.copyOf(variables);
    }

    /// A variable on its own, which calls its value `display_value`.
    public EnvironmentVariable.Value variable() {
        Fields variable = data("variable");
        return new EnvironmentVariable.Value(
                variable.number("id"), variable.textOrNull("display_value"));
    }

    private Fields data(String name) {
        return Fields.ofRead(name, json.get("data"));
    }
}
