package io.github.dbtc4j.cli.session;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints beside other arguments.
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {Version.line()};
    }
}
