package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What has become of one recurring run so far. {@code last} is the slot that fired last; {@code pending} are runs that were decided
 * and written down before they were queued, and have not begun: they are queued again after a crash, under the same id.
 */
record RecurringRecord(
        String name,
        Instant created,
        boolean enabled,
        @CheckForNull Instant enabledSince,
        String rhythm,
        @CheckForNull Instant last,
        long index,
        List<Pending> pending) {

    /** {@code build} is the lowest number that the run's build can have. */
    record Pending(String runId, Instant slot, long index, int build) {}

    static RecurringRecord create(RecurringRun run, boolean enabled, Instant now) {
        return new RecurringRecord(run.getName(), now, enabled, null, run.rhythm(), null, 0, List.of());
    }

    /** After a change of the configuration: what passed while it was off, or by an earlier rhythm, is not made up for. */
    RecurringRecord configured(RecurringRun run, boolean nowEnabled, Instant now) {
        boolean anew = nowEnabled && !enabled || !rhythm.equals(run.rhythm());
        return new RecurringRecord(
                run.getName(), created, nowEnabled, anew ? now : enabledSince, run.rhythm(), last, index, pending);
    }

    RecurringRecord fired(String runId, Instant slot, int build, boolean scheduled) {
        List<Pending> more = new ArrayList<>(pending);
        more.add(new Pending(runId, slot, index + 1, build));
        return new RecurringRecord(name, created, enabled, enabledSince, rhythm, scheduled ? slot : last, index + 1, List.copyOf(more));
    }

    RecurringRecord begun(String runId) {
        List<Pending> left = pending.stream().filter(run -> !run.runId().equals(runId)).toList();
        return left.size() == pending.size()
                ? this
                : new RecurringRecord(name, created, enabled, enabledSince, rhythm, last, index, left);
    }
}
