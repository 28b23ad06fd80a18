package io.github.dbtc4j.cli.api;

import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.Response;

import java.io.IOException;

/// The platform's answer to `dbtc api`, printed as it came.
final class ApiAnswer {

    private ApiAnswer() {}

    static int print(Session session, String method, String path, Response response)
            throws IOException {
        if (response.body().length > 0) {
            session.printAnswer(response.text());
        }
        if (isSuccess(response)) {
            return ExitCode.SUCCESS.code();
        }
        session.narration()
                .say(
                        "%s %s was answered with HTTP %d. %s"
                                .formatted(
                                        method,
                                        path,
                                        response.status(),
                                        next(method, path, response.status(), session)));
        return ExitCode.PLATFORM.code();
    }

    static boolean isSuccess(Response response) {
        return response.status() >= 200 && response.status() < 300;
    }

    private static String next(String method, String path, int status, Session session) {
        if (status == 401) {
            return "Check the token, and the host it is for (this was %s, DBT_CLOUD_HOST sets it)."
                    .formatted(session.client().host());
        }
        if (status == 403 || status == 404) {
            return "Check the path, the ids and what the token may do: missing permission looks the"
                    + " same.";
        }
        boolean redirected = status >= 300 && status < 400;
        if ((redirected || status == 405) && !path.replaceFirst("\\?.*", "").endsWith("/")) {
            return "Most paths end in a slash; without it the platform redirects, and what arrives"
                    + " is a GET.";
        }
        if (redirected) {
            return "Redirects are not followed, so that the token is sent nowhere else: check the"
                    + " path, and the host (this was %s, DBT_CLOUD_HOST sets it)."
                            .formatted(session.client().host());
        }
        if (status == 405) {
            return "Either this path does not take %s, or what was sent is not allowed here."
                    .formatted(method);
        }
        if (status == 407) {
            return "That is a proxy between here and the platform: give it a user and a password,"
                    + " or go around it.";
        }
        if (status == 429) {
            return "These were too many requests; try again in five minutes.";
        }
        if (status == 408 || status >= 500) {
            return method.equals("GET")
                    ? "Try again later."
                    : "The platform may have acted on it: look before sending it again.";
        }
        return "Correct the request before sending it again.";
    }
}
