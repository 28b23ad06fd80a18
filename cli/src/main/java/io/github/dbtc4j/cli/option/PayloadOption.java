package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.TokenShape;
import io.github.dbtc4j.cli.terminal.UsageException;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// `--payload`.
public final class PayloadOption {

    private static final int LARGEST_PAYLOAD = 1 << 20;

    @Option(
            names = {"-d", "--payload"},
            required = true,
            paramLabel = "JSON",
            descriptionKey = "DBTC_PAYLOAD",
            description = {
                "What to trigger the run with, required, a JSON object: cause (required), git_sha,"
                        + " git_branch, schema_override, github_pull_request_id,"
                        + " gitlab_merge_request_id, azure_pull_request_id,"
                        + " non_native_pull_request_id, steps_override, ...",
                "@FILE reads it from a file, @- from standard input [env: DBTC_PAYLOAD]."
            })
    String text = "";

    /// The JSON text, wherever it is.
    public String json(InputStream in) {
        return json(text, in);
    }

    /// The JSON text that `text` is or refers to.
    ///
    /// @throws UsageException when it cannot be read
    public static String json(String text, InputStream in) {
        if (!text.startsWith("@")) {
            return text;
        }
        String name = text.substring(1);
        try (InputStream from = name.equals("-") ? in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = from.readNBytes(LARGEST_PAYLOAD + 1);
            if (bytes.length > LARGEST_PAYLOAD) {
                throw new UsageException(
                        "--payload: " + PlainText.of(text) + " is over a megabyte");
            }
            String json = new String(bytes, StandardCharsets.UTF_8);
            if (TokenShape.isIn(json)) {
                throw new UsageException(
                        "--payload holds what looks like a dbt token, and nothing was sent");
            }
            return json;
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "--payload: the file %s cannot be read (%s)"
                            .formatted(PlainText.of(name), e.getClass().getSimpleName()));
        }
    }
}
