package io.github.dbtc4j.githost;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/// A git host's token, and the header it is sent in. It leaves this class in that header and
/// nowhere else.
public final class Credential {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final String header;
    private final String scheme;
    private final String sent;
    private final String secret;

    private Credential(String header, String scheme, String sent, String secret) {
        this.header = header;
        this.scheme = scheme;
        this.sent = sent;
        this.secret = secret;
    }

    private static Credential of(String header, String scheme, String token) {
        String secret = checked(token);
        return new Credential(header, scheme, secret, secret);
    }

    /// `Authorization: Bearer`: GitHub's tokens, `SYSTEM_ACCESSTOKEN` of Azure Pipelines, access
    /// tokens of Bitbucket, OAuth tokens of GitLab.
    public static Credential bearer(String token) {
        return of("Authorization", "Bearer ", token);
    }

    /// `Authorization: token`: Gitea's and Forgejo's tokens (docs.gitea.com, "API Usage").
    public static Credential token(String token) {
        return of("Authorization", "token ", token);
    }

    /// `PRIVATE-TOKEN`: GitLab's personal, project and group access tokens.
    public static Credential privateToken(String token) {
        return of("PRIVATE-TOKEN", "", token);
    }

    /// `JOB-TOKEN`: `CI_JOB_TOKEN` of GitLab CI. GitLab takes it for a few endpoints, none of which
    /// reads merge requests, sets statuses or comments (docs.gitlab.com, "GitLab CI/CD job token").
    /// A newer GitLab may.
    public static Credential jobToken(String token) {
        return of("JOB-TOKEN", "", token);
    }

    /// `Authorization: Basic`: personal access tokens of Azure DevOps, with any user, and API
    /// tokens of Bitbucket, with their owner's e-mail address.
    public static Credential basic(String user, String password) {
        String secret = checked(password);
        byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(pair);
        return new Credential("Authorization", "Basic ", encoded, secret);
    }

    private static String checked(String token) {
        String stripped = token.strip();
        if (!TOKEN.matcher(stripped).matches()) {
            throw new IllegalArgumentException(
                    "the git host's token is empty, or contains white space or characters outside"
                            + " ASCII; copy it again");
        }
        return stripped;
    }

    Map<String, String> headers() {
        return Map.of(header, scheme + sent);
    }

    boolean isJobToken() {
        return header.equals("JOB-TOKEN");
    }

    /// `text` without the token, which an answer might repeat.
    String redact(String text) {
        return text.replace(secret, "[token]").replace(sent, "[token]");
    }

    @Override
    public String toString() {
        return "[token]";
    }
}
