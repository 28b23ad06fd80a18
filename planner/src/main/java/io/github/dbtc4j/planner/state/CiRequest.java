package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// What one invocation is asked for: a run of its own for one commit of one pull request.
///
/// @param pullRequest null when the payload names none; then no run is ever stale
/// @param sequence where this pipeline stands in the order of its CI system, null when unknown
/// @param sha the first twelve characters of the commit, null when the payload names none
/// @param onBase what its run builds on the base job, null when none is going to be triggered
/// @param onClone what its run builds on a clone, null likewise
public record CiRequest(
        @Nullable PullRequest pullRequest,
        @Nullable Sequence sequence,
        @Nullable String sha,
        @Nullable Build onBase,
        @Nullable Build onClone) {

    /// For telling what a pipeline [triggered][#triggered], not for triggering anything.
    public CiRequest(
            @Nullable PullRequest pullRequest, @Nullable Sequence sequence, @Nullable String sha) {
        this(pullRequest, sequence, sha, null, null);
    }

    /// Whether the platform shows `run` to be of the pull request, and it is none that only bears
    /// the same number: its order is counted elsewhere, and what it builds conflicts with nothing
    /// here. Two repositories may share a base job, and so may two workflows of one pull request
    /// that build side by side.
    public boolean matches(ObservedRun run) {
        return pullRequest != null
                && pullRequest.equals(run.pullRequest())
                && !(isCountedElsewhere(run) && namesOtherSchema(run));
    }

    private boolean isCountedElsewhere(ObservedRun run) {
        Sequence theirs = run.claim() == null ? null : run.claim().sequence();
        return sequence != null && theirs != null && !sequence.isComparableTo(theirs);
    }

    /// What is not named is not compared: the platform's own choice depends on the lane.
    private boolean namesOtherSchema(ObservedRun run) {
        String own = namedSchema();
        String theirs = run.build().schema();
        return own != null && theirs != null && !SchemaName.mayBeOne(own, theirs);
    }

    public boolean matches(ObservedClone clone) {
        return pullRequest != null && pullRequest.equals(clone.pullRequest());
    }

    /// The schema that the payload names, null when it names none.
    public @Nullable String namedSchema() {
        return onBase == null ? null : onBase.schema();
    }

    /// Whether the payload names a schema, and `run` the same, in the same project.
    public boolean namesSchemaOf(ObservedRun run) {
        String own = namedSchema();
        String theirs = run.build().schema();
        return own != null
                && theirs != null
                && onBase != null
                && run.build().project() == onBase.project()
                && SchemaName.mayBeOne(own, theirs);
    }

    /// Whether `run` names the schema that this builds into, in the same project: it writes there,
    /// on any job and for any pull request. False for a request without a pull request.
    ///
    /// @param base the base job
    public boolean isNamedBy(ObservedRun run, JobId base) {
        return isNamedBy(run.build().project(), run.build().schema(), base);
    }

    /// Whether a run of `project` that names `schema`, or none where that is null, names the one
    /// that this builds into: as for a run that was [observed][#isNamedBy(ObservedRun, JobId)].
    ///
    /// @param base the base job
    public boolean isNamedBy(long project, @Nullable String schema, JobId base) {
        return pullRequest != null
                && onBase != null
                && schema != null
                && project == onBase.project()
                && isSchema(schema, base);
    }

    /// Whether `schema` may be that which this builds into.
    boolean isSchema(String schema, JobId base) {
        String own = schema(base);
        return own == null || SchemaName.mayBeOne(own, schema);
    }

    /// The schema that this builds into, null when that is up to the platform.
    @Nullable String schema(JobId base) {
        return onBase == null ? null : onBase.schema(pullRequest, base);
    }

    /// Whether the schema that this builds into bears the number of this pull request, and `run` is
    /// of one with another number: no pipeline of that one has reason to write there.
    boolean isOwnSchemaByName(ObservedRun run, JobId base) {
        String own = schema(base);
        return own != null
                && pullRequest != null
                && !(run.pullRequest() != null
                        && run.pullRequest().number() == pullRequest.number())
                && Pattern.compile("(?<!\\d)" + pullRequest.number() + "(?!\\d)")
                        .matcher(own)
                        .find();
    }

    /// Whether the pipeline of this request triggered `run`: its claim, which nothing the platform
    /// shows contradicts, has the same sequence or, if this has none, none and the same commit.
    public boolean triggered(ObservedRun run) {
        return run.claim() != null
                && !Belief.contradicts(run, run.claim().base())
                && (sequence == null
                        ? run.claim().sequence() == null && isForCommitOf(run)
                        : sequence.equals(run.claim().sequence()));
    }

    /// Whether `run` says that it was triggered for the same commit; false when either of them
    /// names none.
    public boolean isForCommitOf(ObservedRun run) {
        return sha != null && run.claim() != null && sha.equals(run.claim().sha());
    }
}
