package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.VirtualTime;

import java.net.URI;

/// Repositories at replayed hosts, and what is shown there.
final class Hosts {

    static final String SECRET = "t0ps3cr3t";
    static final String SHA = "ec26c3e57ca3a959ca5aad62de7213c562f8c821";
    static final CommentMarker MARKER = new CommentMarker("ci/73797");
    static final URI RUN = URI.create("https://ab123.us1.dbt.com/deploy/1/projects/2/runs/3");

    private Hosts() {}

    static GitHost github(Transport transport) {
        return connect(
                GitHostKind.GITHUB,
                "https://api.github.com",
                "Codertocat/Hello-World",
                Credential.bearer(SECRET),
                transport);
    }

    static GitHost gitlab(Transport transport, Credential credential) {
        return connect(
                GitHostKind.GITLAB,
                "https://gitlab.example.com/api/v4",
                "my-group/my-project",
                credential,
                transport);
    }

    static GitHost gitea(Transport transport) {
        return connect(
                GitHostKind.GITEA,
                "http://127.0.0.1:3000/api/v1",
                "ci/dbt",
                Credential.token(SECRET),
                transport);
    }

    static GitHost bitbucket(Transport transport) {
        return connect(
                GitHostKind.BITBUCKET,
                "https://api.bitbucket.org/2.0",
                "amuniz/test-repos",
                Credential.bearer(SECRET),
                transport);
    }

    static GitHost azure(Transport transport) {
        return connect(
                GitHostKind.AZURE_DEVOPS,
                "https://dev.azure.com/fabrikam/",
                "2016_10_31/2016_10_31",
                Credential.basic("", SECRET),
                transport);
    }

    private static GitHost connect(
            GitHostKind kind, String api, String path, Credential credential, Transport transport) {
        return kind.connect(
                new Repository(URI.create(api), path), credential, transport, new VirtualTime(1));
    }

    static CommitStatus status(CommitStatus.State state) {
        return new CommitStatus(state, "dbt/CI job", "12 models built", RUN);
    }
}
