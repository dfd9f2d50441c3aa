package io.jenkins.plugins.kubeflow.recurring;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.kubeflow.engine.schedule.CatchUp;
import io.jenkins.plugins.kubeflow.engine.schedule.ScheduleException;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The one clock of all recurring runs. It knows the next fire time of each, sleeps until the first of them, decides by the catch-up
 * rules what fires, writes that down, and only then queues it. Any thread may call; nothing here waits for a run.
 *
 * <p>A slot fires once: what is written down and has not begun is queued again, under the same run id, after a crash. A job that
 * cannot be built counts as switched off.
 */
@Extension
public class RecurringRunClock {
    private static final Logger LOGGER = Logger.getLogger(RecurringRunClock.class.getName());
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    private final FireTimes times = new FireTimes();
    private final Map<String, RecurringEntry> entries = new HashMap<>();
    private final Map<String, RecurringRecords> records = new HashMap<>();
    private final ClockThread thread = new ClockThread(this::tick);
    private Clock clock = Clock.systemUTC();

    public static RecurringRunClock get() {
        return ExtensionList.lookupSingleton(RecurringRunClock.class);
    }

    /** For tests. */
    synchronized void setClock(Clock other) {
        clock = other;
        thread.wakeAt(times.first(), clock);
    }

    synchronized Instant now() {
        return clock.instant();
    }

    /** Whether the job is a copy that still has the ids of its original. */
    synchronized boolean hasIdsOfAnotherJob(KubeflowPipeline job) {
        return RecurringRuns.of(job).stream()
                .map(run -> entries.get(run.getId()))
                .filter(Objects::nonNull)
                .map(entry -> Jenkins.get().getItemByFullName(entry.job, KubeflowPipeline.class))
                .anyMatch(other -> other != null && other != job);
    }

