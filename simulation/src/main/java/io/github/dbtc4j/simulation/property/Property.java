package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.IndexedHistory;

import java.util.Arrays;
import java.util.List;

/// A safety or liveness condition: it holds in every history, with any faults in it. Nothing unsafe
/// happens, and what should happen does once the platform answers.
@SuppressWarnings("ImmutableEnumChecker") // the checkers have no state
public enum Property {
    S1("one run of a pull request executes at a time", OverlapCheck::check),
    S2("no older commit's run beside a known newer one", OrderCheck::check),
    S3(
            "only own pull request's runs on own lanes are cancelled",
            CancelCheck::check,
            ForgeryCheck::cancels,
            ProjectCheck::cancels),
    S4("no newer commit's run is cancelled", NewerCancelCheck::check),
    S5("a pipeline has one complete execution", ExecutionCheck::check),
    S6(
            "only idle clones of the own base job are deleted",
            DeleteCheck::check,
            ProjectCheck::deletes),
    S7(
            "only what was asked for is written: triggers, and clones like the base job",
            WriteCheck::check,
            LikenessCheck::check),
    S8(
            "success: that commit and nothing else was built",
            SuccessCheck::check,
            ForgeryCheck::verdicts),
    S9("one run survives of each intent", NonceCheck::check),
    S10("no token is told to anybody", TokenLeakCheck::check),
    S11("calls are bounded", BudgetCheck::check),
    S12(
            "one run at a time writes into a schema that several pull requests name",
            OverlapCheck::inSharedSchema),
    S13("no clone is triggered beyond the cap", SlotsCheck::check),
    L1("the newest pipeline gets its verdict", VerdictCheck::check, ForgeryCheck::supersessions),
    L2("a superseded pipeline ends soon", SupersededCheck::check),
    L3("no clone is left", CloneCheck::check),
    L4("no pipeline goes on for ever", TerminationCheck::check),
    L5("runs are bounded", RunCountCheck::check),
    L6("a rate limit is sat out in silence", CooldownCheck::check),
    L7("who gives up leaves no run behind", AbandonCheck::check);

    private final String title;
    private final List<Checker> checkers;

    /// Returns where a history breaks a property.
    @FunctionalInterface
    private interface Checker {
        List<Violation> check(IndexedHistory history);
    }

    Property(String title, Checker... checkers) {
        this.title = title;
        this.checkers = List.of(checkers);
    }

    /// Returns what must hold, in a sentence without a full stop.
    public String title() {
        return title;
    }

    /// Returns where `history` breaks this property.
    public List<Violation> violations(History history) {
        return violations(new IndexedHistory(history));
    }

    /// Returns where `history` breaks any property.
    public static List<Violation> all(History history) {
        return all(new IndexedHistory(history));
    }

    /// Returns where `history` breaks any property.
    public static List<Violation> all(IndexedHistory history) {
        return Arrays.stream(values())
                .flatMap(property -> property.violations(history).stream())
                .toList();
    }

    private List<Violation> violations(IndexedHistory history) {
        return checkers.stream().flatMap(checker -> checker.check(history).stream()).toList();
    }
}
