package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.pipeline.detection.PullRequestSchema;
import io.github.dbtc4j.pipeline.report.SchemaDrop;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The macros of docs/drop-schemas.md, as texts.
class DropSchemasTest {

    private static final Pattern BLOCK = Pattern.compile("```jinja\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\{%\\s*(\\w+)(.*?)%}", Pattern.DOTALL);
    private static final Set<String> OPENING = Set.of("macro", "if", "for");

    @Test
    void theMacroIsWhatTheCommandRuns() throws IOException {
        String macro = macros().getFirst();
        var drop =
                new SchemaDrop(
                        SchemaDrop.MACRO,
                        PullRequestSchema.of(
                                PullRequestSchema.PREFIX,
                                new JobId(73797),
                                new PullRequest(Provider.GITHUB, 50)));

        assertThat(macro).startsWith("{% macro " + SchemaDrop.MACRO + "(schema) %}");
        assertThat(drop.command()).contains("{\"schema\":");
        assertThat(page()).contains(drop.command());
        assertThat(macro).contains("var('pr_schema_prefix', '" + PullRequestSchema.PREFIX + "')");
    }

    @Test
    void theMacroRefusesBeforeItLooksOrDrops() throws IOException {
        assertThat(macros().getFirst())
                .containsSubsequence(
                        "if not modules.re.match('^' ~ prefix ~ '_[0-9]+_[0-9]+$', wanted)",
                        "exceptions.raise_compiler_error(\"refused to drop \"",
                        "adapter.dispatch('schemas_like')(wanted)",
                        "name | lower == wanted or (name | lower).startswith(wanted ~ '_')",
                        "adapter.drop_schema(api.Relation.create(");
        assertThat(macros().getFirst()).containsOnlyOnce("drop_schema(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snowflake", "bigquery", "redshift", "postgres", "databricks"})
    void thereIsOneForEachWarehouseThatOnlyLists(String warehouse) throws IOException {
        List<String> own =
                macros().stream()
                        .filter(text -> text.contains(warehouse + "__schemas_like"))
                        .toList();

        assertThat(own)
                .singleElement()
                .satisfies(macro ->
                        assertThat(macro)
                                .startsWith("{% macro " + warehouse + "__schemas_like(wanted) %}")
                                .contains("'{{ wanted }}")
                                .contains("return(run_query(sql)")
                                .doesNotContainIgnoringCase("drop"));
    }

    @Test
    void theirJinjaIsBalanced() throws IOException {
        assertThat(macros()).hasSize(6).allSatisfy(DropSchemasTest::assertBalanced);
    }

    private static void assertBalanced(String macro) {
        Map<String, String> pairs = Map.of("{%", "%}", "{{", "}}", "(", ")", "[", "]");
        for (var pair : pairs.entrySet()) {
            assertThat(count(macro, pair.getKey()))
                    .as(pair.getKey())
                    .isEqualTo(count(macro, pair.getValue()));
        }
        for (String quote : List.of("'", "\"", "`")) {
            assertThat(count(macro, quote) % 2).as(quote).isZero();
        }
        Deque<String> open = new ArrayDeque<>();
        TAG.matcher(macro)
                .results()
                .forEach(tag -> {
                    String word = tag.group(1);
                    boolean block = word.equals("set") && !tag.group(2).contains("=");
                    if (OPENING.contains(word) || block) {
                        open.push(word);
                    } else if (word.startsWith("end")) {
                        assertThat("end" + open.pop()).isEqualTo(word);
                    }
                });
        assertThat(open).isEmpty();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<String> macros() throws IOException {
        return new ArrayList<>(
                BLOCK.matcher(page()).results().map(block -> block.group(1)).toList());
    }

    private static String page() throws IOException {
        return Files.readString(Repository.ROOT.resolve("docs/drop-schemas.md"));
    }
}