    /** A job was loaded, made or changed. */
    synchronized void sync(KubeflowPipeline job) {
        String name = job.getFullName();
        Set<String> gone = new HashSet<>();
        entries.forEach((id, entry) -> {
            if (entry.job.equals(name)) {
                gone.add(id);
            }
        });
        List<RecurringRun> runs = RecurringRuns.of(job);
        if (runs.isEmpty() && gone.isEmpty() && !records.containsKey(name)) {
            return;
        }
        try {
            RecurringRecords before = records(job);
            RecurringRecords after = before.copy();
            after.byId().keySet().retainAll(runs.stream().map(RecurringRun::getId).toList());
            for (RecurringRun run : runs) {
                gone.remove(run.getId());
                configure(job, run, after);
            }
            if (!after.byId().equals(before.byId())) {
                after.write(RecurringRecords.file(job.getRootDir().toPath()));
            }
            records.put(name, after);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "recurring runs of " + name + " do not fire: " + e.getMessage());
        }
        gone.forEach(this::drop);
        thread.wakeAt(times.first(), clock);
    }

    private RecurringRecords records(KubeflowPipeline job) throws IOException {
        RecurringRecords known = records.get(job.getFullName());
        return known != null ? known : RecurringRecords.read(RecurringRecords.file(job.getRootDir().toPath()));
    }

    private void configure(KubeflowPipeline job, RecurringRun run, RecurringRecords after) {
        Instant now = clock.instant();
        boolean on = run.isEnabled() && job.isBuildable();
        RecurringRecord record = after.byId().get(run.getId());
        record = record == null ? RecurringRecord.create(run, on, now) : record.configured(run, on, now);
        after.byId().put(run.getId(), record);
        RecurringEntry earlier = entries.get(run.getId());
        try {
            RecurringEntry entry = RecurringEntry.of(job.getFullName(), run, record);
            if (earlier != null) {
                entry.active.addAll(earlier.active);
            }
            record.pending().forEach(pending -> entry.active.add(pending.runId()));
            entries.put(run.getId(), entry);
            consider(run.getId(), record);
        } catch (ScheduleException e) {
            LOGGER.warning(() -> "recurring run ‘" + run.getName() + "’ of " + job.getFullName() + " does not fire: " + e.getMessage());
            drop(run.getId());
        }
    }

    /** Puts the next slot on the clock; one that has no room waits for the end of a run instead. */
    private void consider(String id, RecurringRecord record) {
        RecurringEntry entry = entries.get(id);
        boolean room = entry.active.size() < entry.run.getMaxConcurrency();
        Optional<Instant> next = record.enabled() && room ? entry.trigger.next(record.last()) : Optional.empty();
        if (next.isPresent()) {
            times.put(id, next.get());
        } else {
            times.remove(id);
        }
    }

    private void drop(String id) {
        entries.remove(id);
        times.remove(id);
    }

    /** A job is gone, or has another name now. */
    synchronized void forget(String job) {
        records.remove(job);
        List<String> ids = entries.entrySet().stream().filter(e -> e.getValue().job.equals(job)).map(Map.Entry::getKey).toList();
        ids.forEach(this::drop);
    }

    /** Fires what is due. Called by the clock's thread; a second call at the same moment does nothing. */
    void tick() {
        List<RecurringFiring> firings = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            Map<String, List<String>> dueByJob = new LinkedHashMap<>();
            for (String id : times.due(now)) {
                dueByJob.computeIfAbsent(entries.get(id).job, job -> new ArrayList<>()).add(id);
            }
            dueByJob.forEach((job, ids) -> firings.addAll(decide(job, ids, now)));
            thread.wakeAt(times.first(), clock);
        }
        firings.forEach(RecurringFiring::queue);
    }

    private List<RecurringFiring> decide(String jobName, List<String> ids, Instant now) {
        KubeflowPipeline job = Jenkins.get().getItemByFullName(jobName, KubeflowPipeline.class);
        RecurringRecords before = records.get(jobName);
        if (job == null || before == null) {
            forget(jobName);
            return List.of();
        }
        if (!job.isBuildable()) {
            sync(job);
            return List.of();
        }
        RecurringRecords after = before.copy();
        List<RecurringFiring> firings = new ArrayList<>();
        for (String id : ids) {
            RecurringEntry entry = entries.get(id);
            RecurringRecord record = after.byId().get(id);
            CatchUp.Due due = entry.due(record, now);
            for (Instant slot : due.slots()) {
                String runId = UUID.randomUUID().toString();
                record = record.fired(runId, slot, job.getNextBuildNumber(), true);
                firings.add(new RecurringFiring(job, entry.run, runId, slot, record.index(), null));
            }
            after.byId().put(id, record);
        }
        if (!written(job, after)) {
            ids.forEach(id -> times.put(id, now.plus(AFTER_TROUBLE)));
            return List.of();
        }
        firings.forEach(firing -> entries.get(firing.run().getId()).active.add(firing.runId()));
        ids.forEach(id -> consider(id, after.byId().get(id)));
        return firings;
    }

    private boolean written(KubeflowPipeline job, RecurringRecords after) {
        try {
            after.write(RecurringRecords.file(job.getRootDir().toPath()));
            records.put(job.getFullName(), after);
            return true;
        } catch (IOException e) {
            Path file = RecurringRecords.file(job.getRootDir().toPath());
            LOGGER.log(Level.WARNING, e, () -> "recurring runs wait: ‘" + file + "’ cannot be written: " + e.getMessage());
            return false;
        }
    }

    /**
     * Starts a run outside the schedule; its scheduled time is now. Whether there is room for it does not matter.
     *
     * @return the id of the run
     * @throws IOException with a sentence when it cannot be written down or is not known
     */
    String runNow(KubeflowPipeline job, String id, @CheckForNull String user) throws IOException {
        RecurringFiring firing;
        synchronized (this) {
            RecurringEntry entry = entries.get(id);
            RecurringRecords before = records.get(job.getFullName());
            if (entry == null || before == null || !before.byId().containsKey(id)) {
                throw new IOException("there is no such recurring run, or its schedule cannot be read");
            }
            RecurringRecords after = before.copy();
            String runId = UUID.randomUUID().toString();
            Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
            RecurringRecord record = before.byId().get(id).fired(runId, now, job.getNextBuildNumber(), false);
            after.byId().put(id, record);
            if (!written(job, after)) {
                throw new IOException("the run cannot be started: the disk of Jenkins does not take anything");
            }
            entry.active.add(runId);
            consider(id, record);
            firing = new RecurringFiring(job, entry.run, runId, now, record.index(), user);
        }
        firing.queue();
        return firing.runId();
    }

    /** A run has its build now. */
    synchronized void begun(KubeflowPipeline job, String id, String runId) {
        RecurringEntry entry = entries.get(id);
        if (entry != null) {
            entry.active.add(runId);
        }
        settle(job, id, runId);
    }

    /** A run has ended, or was taken out of the queue: there is room for the next. */
    synchronized void ended(KubeflowPipeline job, String id, String runId) {
        settle(job, id, runId);
        RecurringEntry entry = entries.get(id);
        RecurringRecords known = records.get(job.getFullName());
        if (entry != null && entry.active.remove(runId) && known != null && known.byId().containsKey(id)) {
            consider(id, known.byId().get(id));
            thread.wakeAt(times.first(), clock);
        }
    }

    private void settle(KubeflowPipeline job, String id, String runId) {
        RecurringRecords known = records.get(job.getFullName());
        RecurringRecord record = known == null ? null : known.byId().get(id);
        if (record != null && record.begun(runId) != record) {
            RecurringRecords after = known.copy();
            after.byId().put(id, record.begun(runId));
            written(job, after);
        }
    }

    /** What is known of a recurring run, for pages; null when it does not count on this clock. */
    @CheckForNull
    synchronized RecurringRunStatus status(KubeflowPipeline job, RecurringRun run) {
        RecurringRecords known = records.get(job.getFullName());
        RecurringRecord record = known == null ? null : known.byId().get(run.getId());
        RecurringEntry entry = entries.get(run.getId());
        return record == null || entry == null
                ? null
                : new RecurringRunStatus(entry.trigger, record, entry.active.size(), clock.instant());
    }

    /** After a restart: what had been decided and did not begin. */
    synchronized List<RecurringFiring> unfinished() {
        List<RecurringFiring> firings = new ArrayList<>();
        records.forEach((jobName, known) -> {
            KubeflowPipeline job = Jenkins.get().getItemByFullName(jobName, KubeflowPipeline.class);
            known.byId().forEach((id, record) -> {
                RecurringEntry entry = entries.get(id);
                if (job != null && entry != null) {
                    record.pending().forEach(run -> firings.add(new RecurringFiring(
                            job, entry.run, run.runId(), run.slot(), run.index(), null, run.build())));
                }
            });
        });
        return firings;
    }

    /** A job has another name; what is on its way stays on its way. */
    synchronized void moved(String from, KubeflowPipeline job) {
        Map<String, Set<String>> active = new HashMap<>();
        entries.forEach((id, entry) -> {
            if (entry.job.equals(from)) {
                active.put(id, entry.active);
            }
        });
        forget(from);
        sync(job);
        active.forEach((id, runs) -> {
            if (entries.containsKey(id)) {
                entries.get(id).active.addAll(runs);
            }
        });
    }

    /** From now on things fire. */
    synchronized void start() {
        thread.start();
        thread.wakeAt(times.first(), clock);
    }

    /** Nothing fires any more; what has fired is written down. */
    @Terminator
    public static void close() {
        get().stop();
    }

    void stop() {
        thread.stop();
    }
}
