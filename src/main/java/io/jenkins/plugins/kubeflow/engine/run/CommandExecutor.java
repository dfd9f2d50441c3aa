package io.jenkins.plugins.kubeflow.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.graph.Command;
import io.jenkins.plugins.kubeflow.engine.graph.Event;
import io.jenkins.plugins.kubeflow.engine.graph.TaskNode;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries out the graph's commands. An attempt's way: ask the cache (I/O pool), wait for a permit, journal "launched", and only when
 * that is on file, tell the runner. Called on the run's lane except where noted.
 */
final class CommandExecutor {
    private final RunEngine engine;
    private final RunServices services;
    private final LaunchFactory launches;
    private final Map<String, TaskLaunch> launching = new HashMap<>();
    private final Map<String, Reuse.Question> questions = new ConcurrentHashMap<>();
    /** Handles of attempts that hold a permit; guarded by itself. */
    private final Set<String> permitted = new HashSet<>();
    private final AtomicInteger storing = new AtomicInteger(1);
    private volatile Runnable afterStoring;
    private boolean left;

    CommandExecutor(RunEngine engine, RunServices services) {
        this.engine = engine;
        this.services = services;
        this.launches = new LaunchFactory(engine.directory(), engine.record());
    }

    void perform(Command command) {
        if (command instanceof Command.Launch launch) {
            launch(launch);
        } else if (command instanceof Command.Import task) {
            importArtifact(task);
        } else if (command instanceof Command.Delay delay) {
            services.timer().schedule(
                    () -> engine.post(new Event.RetryDue(now(), delay.path(), delay.attempt())),
                    Math.max(0, delay.delay().toMillis()), TimeUnit.MILLISECONDS);
        } else if (command instanceof Command.Stop stop) {
            services.runner().cancel(stop.handle(), stop.force());
        } else if (command instanceof Command.Adopt adopt) {
            adopt(adopt);
        }
    }

    private void launch(Command.Launch command) {
        TaskLaunch launch = describe(command.path(), command.attempt());
        TaskSpec.Caching caching = engine.read(graph -> graph.task(command.path()).spec().caching());
        boolean enabled = caching.enabled() && engine.record().cacheEnabled();
        Reuse.Question question = new Reuse.Question(launch, enabled, caching.key(), engine.directory());
        if (enabled) {
            questions.put(launch.path(), question);
        }
        if (command.attempt() == 1 && services.reuse().concerns(question)) {
            services.io().execute(() -> ask(question));
        } else {
            queue(launch, null);
        }
    }

    /** On an I/O thread. */
    private void ask(Reuse.Question question) {
        TaskLaunch launch = question.launch();
        Reuse.Answer answer;
        try {
            answer = services.reuse().find(question);
        } catch (RuntimeException e) {
            engine.message("task ‘" + launch.path() + "’ runs without having been looked up in the cache: " + e);
            answer = new Reuse.Answer.Run(null);
        }
        if (answer instanceof Reuse.Answer.Cached cached) {
            engine.post(new Event.CacheHit(now(), launch.path(), cached.outputs(), cached.explanation()));
        } else if (answer instanceof Reuse.Answer.Kept kept) {
            engine.post(new Event.Reused(now(), launch.path(), kept.outputs(), kept.attempts(), kept.explanation()));
        } else {
            queue(launch, answer.explanation());
        }
    }

    /** On the lane or an I/O thread. */
    private void queue(TaskLaunch launch, JsonNode explanation) {
        services.permits().request(engine, () -> {
            if (!hold(launch.handle())) {
                return;
            }
            synchronized (launching) {
                launching.put(launch.handle(), launch);
            }
            engine.post(new Event.Launched(now(), launch.path(), launch.attempt(), launch.handle(), explanation));
        });
    }

    /** Events are on file and in the graph: start what they announced, give back permits, remember successes. */
    void journaled(List<Event> events) {
        for (Event event : events) {
            if (event instanceof Event.Launched launched) {
                launched(launched);
            } else if (event instanceof Event.AttemptEnded ended) {
                ended(ended);
            }
        }
    }

    private void launched(Event.Launched event) {
        TaskLaunch launch;
        synchronized (launching) {
            launch = launching.remove(event.handle());
        }
        if (engine.read(graph -> graph.awaits(event.path(), event.attempt()))) {
            services.runner().launch(launch, new AttemptListener(launch.path(), launch.attempt()));
        } else {
            release(event.handle());
        }
    }

