package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.Token;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.TooLargeException;
import io.github.dbtc4j.http.UnreachableException;
import io.github.dbtc4j.http.json.TooManyValuesException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

import javax.net.ssl.SSLHandshakeException;

/// Puts what went wrong into words and the right [DbtCloudException].
final class ErrorMapper {

    private static final String LOOK_FIRST =
            "The platform may have acted on it: look before sending it again.";

    private final Host host;
    private final Token token;
    private final String way;

    ErrorMapper(Host host, Token token, Network network) {
        this.host = host;
        this.token = token;
        this.way = host + (network.proxy() == null ? "" : " through the proxy " + network.proxy());
    }

    /// What a response other than a success means.
    ///
    /// @param attempts how often the call was sent
    /// @param quiet how long the client's cooldown still lasts
    DbtCloudException of(Call call, Response response, int attempts, Duration quiet) {
        int status = response.status();
        ErrorBody error = ErrorBody.read(response.text(), token);
        if (status == 401) {
            return new DbtCloudException.Unauthorized(
                    refused(
                            call,
                            status,
                            error,
                            ("was not authorized (HTTP 401): %s. Check the token; a valid token on"
                                 + " the wrong regional host gets the same answer (the host was %s,"
                                 + " DBT_CLOUD_HOST sets it).")
                                    .formatted(error.said(), host)));
        }
        if (status == 404) {
            return new DbtCloudException.NotFound(
                    refused(
                            call,
                            status,
                            error,
                            ("found nothing (HTTP 404): %s. Check the ids, and what the token may"
                                            + " see: missing permission looks the same.")
                                    .formatted(error.said())));
        }
        if (status == 429) {
            return new DbtCloudException.RateLimited(
                    refused(
                            call,
                            status,
                            error,
                            ("was refused because of too many requests (HTTP 429): %s. Try again in"
                                 + " %d s; the limit is 5,000 requests a minute for the whole"
                                 + " account.")
                                    .formatted(error.said(), quiet.toSeconds())),
                    quiet);
        }
        if (status == 408 || status >= 500) {
            return new DbtCloudException.Unavailable(
                    failure(
                            call,
                            status,
                            error,
                            !call.isRead(),
                            "failed (HTTP %d): %s%s. %s"
                                    .formatted(
                                            status,
                                            error.said(),
                                            times(attempts),
                                            call.isRead() ? "Try again later." : LOOK_FIRST),
                            null));
        }
        if (status >= 300 && status < 400) {
            return new DbtCloudException.Rejected(
                    refused(
                            call,
                            status,
                            ErrorBody.NONE,
                            "was redirected to %s (HTTP %d). Redirects are not followed, so that the token is sent nowhere else. %s"
                                    .formatted(target(response), status, whereTo(call, response))));
        }
        return rejected(call, response);
    }

    /// A refusal in plain words, or a success that says it is none.
    DbtCloudException rejected(Call call, Response response) {
        ErrorBody error = ErrorBody.read(response.text(), token);
        String next =
                switch (response.status()) {
                    case 403 ->
                            "Check the account id first, then whether the account's IP restrictions"
                                    + " allow this machine's address, then what the token may do.";
                    case 405 -> notAllowed(call);
                    case 407 ->
                            "That is a proxy between here and the platform: give it a user and a"
                                    + " password, or go around it.";
                    default -> "Correct the request before sending it again.";
                };
        return new DbtCloudException.Rejected(
                refused(
                        call,
                        response.status(),
                        error,
                        "was refused (HTTP %d): %s. %s"
                                .formatted(response.status(), error.said(), next)));
    }

    /// A success that cannot be read.
    DbtCloudException unreadable(Call call, Response response, IllegalArgumentException why) {
        String next =
                call.isRead()
                        ? "Check that the host is a dbt platform, then try again."
                        : LOOK_FIRST;
        return new DbtCloudException.Unreadable(
                failure(
                        call,
                        response.status(),
                        ErrorBody.NONE,
                        !call.isRead(),
                        "was answered by %s (HTTP %d) with something that cannot be read: %s. %s"
                                .formatted(host, response.status(), why.getMessage(), next),
                        why));
    }

    /// A response longer than the client takes; it is left unread.
    DbtCloudException tooLarge(Call call, TooLargeException why) {
        return tooMuch(call, null, why, "; a Java program may raise its client's largestResponse");
    }

    /// A response with more in it than the client takes.
    DbtCloudException tooLarge(Call call, Response response, TooManyValuesException why) {
        return tooMuch(call, response.status(), why, "");
    }

    private DbtCloudException tooMuch(
            Call call, @Nullable Integer status, Exception why, String also) {
        String next =
                call.isRead()
                        ? "Check that the host is a dbt platform, and ask for less at a time"
                                + also
                                + "."
                        : LOOK_FIRST;
        return new DbtCloudException.Unreadable(
                failure(
                        call,
                        status,
                        ErrorBody.NONE,
                        !call.isRead(),
                        "was answered by %s, but %s, which is the limit here. %s"
                                .formatted(host, why.getMessage(), next),
                        why));
    }

