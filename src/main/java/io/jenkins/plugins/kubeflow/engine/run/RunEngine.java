package io.jenkins.plugins.kubeflow.engine.run;

import io.jenkins.plugins.kubeflow.engine.graph.Command;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.RunGraph;
import io.jenkins.plugins.kubeflow.engine.graph.RunState;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A run under way: one serial lane that takes in events, writes them ahead to the journal, lets the graph decide, and carries its
 * commands out through the {@link RunServices}. Public methods may be called from any thread and never block on the lane's work.
 *
 * <p>Everything that matters survives a kill at any moment: {@link #resume} folds the journal and finds live attempts again.
 * Sentences on why a task waits are not journaled; they come again.
 */
public final class RunEngine implements AutoCloseable {
    private static final int BATCH = 1000;

    private final RunDirectory directory;
    private final RunRecord record;
    private final RunGraph graph;
    private final RunServices services;
    private final CommandExecutor executor;
    private final Object lock = new Object();
    private final Deque<Event> inbox = new ArrayDeque<>();
    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, String> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<RunState> done = new CompletableFuture<>();
    private final Object turn = new Object();
    private Journal journal;
    private boolean scheduled;
    private boolean closed;

    private RunEngine(RunDirectory directory, RunRecord record, PipelineSpec spec, RunServices services) {
        this.directory = directory;
        this.record = record;
        this.services = services;
        this.graph = new RunGraph(spec, record.context(), record.inputs(), record.graph());
        this.executor = new CommandExecutor(this, services);
    }

    /**
     * A new run in a directory that has a record and a spec but no journal yet. Listeners added before {@link #start} hear everything.
     *
     * @throws IOException when the journal cannot be made
     */
    public static RunEngine create(RunDirectory directory, RunRecord record, PipelineSpec spec, RunServices services)
            throws IOException {
        RunEngine engine = new RunEngine(directory, record, spec, services);
        engine.journal = Journal.open(directory.journal());
        return engine;
    }

    /**
     * The run of a directory as its journal tells it. Call {@link #start} to go on with it; without, it is a run to look at.
     *
     * @throws IOException when the journal cannot be read
     */
    public static RunEngine resume(RunDirectory directory, RunRecord record, PipelineSpec spec, RunServices services)
            throws IOException {
        RunEngine engine = new RunEngine(directory, record, spec, services);
        if (Files.exists(directory.journal())) {
            Journal.read(directory.journal(), engine.graph::apply);
        }
        return engine;
    }

    /** Begins, or goes on with what is outstanding. */
    public void start() {
        synchronized (turn) {
            try {
                if (journal == null) {
                    journal = Journal.open(directory.journal());
                }
            } catch (IOException e) {
                pause(e);
                return;
            }
        }
        List<Command> outstanding;
        RunState state;
        Instant startedAt;
        synchronized (lock) {
            state = graph.state();
            startedAt = graph.startedAt();
            outstanding = state == RunState.PENDING ? List.of() : graph.outstanding();
        }
        deadline(startedAt == null ? services.clock().instant() : startedAt, state);
        if (state == RunState.PENDING) {
            post(new Event.RunStarted(services.clock().instant()));
        } else {
            services.lanes().execute(() -> {
                synchronized (turn) {
                    perform(outstanding);
                }
            });
        }
    }

    private void deadline(Instant startedAt, RunState state) {
        long seconds = graph.spec().platform().pipelineConfig().path("activeDeadlineSeconds").asLong();
        if (seconds > 0 && !state.isFinal()) {
            Duration left = Duration.between(services.clock().instant(), startedAt.plusSeconds(seconds));
            services.timer().schedule(
                    () -> post(new Event.CancelRequested(
                            services.clock().instant(), null, false, "the run took longer than its limit of " + seconds + " s")),
                    Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the run to stop. Tasks that run are stopped, nothing new begins. A second call with {@code force} kills. */
    public void cancel(String by, boolean force) {
        post(new Event.CancelRequested(services.clock().instant(), by, force, null));
    }

    /** Completes when the run is final, or exceptionally with {@link RunPausedException}. */
    public CompletableFuture<RunState> done() {
        return done;
    }

    public RunDirectory directory() {
        return directory;
    }

    public RunRecord record() {
        return record;
    }

    /** Looks at the graph under the run's lock; whoever reads must be quick and must not keep what it got. */
    public <T> T read(Function<RunGraph, T> reader) {
        synchronized (lock) {
            return reader.apply(graph);
        }
    }

    /** Why a task that has been launched does not run yet, or null. */
    public String waitingFor(String path) {
        return waiting.get(path);
    }

    /** Somebody looks at the log of an attempt that may still be running: it is kept up to date for a while. Any thread. */
    public void watched(String handle) {
        services.runner().watched(handle);
    }

    public void listen(RunListener listener) {
        listeners.add(listener);
    }

    void message(String line) {
        listeners.forEach(listener -> listener.message(line));
    }

    /** A sentence on why a task waits has changed. */
    void waiting(String path, String why) {
        boolean changed = why == null ? waiting.remove(path) != null : !why.equals(waiting.put(path, why));
        if (changed) {
            services.lanes().execute(() -> {
                synchronized (lock) {
                    TaskNode node = graph.task(path);
                    if (node != null) {
                        listeners.forEach(listener -> listener.changed(graph, List.of(node)));
                    }
                }
            });
        }
    }

    /** Takes in an event; it is worked off on the lane in the order of posting. */
    void post(Event event) {
        synchronized (inbox) {
            inbox.add(event);
            if (scheduled || closed) {
                return;
            }
            scheduled = true;
        }
        services.lanes().execute(this::work);
    }

    private void work() {
        synchronized (turn) {
            List<Event> batch = new ArrayList<>();
            synchronized (inbox) {
                while (!inbox.isEmpty() && batch.size() < BATCH) {
                    batch.add(inbox.poll());
                }
            }
            if (!batch.isEmpty() && !done.isDone()) {
                try {
                    take(batch);
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    // an error of the engine itself must not leave whoever waits for the run waiting
                    executor.leave();
                    done.completeExceptionally(e);
                }
            }
        }
        synchronized (inbox) {
            scheduled = !inbox.isEmpty() && !closed;
            if (!scheduled) {
                return;
            }
        }
        services.lanes().execute(this::work);
    }

    private void take(List<Event> batch) {
        try {
            journal.append(batch);
        } catch (IOException e) {
            pause(e);
            return;
        }
        List<Command> commands = new ArrayList<>();
        synchronized (lock) {
            long before = graph.version();
            for (Event event : batch) {
                commands.addAll(graph.apply(event));
            }
            List<TaskNode> changed = graph.changedSince(before);
            for (TaskNode node : changed) {
                if (node.state().isFinal()) {
                    waiting.remove(node.path());
                }
            }
            listeners.forEach(listener -> listener.changed(graph, changed));
        }
        executor.journaled(batch);
        perform(commands);
    }

    private void perform(List<Command> commands) {
        for (Command command : commands) {
            if (command instanceof Command.Finish finish) {
                executor.whenStored(() -> finish(finish));
            } else {
                executor.perform(command);
            }
        }
    }

    private void finish(Command.Finish finish) {
        services.permits().forget(this);
        try {
            ResultDocument.write(this);
        } catch (IOException e) {
            pause(e);
            return;
        }
        done.complete(finish.state());
    }

    private void pause(IOException cause) {
        pause("‘" + directory.path() + "’ cannot be written: " + cause.getMessage() + ". Make room", cause);
    }

    /** Stops here for a reason outside the run, which somebody has to put right; safe to call from any thread, more than once. */
    void pause(String why, Throwable cause) {
        executor.leave();
        done.completeExceptionally(new RunPausedException(
                "the run is paused: " + why + " and resume it; nothing that has finished will run again", cause));
    }

    /** Leaves the run: what is running goes on by itself and is found again by {@link #resume}. */
    @Override
    public void close() {
        synchronized (inbox) {
            closed = true;
            inbox.clear();
        }
        executor.leave();
        synchronized (turn) {
            try {
                if (journal != null) {
                    journal.close();
                }
            } catch (IOException e) {
                message("the journal of ‘" + directory.path() + "’ could not be closed: " + e.getMessage());
            }
        }
    }
}