    private void ended(Event.AttemptEnded event) {
        TaskNode node = engine.read(graph -> graph.task(event.path()));
        if (node == null || node.component().executorLabel() == null) {
            return;
        }
        release(launches.handle(event.path(), event.attempt()));
        Reuse.Question question = questions.get(event.path());
        if (event.result().outcome() == AttemptResult.Outcome.SUCCEEDED && question != null) {
            questions.remove(event.path());
            store(question, event.result().outputs(), event.at());
        }
    }

    private void store(Reuse.Question question, TaskOutputs outputs, Instant at) {
        storing.incrementAndGet();
        services.io().execute(() -> {
            try {
                services.reuse().store(question, outputs, at);
            } finally {
                stored();
            }
        });
    }

    private void stored() {
        if (storing.decrementAndGet() == 0) {
            afterStoring.run();
        }
    }

    /** Runs the action when everything that is to be remembered has been. */
    void whenStored(Runnable action) {
        afterStoring = action;
        stored();
    }

    /** Keeps a granted permit for an attempt; once the run has been left, it goes back at once. */
    private boolean hold(String handle) {
        synchronized (permitted) {
            if (!left) {
                permitted.add(handle);
                return true;
            }
        }
        services.permits().release();
        return false;
    }

    /** The run is left or paused: its attempts go on by themselves, its permits are for others. */
    void leave() {
        List<String> held;
        synchronized (permitted) {
            left = true;
            held = List.copyOf(permitted);
        }
        services.permits().forget(engine);
        held.forEach(services.runner()::leave);
        held.forEach(this::release);
    }

    private void release(String handle) {
        boolean held;
        synchronized (permitted) {
            held = permitted.remove(handle);
        }
        if (held) {
            services.permits().release();
        }
    }

    private void adopt(Command.Adopt adopt) {
        TaskLaunch launch = describe(adopt.path(), adopt.attempt());
        services.permits().request(engine, () -> {
            if (hold(launch.handle()) && !engine.read(graph -> graph.awaits(adopt.path(), adopt.attempt()))) {
                release(launch.handle());
            }
        });
        services.runner().adopt(launch, adopt.reference(), new AttemptListener(adopt.path(), adopt.attempt()));
    }

    private void importArtifact(Command.Import command) {
        Importing.Request request = engine.read(graph -> {
            TaskNode node = graph.task(command.path());
            return new Importing.Request(
                    graph.context(),
                    node.path(),
                    node.key(),
                    node.component(),
                    (ExecutorSpec.Importer) graph.executor(node),
                    node.inputs(),
                    engine.directory());
        });
        services.io().execute(() ->
                engine.post(new Event.AttemptEnded(now(), command.path(), 1, imported(request))));
    }

    private AttemptResult imported(Importing.Request request) {
        try {
            AttemptResult result = services.importing().run(request);
            result.outputs().artifacts().values().forEach(list -> list.forEach(artifact -> noteAbsent(request, artifact)));
            return result;
        } catch (RuntimeException e) {
            return AttemptResult.failed(AttemptResult.Outcome.PLATFORM_FAILED, null, "the artifact could not be brought in: " + e);
        }
    }

    /** An import is a reference only, so nothing fails here; but who has mistyped a path should read it now, not in a later step. */
    private void noteAbsent(Importing.Request request, Artifact artifact) {
        if (services.importing().isAbsent(artifact)) {
            String where = LocalFiles.path(artifact.uri()) == null ? "in the store" : "on this machine";
            engine.message("task ‘" + request.path() + "’: imported ‘" + artifact.uri() + "’, where there is nothing " + where);
        }
    }

    private TaskLaunch describe(String path, int attempt) {
        return engine.read(graph -> launches.launch(graph, path, attempt));
    }

    private Instant now() {
        return services.clock().instant();
    }

    private final class AttemptListener implements TaskRunner.Listener {
        private final String path;
        private final int attempt;

        AttemptListener(String path, int attempt) {
            this.path = path;
            this.attempt = attempt;
        }

        @Override
        public void started(String reference) {
            engine.waiting(path, null);
            engine.post(new Event.Started(now(), path, attempt, reference));
        }

        @Override
        public void waiting(String why) {
            engine.waiting(path, why);
        }

        @Override
        public void ended(AttemptResult result) {
            engine.post(new Event.AttemptEnded(now(), path, attempt, result));
        }

        @Override
        public void impossible(String why) {
            engine.pause("task ‘" + path + "’ cannot be started: " + why, null);
        }
    }
}