    /// No response at all.
    ///
    /// @param sent whether the platform may have received it
    DbtCloudException unavailable(Call call, IOException why, int attempts, boolean sent) {
        boolean ambiguous = sent && !call.isRead();
        String next =
                ambiguous
                        ? LOOK_FIRST
                        : why instanceof SSLHandshakeException
                                ? "If your network answers with certificates of its own, name the"
                                        + " file of its certificate authority in SSL_CERT_FILE or"
                                        + " --ca-file."
                                : "Check the host (DBT_CLOUD_HOST sets it) and the network.";
        return new DbtCloudException.Unavailable(
                failure(
                        call,
                        null,
                        ErrorBody.NONE,
                        ambiguous,
                        "got no answer from %s: %s%s. %s"
                                .formatted(way, reason(why), times(attempts), next),
                        why));
    }

    /// No connection, and none to be had.
    DbtCloudException unreachable(Call call, UnreachableException why) {
        return new DbtCloudException.Unavailable(
                failure(
                        call,
                        null,
                        ErrorBody.NONE,
                        false,
                        "did not reach %s: %s. %s".formatted(way, why.getMessage(), why.next()),
                        why));
    }

    /// The cooldown lasts longer than this call may wait.
    DbtCloudException quiet(Call call, Duration quiet) {
        return new DbtCloudException.RateLimited(
                failure(
                        call,
                        null,
                        ErrorBody.NONE,
                        false,
                        ("was not sent: the platform refused an earlier call because of too many"
                                        + " requests. Try again in %d s.")
                                .formatted(quiet.toSeconds()),
                        null),
                quiet);
    }

    /// The thread was interrupted, before the call was sent or after.
    DbtCloudException interrupted(Call call, boolean sent) {
        boolean ambiguous = sent && !call.isRead();
        return new DbtCloudException.Interrupted(
                failure(
                        call,
                        null,
                        ErrorBody.NONE,
                        ambiguous,
                        "was interrupted before its answer came. "
                                + (ambiguous ? LOOK_FIRST : "It changed nothing."),
                        null));
    }

    /// Why no response came, for people.
    String reason(IOException why) {
        String said = Objects.requireNonNullElse(why.getMessage(), why.getClass().getSimpleName());
        String reason =
                switch (why) {
                    case UnknownHostException _ -> "its name is not known";
                    case ConnectException _ -> "no connection (" + said + ")";
                    case SSLHandshakeException _ -> "no secure connection (" + said + ")";
                    case SocketTimeoutException _ -> "it took too long (" + said + ")";
                    default -> said;
                };
        return token.redact(reason);
    }

    /// A failure after which the platform has certainly not acted.
    private Failure refused(Call call, int status, ErrorBody error, String outcome) {
        return failure(call, status, error, false, outcome, null);
    }

    private Failure failure(
            Call call,
            @Nullable Integer status,
            ErrorBody error,
            boolean ambiguous,
            String outcome,
            @Nullable Throwable cause) {
        return new Failure(
                call.method(),
                token.redact(call.path()),
                status,
                error,
                ambiguous,
                token.redact(call + " " + outcome),
                token.harmless(cause));
    }

    /// A method that a path does not take, or a request the platform refuses with the same status
    /// (terraform-provider-dbtcloud#670). A path without its last slash is redirected, and what
    /// arrives is a GET.
    private static String notAllowed(Call call) {
        return call.path().replaceFirst("\\?.*", "").endsWith("/")
                ? "Either this path does not take %s, or what was sent is not allowed here."
                        .formatted(call.method())
                : "Most paths end in a slash; without it the platform redirects, and what arrives"
                        + " is a GET.";
    }

    private String target(Response redirect) {
        String name = nameIn(redirect);
        return name == null ? "an unreadable address" : name;
    }

    /// Only a redirect to another host can mean that the account lives elsewhere.
    private String whereTo(Call call, Response redirect) {
        String name = nameIn(redirect);
        String path = call.path().replaceFirst("\\?.*", "");
        if (name != null && !name.equalsIgnoreCase(host.name())) {
            return ("If that is where the account lives, set DBT_CLOUD_HOST to it (it was %s); if"
                            + " it is a page to sign in at, something between here and the platform"
                            + " wants that.")
                    .formatted(host);
        }
        return path.endsWith("/")
                ? "It leads back to the same host: check the path, and what stands between here and"
                        + " the platform."
                : "Most paths end in a slash: add it.";
    }

    private @Nullable String nameIn(Response redirect) {
        String location = redirect.header("location").orElse("");
        try {
            return host.at("/").resolve(location).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String times(int attempts) {
        return attempts == 1 ? "" : " (tried " + attempts + " times)";
    }
}
