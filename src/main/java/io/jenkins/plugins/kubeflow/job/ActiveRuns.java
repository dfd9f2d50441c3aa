package io.jenkins.plugins.kubeflow.job;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.init.Terminator;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The runs that are under way, by their external ids, in a file of the Jenkins home: what has to go on after a restart. Runs are
 * loaded lazily, so nobody else would know. Written when a run starts and ends.
 */
@Extension
public class ActiveRuns extends ItemListener {
    static final String RUNS_CLOSED = "kubeflow-runs-closed";
    private static final Logger LOGGER = Logger.getLogger(ActiveRuns.class.getName());

    private static final Duration LONGEST_BEGINNING = Duration.ofMinutes(1);

    private List<String> ids;
    /** Runs that an executor has and that have not said so themselves, with the time; one that never does is forgotten. */
    private final Map<String, Instant> beginning = new HashMap<>();

    static ActiveRuns get() {
        return ExtensionList.lookupSingleton(ActiveRuns.class);
    }

    /** Called under the queue's lock, so that nothing else is let go before the run counts. */
    synchronized void begins(PipelineRun run) {
        beginning.put(run.getExternalizableId(), Instant.now());
    }

    /** How many runs of some jobs, by their full names, are under way. Loads none. */
    public static long count(Predicate<String> jobs) {
        ActiveRuns active = get();
        synchronized (active) {
            Instant earliest = Instant.now().minus(LONGEST_BEGINNING);
            active.beginning.values().removeIf(earliest::isAfter);
            return Stream.concat(active.ids().stream(), active.beginning.keySet().stream())
                    .distinct()
                    .filter(id -> jobs.test(id.substring(0, id.lastIndexOf('#'))))
                    .count();
        }
    }

    synchronized void add(PipelineRun run) {
        beginning.remove(run.getExternalizableId());
        if (!ids().contains(run.getExternalizableId())) {
            ids().add(run.getExternalizableId());
            save();
        }
    }

    void remove(PipelineRun run) {
        synchronized (this) {
            beginning.remove(run.getExternalizableId());
            if (ids().remove(run.getExternalizableId())) {
                save();
            }
        }
        Queue.getInstance().scheduleMaintenance(); // another may have waited for this one's end
    }

    /** The job is found under another name, and its runs in another directory. */
    static void moved(KubeflowPipeline job, String oldFullName) {
        ActiveRuns active = get();
        synchronized (active) {
            String before = oldFullName + "#";
            active.ids().replaceAll(id -> id.startsWith(before) ? job.getFullName() + "#" + id.substring(before.length()) : id);
            active.save();
        }
        for (PipelineRun run : current()) {
            if (run.getParent() == job) {
                run.moved();
            }
        }
    }

    private List<String> ids() {
        if (ids == null) {
            ids = new ArrayList<>();
            XmlFile file = file();
            if (file.exists()) {
                try {
                    for (Object id : (List<?>) file.read()) {
                        ids.add((String) id);
                    }
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> file + " cannot be read: pipeline runs that were under way will not go on");
                }
            }
        }
        return ids;
    }

    private void save() {
        try {
            file().write(ids);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file() + " cannot be written: pipeline runs may not go on after a restart");
        }
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), ActiveRuns.class.getName() + ".xml"));
    }

    private synchronized List<PipelineRun> runs() {
        List<PipelineRun> runs = new ArrayList<>();
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            for (String id : List.copyOf(ids())) {
                Run<?, ?> run = Run.fromExternalizableId(id);
                if (run instanceof PipelineRun pipelineRun) {
                    runs.add(pipelineRun);
                } else {
                    ids().remove(id);
                }
            }
        }
        return runs;
    }

    /** The ids of the runs under way; a run is among them before it makes anything anywhere, and until it has cleared away. */
    public static Set<String> runIds() {
        return current().stream().map(PipelineRun::getRunId).collect(Collectors.toSet());
    }

    /** The runs under way. */
    public static List<PipelineRun> current() {
        return get().runs();
    }

    /** The job goes; those of its runs that no executor stands for would go on without it. */
    static void kill(KubeflowPipeline job) throws IOException {
        for (PipelineRun run : current()) {
            if (run.getParent() == job) {
                run.kill();
            }
        }
    }

    @Override
    public void onLoaded() {
        runs().forEach(PipelineRun::resume);
    }

    /** Before the shared services go. */
    @Terminator(attains = RUNS_CLOSED)
    public static void close() {
        get().runs().forEach(PipelineRun::leave);
    }
}
