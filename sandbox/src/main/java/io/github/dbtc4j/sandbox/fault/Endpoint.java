package io.github.dbtc4j.sandbox.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The calls of the Administrative API by the short names that [Fault]s use.
///
/// Both API versions and a missing trailing slash are covered, so that a fault meets the call
/// however the client spells it.
public enum Endpoint {
    ACCOUNT("GET", ""),
    LIST_PROJECTS("GET", "projects/"),
    GET_PROJECT("GET", "projects/ID/"),
    LIST_ENVIRONMENTS("GET", "(projects/ID/)?environments/"),
    GET_ENVIRONMENT("GET", "(projects/ID/)?environments/ID/"),
    LIST_JOBS("GET", "jobs/"),
    CREATE_JOB("POST", "jobs/"),
    GET_JOB("GET", "jobs/ID/"),
    UPDATE_JOB("POST", "jobs/ID/"),
    DELETE_JOB("DELETE", "jobs/ID/"),
    TRIGGER("POST", "jobs/ID/run/"),
    RERUN("POST", "jobs/ID/rerun/"),
    JOB_ARTIFACT("GET", "jobs/ID/artifacts/.+"),
    LIST_RUNS("GET", "runs/"),
    GET_RUN("GET", "runs/ID/"),
    CANCEL("POST", "runs/ID/cancel/"),
    RETRY("POST", "runs/ID/retry/"),
    GET_RETRY("GET", "runs/ID/retry/"),
    LIST_ARTIFACTS("GET", "runs/ID/artifacts/"),
    GET_ARTIFACT("GET", "runs/ID/artifacts/.+"),
    GET_STEP("GET", "steps/ID/"),
    LIST_JOB_VARIABLES("GET", "projects/ID/environment-variables/job/"),
    CREATE_VARIABLE("POST", "projects/ID/environment-variables/"),
    UPDATE_VARIABLE("POST", "projects/ID/environment-variables/ID/"),
    DELETE_VARIABLE("DELETE", "projects/ID/environment-variables/ID/"),
    WEBHOOKS("*", "webhooks/.+");

    private final String method;
    private final Pattern path;

    Endpoint(String method, String path) {
        this.method = method;
        this.path =
                Pattern.compile(
                        "/api/v[23]/accounts/\\d+/"
                                + path.replace("ID", "\\d+").replaceFirst("/$", "/?"));
    }

    boolean covers(String method, String path) {
        return (this.method.equals("*") || this.method.equals(method))
                && this.path.matcher(path).matches();
    }

    /// The name in JSON: `list_runs`.
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Endpoint> named(String wireName) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.wireName().equals(wireName))
                .findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(Endpoint::wireName).toList();
    }
}
