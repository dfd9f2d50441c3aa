package io.jenkins.plugins.kubeflow;

import io.jenkins.plugins.kubeflow.config.KubeflowConfiguration;
import io.jenkins.plugins.kubeflow.job.InlineDefinition;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.job.PipelineRun;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Prints what runs cost in Jenkins, for docs/performance.md; no part of the tests, since figures are no assertions. Wants the command
 * line built: {@code mvnw -f pom-engine.xml package}, then {@code mvnw test -Dtest=JenkinsBenchmark}.
 */
class JenkinsBenchmark {
    private static final int TIMES = 5;
    private static final int TASKS = 500;
    private static final int JOBS = 1000;
    private static final int RUNS = 100;
    private static final String CLI = "target/engine/kubeflow-pipelines-engine.jar";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    private static String pipeline(String name) throws Exception {
        return Files.readString(Path.of("src/test/pipelines", name + ".yaml"));
    }

    private static KubeflowPipeline job(JenkinsRule r, String name, String text) throws Exception {
        KubeflowPipeline job = r.jenkins.createProject(KubeflowPipeline.class, name);
        job.setDefinition(new InlineDefinition(text));
        job.save();
        return job;
    }

    /** The same 1 000 echoes in turns, two at a time in both: from the journal's first to its last moment. */
    @Test
    void aThousandTasks() throws Throwable {
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            KubeflowConfiguration.get().setParallelism(2);
            KubeflowPipeline job = job(r, "thousand", pipeline("thousand"));
            double[] here = new double[TIMES];
            double[] there = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                PipelineRun run = r.buildAndAssertSuccess(job);
                here[i] = seconds(run.directory().journal());
                Path out = directory.resolve("out" + i);
                Process cli = new ProcessBuilder("java", "-jar", CLI, "run", "src/test/pipelines/thousand.yaml", "--out", out.toString(),
                                "--parallelism", "2", "--no-cache", "--quiet")
                        .redirectErrorStream(true).redirectOutput(new File("/dev/null")).start();
                if (cli.waitFor() != 0) {
                    throw new IllegalStateException("the command line failed");
                }
                there[i] = seconds(out.resolve("journal.jsonl"));
            }
            Arrays.sort(here);
            Arrays.sort(there);
            System.out.printf("FIGURE 1 000 tasks: Jenkins %.2f s, command line %.2f s, ratio of medians %.2f%n",
                    here[TIMES / 2], there[TIMES / 2], here[TIMES / 2] / there[TIMES / 2]);
        });
    }

    private static double seconds(Path journal) throws Exception {
        List<String> lines = Files.readAllLines(journal);
        return (moment(lines.get(lines.size() - 1)) - moment(lines.get(0))) / 1000.0;
    }

    private static long moment(String line) {
        return java.time.Instant.parse(line.replaceFirst(".*?\"at\":\"([^\"]+)\".*", "$1")).toEpochMilli();
    }

    /** Sleeping tasks side by side: threads and heap of the controller with and without them. */
    @Test
    void runningTasks() throws Throwable {
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            KubeflowConfiguration.get().setParallelism(TASKS);
            r.buildAndAssertSuccess(job(r, "before", pipeline("thousand")));
            long heap = heap();
            int threads = threads();
            StringBuilder items = new StringBuilder();
            for (int i = 0; i < TASKS; i++) {
                items.append(i == 0 ? "" : ", ").append('"').append(i).append('"');
            }
            String text = pipeline("thousand").replaceAll("(?s)raw: '\\[.*?\\]'", "raw: '[" + items + "]'").replace("- echo\n", "- sh\n        - -c\n        - sleep 600\n");
            PipelineRun run = job(r, "sleeping", text).scheduleBuild2(0).waitForStart();
            while (run.engine() == null || run.engine().read(graph -> graph.changedSince(0).stream()
                    .filter(node -> node.state().name().equals("RUNNING")).count()) < TASKS) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            System.out.printf("FIGURE %d running tasks: %.1f KB of heap each, %d more threads in all%n",
                    TASKS, (heap() - heap) / 1024.0 / TASKS, threads() - threads);
            run.cancel();
            r.waitForCompletion(run);
        });
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).count();
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A home with many runs: what of them a start of Jenkins loads. */
    @Test
    void manyRuns() throws Throwable {
        sessions.then(r -> {
            KubeflowConfiguration.get().setLocalProcesses(true);
            KubeflowPipeline model = job(r, "model", "name: hello\nimplementation:\n  container: {image: busybox, command: [echo, hello]}\n");
            PipelineRun run = r.assertBuildStatusSuccess(model.scheduleBuild2(0));
            String build = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
            Path jobs = r.jenkins.getRootDir().toPath().resolve("jobs");
            for (int j = 0; j < JOBS; j++) {
                Path job = jobs.resolve("job" + j);
                Files.createDirectories(job);
                Files.copy(model.getConfigFile().getFile().toPath(), job.resolve("config.xml"));
                Files.writeString(job.resolve("nextBuildNumber"), String.valueOf(RUNS + 1));
                for (int n = 1; n <= RUNS; n++) {
                    Files.writeString(Files.createDirectories(job.resolve("builds/" + n)).resolve("build.xml"), build);
                }
            }
        });
        long begun = System.nanoTime();
        sessions.then(r -> {
            double started = (System.nanoTime() - begun) / 1e9;
            long loaded = r.jenkins.getAllItems(KubeflowPipeline.class).stream().mapToLong(job -> job.getLazyBuildMixIn()._getRuns().getLoadedBuilds().size()).sum();
            System.out.printf("FIGURE start with %d jobs x %d runs: %.1f s, %d runs loaded%n", JOBS, RUNS, started, loaded);
        });
    }
}
