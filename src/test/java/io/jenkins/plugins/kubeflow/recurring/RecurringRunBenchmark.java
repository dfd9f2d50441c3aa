package io.jenkins.plugins.kubeflow.recurring;

import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Prints what a tick costs with 10 000 recurring runs, for docs/performance.md: {@code mvnw test -Dtest=RecurringRunBenchmark}. */
@WithJenkins
class RecurringRunBenchmark {
    private static final int JOBS = 10;
    private static final int EACH = 1000;
    private static final int TIMES = 21;

    @Test
    void tick(JenkinsRule r) throws Exception {
        RecurringRunClock clock = RecurringRunClock.get();
        clock.stop();
        Instant nine = Instant.parse("2026-03-02T09:00:00Z");
        clock.setClock(Clock.fixed(nine, ZoneOffset.UTC));
        for (int j = 0; j < JOBS; j++) {
            KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, "job" + j);
            job.setDefinition(new InlineDefinition("name: hello\nimplementation:\n  container: {image: busybox, command: [echo, hello]}\n"));
            List<RecurringRun> runs = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                RecurringRun run = new RecurringRun("run " + i, new CronRecurrence("0 " + i % 60 + " " + (10 + i % 12) + " * * *"));
                run.setTimeZone("UTC");
                runs.add(run);
            }
            RecurringRuns.change(job, none -> runs);
        }
        long[] nanos = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            clock.setClock(Clock.fixed(nine.plusSeconds(i), ZoneOffset.UTC));
            long begun = System.nanoTime();
            clock.tick();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf("FIGURE a tick with %d recurring runs of which none is due: %.3f ms (median of %d)%n",
                JOBS * EACH, nanos[TIMES / 2] / 1e6, TIMES);
    }
}
