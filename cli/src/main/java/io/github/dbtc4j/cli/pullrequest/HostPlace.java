package io.github.dbtc4j.cli.pullrequest;

import io.github.dbtc4j.githost.Credential;
import io.github.dbtc4j.githost.GitHostKind;
import io.github.dbtc4j.githost.Repository;

/// Where a pull request is, and what opens it.
record HostPlace(GitHostKind kind, Repository repository, Credential credential) {}
