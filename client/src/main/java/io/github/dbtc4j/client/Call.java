package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.Query;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which request of the API is meant. The paths end in a slash: without it the platform redirects,
/// and a redirected `POST` arrives as `GET` (dbt-labs/dbt-cloud-openapi-spec#7).
///
/// @param method in upper case
/// @param path with its query, from the leading slash on
record Call(String method, String path) {

    static Call get(String path) {
        return new Call("GET", path);
    }

    static Call post(String path) {
        return new Call("POST", path);
    }

    static Call delete(String path) {
        return new Call("DELETE", path);
    }

    static String accounts() {
        return "/api/v3/accounts/";
    }

    static String account(long account) {
        return "/api/v2/accounts/" + account + "/";
    }

    static String jobs(long account) {
        return account(account) + "jobs/";
    }

    static String job(long account, long job) {
        return jobs(account) + job + "/";
    }

    static String runs(long account) {
        return account(account) + "runs/";
    }

    static String run(long account, long run) {
        return runs(account) + run + "/";
    }

    /// A file is the one path without a slash at its end.
    static String artifact(long account, long run, String file) {
        return run(account, run)
                + "artifacts/"
                + Stream.of(file.split("/", -1)).map(Call::part).collect(Collectors.joining("/"));
    }

    static String variables(long account, long project) {
        return "/api/v3/accounts/" + account + "/projects/" + project + "/environment-variables/";
    }

    /// Whether it changes nothing, so that it can be repeated freely.
    boolean isRead() {
        return method.equals("GET");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    private static String part(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(
                    "the artifact's path must be relative and without empty, . or .. parts");
        }
        return Query.encoded(text);
    }
}
