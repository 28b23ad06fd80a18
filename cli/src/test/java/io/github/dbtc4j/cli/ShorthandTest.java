package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class ShorthandTest {

    @ParameterizedTest
    @CsvSource({
        "help, --help",
        "help ci run, ci run --help",
        "version, --version",
        "runs get 110, runs get --run-id=110",
        "runs cancel 110 -a 1, runs cancel --run-id=110 -a 1",
        "jobs get 73797 --json, jobs get --job-id=73797 --json",
        "runs get --web -q 110, runs get --web -q --run-id=110",
        "runs get -a 110, runs get -a 110",
        "api /api/v2/accounts/, api GET /api/v2/accounts/",
        "api POST /x, api POST /x",
        "api PATH, api PATH",
        "runs list 110, runs list 110",
        "jobs trigger-autoscaling 7, jobs trigger-autoscaling 7",
        "runs get x, runs get --run-id=x",
        "runs get-artifact 110 manifest.json, runs get-artifact --run-id=110 --path=manifest.json",
        "runs, runs",
        "ci run 5, ci run 5",
        "'', ''"
    })
    void isPutInFull(String typed, String full) {
        String[] args = typed.isEmpty() ? new String[0] : typed.split(" ");

        assertThat(String.join(" ", Shorthand.inFull(args))).isEqualTo(full);
    }

    @Test
    void helpsWithACommand() {
        var prompt = new Prompt(Map.of());

        assertThat(prompt.dbtc("help", "runs", "get")).isZero();
        assertThat(prompt.out()).contains("Usage: dbtc runs get");
        assertThat(new Prompt(Map.of()).dbtc("version")).isZero();
    }
}
