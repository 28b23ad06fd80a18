package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.regex.Pattern;

/// What a claim is worth: it is believed as far as what the platform itself shows agrees with it.
///
/// Everyone who may trigger a job can write any claim, and with it any commit, steps or schema.
/// They cannot choose what the platform shows of the trigger, of the checkout and of the job's
/// description, or it is what truly runs.
public final class Belief {

    private static final Pattern ABBREVIATED_COMMIT = Pattern.compile("[0-9a-fA-F]{7,12}");

    private final Snapshot seen;
    private final CiRequest request;

    public Belief(Snapshot seen, CiRequest request) {
        this.seen = seen;
        this.request = request;
    }

    /// Whether the claim of `run` says another commit, pull request or base job than the platform
    /// does. False for a run without a claim.
    ///
    /// @param base of which its job is known to be a lane
    public static boolean contradicts(ObservedRun run, JobId base) {
        Claim claim = run.claim();
        return claim != null
                && !(claim.base().equals(base)
                        && Objects.equals(claim.pullRequest(), run.pullRequest())
                        && agreesOnCommit(claim.sha(), run));
    }

    private static boolean agreesOnCommit(@Nullable String claimed, ObservedRun run) {
        String triggered = run.build().sha();
        if (claimed == null || triggered == null) {
            return claimed == null && triggered == null;
        }
        String checkedOut = run.commit();
        return triggered.startsWith(claimed)
                && (checkedOut == null
                        || !ABBREVIATED_COMMIT.matcher(claimed).matches()
                        || checkedOut.regionMatches(true, 0, claimed, 0, claimed.length()));
    }

    /// Whether `run` may be taken for what it says it is; a run without a claim says nothing.
    public boolean isCredible(ObservedRun run) {
        return run.claim() == null || (seen.isOnLane(run) && !contradicts(run, seen.base().id()));
    }

    /// Whether `run` builds exactly what this invocation would have built on the same lane, so that
    /// its result is this commit's.
    public boolean isSameBuild(ObservedRun run) {
        Build wanted = run.job().equals(seen.base().id()) ? request.onBase() : request.onClone();
        return run.claim() != null && isCredible(run) && run.build().equals(wanted);
    }

    /// Whether `run` has the own nonce from a trigger of this invocation, not from another caller
    /// who read the nonce there.
    public boolean isOfOwnNonce(ObservedRun run) {
        Claim claim = run.claim();
        return claim != null
                && claim.nonce().equals(seen.state().nonce())
                && Objects.equals(claim.sequence(), request.sequence())
                && isSameBuild(run);
    }

    /// Whether `run` builds into this pull request's schema, so that it can stand for a newer
    /// commit of it.
    public boolean isInOwnSchema(ObservedRun run) {
        String own = request.schema(seen.base().id());
        return own != null && own.equals(run.build().schema(run.pullRequest(), run.job()));
    }

    /// Whether `run` may write where this invocation's runs do: one of the pull request on a lane
    /// unless it names another schema, and any of the project that names the same one. A run of
    /// another pull request whose claim holds builds what its pipeline asked for, unless the schema
    /// is this one's by name.
    public boolean mayConflict(ObservedRun run) {
        String named = run.build().schema();
        JobId base = seen.base().id();
        if (isOfRequest(run) && seen.isOnLane(run)) {
            return named == null || request.isSchema(named, base);
        }
        return request.isNamedBy(run, base)
                && (run.claim() == null
                        || !isCredible(run)
                        || request.isOwnSchemaByName(run, base));
    }

    private boolean isOfRequest(ObservedRun run) {
        return request.matches(run)
                || seen.state().triggeredRuns().contains(run.id())
                || isOfOwnNonce(run);
    }
}
