package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeJob.Ended;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A pull request's life in the recipe of each CI system.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class RecipeTest {

    private static final int RUNNING = 3;
    private static final int SUCCESS = 10;
    private static final int CANCELLED = 30;

    private static final String NOTHING_LEFT = "Nothing that this pipeline started is in progress.";

    @TempDir private Path folder;

    static List<RecipeProvider> providers() {
        return RecipeProvider.building();
    }

    /// The first recipe plays every scene in every build; the others in [OtherRecipesTest].
    static class Played implements ArgumentsProvider {

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return providers(context).map(Arguments::of);
        }

        Stream<RecipeProvider> providers(ExtensionContext context) {
            return context.getRequiredTestClass().equals(OtherRecipesTest.class)
                    ? RecipeProvider.all().stream().skip(1)
                    : RecipeProvider.all().stream().limit(1);
        }
    }

    /// For the others cancelling is killing.
    static final class PlayedSignalling extends Played {

        @Override
        Stream<RecipeProvider> providers(ExtensionContext context) {
            return super.providers(context).filter(RecipeProvider::signals);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void buildsAPullRequest(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);

            Ended ended = end(provider.start(machine, "quick", ""));

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.sandbox.runs())
                    .singleElement()
                    .satisfies(run -> {
                        assertThat(run.jobId()).isEqualTo(platform.job);
                        assertThat(run.status()).isEqualTo(SUCCESS);
                        assertThat(run.gitSha()).startsWith("1f3a6c0b9d2e");
                        assertThat(run.pullRequest()).containsValue(50L);
                        assertThat(run.schemaOverride())
                                .isEqualTo("dbt_cloud_pr_" + platform.job + "_50");
                    });
            assertThat(ended.err())
                    .contains(provider + ": ", "request 50, commit 1f3a6c0b9d2e")
                    .contains("Run " + platform.sandbox.runs().getFirst().id() + " succeeded")
                    .doesNotContain(NOTHING_LEFT);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void aSecondCommitTakesOverFromTheFirst(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);
            RecipeJob first = provider.start(machine, "slow", "");
            RunView old = running(platform, 0);
            var second = RecipeMachine.in(folder.resolve("second"), platform);

            Ended newer = end(provider.start(second, "quick", provider.newer()));
            Ended older = end(first);

            assertThat(newer.exitCode()).as(newer.err()).isZero();
            assertThat(newer.err()).contains("cancellation of run " + old.id());
            assertThat(older.exitCode()).as(older.err()).isEqualTo(4);
            assertThat(older.err()).contains("newer commit").doesNotContain(NOTHING_LEFT);
            assertThat(platform.run(old.id()).status()).isEqualTo(CANCELLED);
            assertThat(platform.sandbox.runs().getLast().status()).isEqualTo(SUCCESS);
            assertThat(platform.sandbox.runs().getLast().gitSha()).startsWith("222222222222");
        }
    }

    /// Where `dbtc` triggered nothing, there is nothing to clean up, and it is not started again.
    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void whatNeverHadARunIsNotCleanedUp(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var second = RecipeMachine.in(folder.resolve("second"), platform);
            Ended newer = end(provider.start(second, "quick", provider.newer()));
            Ended older = end(provider.start(RecipeMachine.in(folder, platform), "quick", ""));

            assertThat(newer.exitCode()).as(newer.err()).isZero();
            assertThat(older.exitCode()).as(older.err()).isEqualTo(4);
            assertThat(older.err())
                    .contains("Nothing was triggered: run ")
                    .doesNotContain(NOTHING_LEFT);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void aSecondPullRequestGetsAClone(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);
            RecipeJob first = provider.start(machine, "slow", "");
            RunView busy = running(platform, 0);
            var second = RecipeMachine.in(folder.resolve("second"), platform);

            Ended ended = end(provider.start(second, "quick", provider.other()));

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            RunView run = platform.sandbox.runs().getLast();
            assertThat(run.pullRequest()).containsValue(51L);
            assertThat(run.status()).isEqualTo(SUCCESS);
            assertThat(platform.clones())
                    .as("deleted")
                    .singleElement()
                    .satisfies(clone -> {
                        assertThat(clone.id()).isEqualTo(run.jobId());
                        assertThat(clone.state()).isEqualTo(2);
                    });
            assertThat(platform.run(busy.id()).isTerminal()).isFalse();
            platform.client.runs().cancel(1, busy.id());
            assertThat(end(first).exitCode()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void aFailureIsToldWhereAPersonLooks(RecipeProvider provider) throws IOException {
        try (var platform = Platform.starter()) {
            platform.sandbox.decide(
                    RunRule.always(
                                    ScriptedOutcome.failureAt("model.jaffle_shop.orders")
                                            .executing(Duration.ofSeconds(20)))
                            .containing("wrong"));
            var machine = RecipeMachine.in(folder, platform);

            Ended ended = end(provider.start(machine, "wrong", ""));

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
            long run = platform.sandbox.runs().getFirst().id();
            assertThat(ended.err())
                    .contains("Run " + run + " failed after ")
                    .contains("model orders (models/orders.sql): ")
                    .contains("Unrecognized name: order_total")
                    .contains("/runs/" + run + "/")
                    .doesNotContain(NOTHING_LEFT);
            switch (provider) {
                case RecipeOnGithub _ -> {
                    assertThat(ended.err()).contains("\n::error file=models/orders.sql,");
                    assertThat(Files.readString(machine.temp().resolve("summary")))
                            .contains("### Run " + run + " failed")
                            .contains("| model `orders` | `models/orders.sql` |");
                    assertThat(Files.readString(machine.temp().resolve("outputs")))
                            .contains("run_url<<", "\nfailed\n");
                }
                case RecipeOnAzure _ -> {
                    assertThat(ended.err()).contains("##vso[task.logissue type=error;sourcepath=");
                    assertThat(ended.outcomes()).containsEntry("Show models and tests", "success");
                    tellsWhy(machine.temp().resolve("dbtc-junit.xml"));
                }
                case RecipeOnGitlab _ -> {
                    tellsWhy(machine.work().resolve("dbtc-junit.xml"));
                    assertThat(Files.readString(machine.work().resolve("dbtc.env")))
                            .contains("DBTC_VERDICT=failed\n");
                }
                case RecipeOnBitbucket _ ->
                        tellsWhy(machine.work().resolve("test-results/dbtc.xml"));
                default -> tellsWhy(machine.work().resolve("dbtc-junit.xml"));
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void whatACancelledPipelineHasRunningIsCancelled(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);
            RecipeJob job = provider.start(machine, "slow", "");
            RunView run = running(platform, 0);

            job.cancel(provider::cancel);
            Ended ended = end(job);

            assertThat(ended.exitCode()).as(ended.err()).isNotZero();
            platform.await(run.id(), CANCELLED);
            assertThat(ended.err()).contains("Requested cancellation of run " + run.id());
            if (provider.signals()) {
                assertThat(ended.err()).contains("Stopping.").endsWith(NOTHING_LEFT + "\n");
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(PlayedSignalling.class)
    void whatAKilledCommandHasRunningIsCancelled(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);
            RecipeJob job = provider.start(machine, "slow", "");
            RunView run = running(platform, 0);

            job.hit(CommandProcess::kill);
            Ended ended = end(job);

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(137);
            assertThat(ended.err()).contains("Requested cancellation of run " + run.id());
            assertThat(platform.run(run.id()).status()).isEqualTo(CANCELLED);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void whatAPipelineDoesNotWaitForGoesOn(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            var machine = RecipeMachine.in(folder, platform);

            Ended ended = end(provider.start(machine, "slow", "DBTC_SHOULD_POLL=false"));

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.sandbox.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.isTerminal()).isFalse());
            assertThat(ended.err()).doesNotContain("cancellation of run", NOTHING_LEFT);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(Played.class)
    void closingEndsEverything(RecipeProvider provider) {
        try (var platform = Platform.starter()) {
            long elsewhere = platform.triggerElsewhere(platform.job, "slow", 51);
            var machine = RecipeMachine.in(folder, platform);
            RecipeJob job = provider.start(machine, "slow", "");
            RunView run = running(platform, 1);
            job.hit(CommandProcess::killChildren);
            job.hit(CommandProcess::kill);
            platform.client.runs().cancel(1, elsewhere);
            platform.await(elsewhere, CANCELLED);
            platform.sandbox.decide(
                    RunRule.always(ScriptedOutcome.success().executing(Duration.ofSeconds(20)))
                            .containing("drop the schemas"));
            var closing = RecipeMachine.in(folder.resolve("closing"), platform);

            Ended ended = end(provider.start(closing, "quick", provider.closed()));

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(platform.run(run.id()).status()).isEqualTo(CANCELLED);
            assertThat(platform.clones())
                    .allSatisfy(clone -> assertThat(clone.state()).isEqualTo(2));
            RunView drop = platform.sandbox.runs().getLast();
            assertThat(drop.status()).isEqualTo(SUCCESS);
            assertThat(platform.stepsOverride(drop.id()))
                    .containsExactly(
                            "dbt run-operation drop_pr_schemas --args"
                                    + " '{\"schema\":\"dbt_cloud_pr_%d_50\"}'"
                                            .formatted(platform.job));
            end(job);
        }
    }

    private static RunView running(Platform platform, int index) {
        Await.until(
                "run " + index + " is running",
                () -> platform.sandbox.runs().size() > index,
                () -> platform.sandbox.history().toString());
        RunView run = platform.sandbox.runs().get(index);
        platform.await(run.id(), RUNNING);
        return run;
    }

    /// Waits for a pipeline's end. However it ended, nothing that others wrote was executed or
    /// printed as it is.
    private Ended end(RecipeJob job) {
        Ended ended = job.end();
        assertThat(ended.out()).as("for people, all is on standard error").isEmpty();
        assertThat(ended.err()).doesNotContain("hello", "zzz", "::set-output", "variable=x");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(path -> path.endsWith("pwned"))).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ended;
    }

    private static void tellsWhy(Path junit) throws IOException {
        assertThat(Files.readString(junit))
                .contains(
                        "name=\"jaffle_shop.orders\" file=\"models/orders.sql\"",
                        "Unrecognized name: order_total");
    }
}
