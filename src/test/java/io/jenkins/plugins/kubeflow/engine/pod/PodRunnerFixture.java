package io.jenkins.plugins.kubeflow.engine.pod;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An API server in this process, a runner and a step; the test plays the kubelet. */
@Timeout(120)
abstract class PodRunnerFixture {
    static final String PODS = "POST /api/v1/namespaces/default/pods";
    static final String RUNNING = "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}]}";
    static final String WELL = "{exitCode: 0, message: \"kfp z\\n\"}";

    /** Events that the server sent before it knew of the watch come with the next list. */
    static final Duration RELIST = Duration.ofMillis(100);

    @TempDir
    Path run;

    FakeCluster cluster;
    PodRunner runner;
    PodStep step;

    @BeforeEach
    void up() {
        cluster = new FakeCluster();
        step = new PodStep(run);
        start(PodOptions.builder());
    }

    @AfterEach
    void down() {
        runner.close();
        cluster.close();
    }

    final void start(PodOptions.Builder options) {
        start(options, RELIST);
    }

    final void start(PodOptions.Builder options, Duration relist) {
        if (runner != null) {
            runner.close();
        }
        runner = new PodRunner(cluster.client, options.relist(relist).imagePatience(Duration.ZERO).build());
    }

    /** Launches the step; returns when its pod is there. */
    final void launch() throws InterruptedException {
        step.launchWith(runner);
        cluster.await(PODS, 1);
    }
}
