package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--pull-request`.
public final class PullRequestOption {

    @Option(
            names = {"--pull-request", "--pr"},
            paramLabel = "HOST:NUMBER",
            converter = Label.class,
            descriptionKey = "DBTC_PULL_REQUEST",
            description =
                    "The pull request, where the environment does not tell: github:50, gitlab:50,"
                            + " azure:50, or other:50 for Bitbucket, CodeCommit and the rest"
                            + " [env: DBTC_PULL_REQUEST].")
    public @Nullable PullRequest value;

    /// Reads a pull request with the host that numbers it, as `github:50`.
    static final class Label implements ITypeConverter<PullRequest> {

        @Override
        public PullRequest convert(String text) {
            return PullRequest.labelled(text)
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "'%s' is not a pull request such as github:50; before the"
                                                    .formatted(PlainText.of(text))
                                            + " number stands github, gitlab, azure or other"));
        }
    }
}
