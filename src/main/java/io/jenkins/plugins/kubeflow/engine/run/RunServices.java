package io.jenkins.plugins.kubeflow.engine.run;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a run needs from its surroundings; shared by runs, owned by whoever made it. {@code lanes} runs the serial lanes of all runs,
 * {@code io} everything that may block (cache look-ups, importing), {@code timer} only hands over to the lanes.
 */
public record RunServices(
        TaskRunner runner,
        Reuse reuse,
        Importing importing,
        Permits permits,
        Executor lanes,
        Executor io,
        ScheduledExecutorService timer,
        Clock clock) {}
