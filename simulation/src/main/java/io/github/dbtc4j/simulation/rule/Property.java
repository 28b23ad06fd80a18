package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.IndexedHistory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What must hold in every history, whatever goes wrong in it: nothing unsafe happens, and what
/// should happen does once the platform answers.
public enum Property {
    S1("one run of a pull request executes at a time"),
    S2("no older commit's run beside a known newer one"),
    S3("only own pull request's runs on own lanes are cancelled"),
    S4("no newer commit's run is cancelled"),
    S5("a pipeline has one complete execution"),
    S6("only idle clones of the own base job are deleted"),
    S7("only what was asked for is written: triggers, and clones like the base job"),
    S8("success: that commit and nothing else was built"),
    S9("one run survives of each intent"),
    S10("no token is told to anybody"),
    S11("calls are bounded"),
    S12("one run at a time writes into a schema that several pull requests name"),
    S13("no clone is triggered beyond the cap"),
    L1("the newest pipeline gets its verdict"),
    L2("a superseded pipeline ends soon"),
    L3("no clone is left"),
    L4("no pipeline goes on for ever"),
    L5("runs are bounded"),
    L6("a rate limit is sat out in silence"),
    L7("who gives up leaves no run behind");

    private final String title;

    Property(String title) {
        this.title = title;
    }

    /// What must hold, in a sentence without a full stop.
    public String title() {
        return title;
    }

    /// Where `history` breaks this rule.
    public List<Violation> violations(History history) {
        return violations(new IndexedHistory(history));
    }

    /// Where `history` breaks any rule.
    public static List<Violation> all(History history) {
        return all(new IndexedHistory(history));
    }

    static List<Violation> all(IndexedHistory evidence) {
        return Arrays.stream(values()).flatMap(rule -> rule.violations(evidence).stream()).toList();
    }

    private List<Violation> violations(IndexedHistory evidence) {
        return switch (this) {
            case S1 -> OverlapCheck.check(evidence);
            case S2 -> OrderCheck.check(evidence);
            case S3 ->
                    both(
                            CancelCheck.foreign(evidence),
                            both(ForgeryCheck.cancels(evidence), ProjectCheck.cancels(evidence)));
            case S4 -> CancelCheck.newer(evidence);
            case S5 -> ExecutionCheck.twice(evidence);
            case S6 -> both(DeleteCheck.check(evidence), ProjectCheck.deletes(evidence));
            case S7 -> both(WriteCheck.check(evidence), LikenessCheck.check(evidence));
            case S8 -> both(SuccessCheck.check(evidence), ForgeryCheck.verdicts(evidence));
            case S9 -> ExecutionCheck.survivors(evidence);
            case S10 -> TokenLeakCheck.check(evidence);
            case S11 -> BudgetCheck.calls(evidence);
            case S12 -> OverlapCheck.inSharedSchema(evidence);
            case S13 -> SlotsCheck.check(evidence);
            case L1 -> both(VerdictCheck.newest(evidence), ForgeryCheck.supersessions(evidence));
            case L2 -> VerdictCheck.superseded(evidence);
            case L3 -> CloneCheck.check(evidence);
            case L4 -> VerdictCheck.endless(evidence);
            case L5 -> BudgetCheck.runs(evidence);
            case L6 -> CooldownCheck.check(evidence);
            case L7 -> AbandonCheck.check(evidence);
        };
    }

    private static List<Violation> both(List<Violation> one, List<Violation> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
