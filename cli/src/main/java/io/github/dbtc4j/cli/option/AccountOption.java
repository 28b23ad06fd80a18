package io.github.dbtc4j.cli.option;

import picocli.CommandLine.Option;

/// `--account-id`.
public final class AccountOption {

    @Option(
            names = {"-a", "--account-id"},
            required = true,
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_ACCOUNT_ID",
            description = "The account; required [env: DBT_CLOUD_ACCOUNT_ID].")
    public long id;
}
