package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.RestCaller.Connection;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;

import java.net.URI;

/// The git hosts this module talks to.
public enum GitHostKind {
    /// github.com and GitHub Enterprise Server.
    GITHUB("GitHub"),
    /// gitlab.com and GitLab's own installations.
    GITLAB("GitLab"),
    /// Gitea and Forgejo.
    GITEA("Gitea"),
    /// bitbucket.org.
    BITBUCKET("Bitbucket"),
    /// Azure DevOps Services, and Server from 2022 on.
    AZURE_DEVOPS("Azure DevOps");

    private final String label;

    GitHostKind(String label) {
        this.label = label;
    }

    /// How people call it.
    public String label() {
        return label;
    }

    /// Returns where the API is, for CI systems that only tell where people go.
    ///
    /// @param server the address for people, such as `https://github.com`; for Azure DevOps the
    ///   organization's, such as `https://dev.azure.com/fabrikam`
    public URI api(URI server) {
        String address = server.toString().replaceAll("/+$", "");
        return URI.create(
                switch (this) {
                    case GITHUB ->
                            address.equals("https://github.com")
                                    ? "https://api.github.com"
                                    : address + "/api/v3";
                    case GITLAB -> address + "/api/v4";
                    case GITEA -> address + "/api/v1";
                    case BITBUCKET ->
                            address.equals("https://bitbucket.org")
                                    ? "https://api.bitbucket.org/2.0"
                                    : address + "/2.0";
                    case AZURE_DEVOPS -> address;
                });
    }

    /// Returns the repository at this host. Nothing is sent yet.
    ///
    /// @param transport stays the caller's, who closes it
    /// @param system time and chance for the pauses before a read is repeated
    public GitHost connect(
            Repository repository,
            Credential credential,
            Transport transport,
            SystemContext system) {
        Connection connection = new Connection(this, repository, credential, transport, system);
        return switch (this) {
            case GITHUB -> GitHub.at(connection);
            case GITLAB -> new GitLab(connection);
            case GITEA -> Gitea.at(connection);
            case BITBUCKET -> new Bitbucket(connection);
            case AZURE_DEVOPS -> new AzureDevOps(connection);
        };
    }
}
