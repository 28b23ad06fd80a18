package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.GitHostException.Reason;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.UnreachableException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Words failures for people.
///
/// @param host what people call the host
record HostFailures(String host, Credential credential, Advice advice) {

    private static final String OF_JOBS =
            " CI_JOB_TOKEN opens few endpoints of GitLab's API, and this was none of them: use a"
                    + " project access token with the scope api and the role Developer, in"
                    + " PRIVATE-TOKEN.";

    GitHostException of(Purpose purpose, Response response, Instant now) {
        int status = response.status();
        if (RateLimit.refuses(response)) {
            Duration wait = RateLimit.wait(response, now);
            String next =
                    wait == null
                            ? "Try again later."
                            : "Try again in %d s.".formatted(wait.toSeconds());
            return failure(
                    Reason.RATE_LIMITED, purpose, response, "had too many requests", next, wait);
        }
        return switch (status) {
            case 203, 401 ->
                    failure(
                            Reason.UNAUTHORIZED,
                            purpose,
                            response,
                            "did not accept the token",
                            "Check that it is this host's and has not expired." + ofJobs(),
                            null);
            case 403 ->
                    failure(
                            Reason.FORBIDDEN,
                            purpose,
                            response,
                            "refused",
                            advice.permission(purpose.need()) + accepted(response) + ofJobs(),
                            null);
            case 404, 410 ->
                    failure(
                            Reason.NOT_FOUND,
                            purpose,
                            response,
                            "found nothing",
                            "Check the repository, the number and the commit. A missing permission"
                                    + " looks the same: "
                                    + advice.permission(purpose.need())
                                    + ofJobs(),
                            null);
            default -> other(purpose, response);
        };
    }

    private GitHostException other(Purpose purpose, Response response) {
        int status = response.status();
        if (status == 408 || status >= 500) {
            return failure(
                    Reason.UNAVAILABLE, purpose, response, "failed", "Try again later.", null);
        }
        if (status >= 300 && status < 400) {
            return failure(
                    Reason.REFUSED,
                    purpose,
                    response,
                    "redirected",
                    "Redirects are not followed, so that the token is sent nowhere else. Check the"
                        + " API's address, the repository's name, which may have changed, and the"
                        + " token.",
                    null);
        }
        String next = advice.correction(purpose.need());
        return failure(Reason.REFUSED, purpose, response, "refused", next, null);
    }

    GitHostException unreadable(Purpose purpose, Response response, IllegalArgumentException why) {
        return new GitHostException(
                Reason.UNREADABLE,
                "cannot %s: %s answered (HTTP %d) with something that cannot be read: %s. Check the API's address."
                        .formatted(
                                purpose.task(),
                                host,
                                response.status(),
                                credential.redact(String.valueOf(why.getMessage()))),
                response.status(),
                null,
                null);
    }

    GitHostException unavailable(Purpose purpose, Request request, IOException why) {
        String next =
                why instanceof UnreachableException unreachable
                        ? unreachable.next()
                        : "Check the API's address and the network.";
        String said = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        return new GitHostException(
                Reason.UNAVAILABLE,
                "cannot %s: got no answer from %s: %s. %s"
                        .formatted(
                                purpose.task(),
                                request.uri().getAuthority(),
                                ShortText.line(credential.redact(said)),
                                next),
                null,
                null,
                null);
    }

    GitHostException interrupted(Purpose purpose) {
        return new GitHostException(
                Reason.INTERRUPTED,
                "cannot %s: interrupted while waiting for %s".formatted(purpose.task(), host),
                null,
                null,
                null);
    }

    private GitHostException failure(
            Reason reason,
            Purpose purpose,
            Response response,
            String verb,
            String next,
            @Nullable Duration wait) {
        String message =
                "cannot %s: %s %s (HTTP %d): %s. %s"
                        .formatted(
                                purpose.task(),
                                host,
                                verb,
                                response.status(),
                                ErrorText.of(response, credential),
                                next);
        return new GitHostException(reason, message, response.status(), wait, null);
    }

    /// GitHub says which permissions would have done (docs.github.com, "Permissions required for
    /// GitHub Apps").
    private static String accepted(Response response) {
        return response.header("x-accepted-github-permissions")
                .map(ShortText::line)
                .filter(permissions -> !permissions.isEmpty())
                .map(permissions -> " It takes " + ShortText.cut(permissions, 200) + ".")
                .orElse("");
    }

    private String ofJobs() {
        return credential.isJobToken() ? OF_JOBS : "";
    }
}
