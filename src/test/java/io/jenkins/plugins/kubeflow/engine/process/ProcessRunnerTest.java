package io.jenkins.plugins.kubeflow.engine.process;

import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.CANCELED;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.PLATFORM_FAILED;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.SUCCEEDED;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.TIMED_OUT;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.USER_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as processes: exit, output, environment, time-out, cancellation. */
@DisabledOnOs(OS.WINDOWS)
class ProcessRunnerTest {
    @TempDir
    Path directory;

    private ProcessRunner runner;

    @BeforeEach
    void start() {
        runner = new ProcessRunner(options());
    }

    private ProcessOptions options() {
        return ProcessOptions.defaults().withEnvironmentsDirectory(directory.resolve("envs")).withGrace(Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        runner.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exit 0               | SUCCEEDED   | 0   |
            exit 3               | USER_FAILED | 3   | exit code 3
            exit 255             | USER_FAILED | 255 | exit code 255
            kill -9 $$           | USER_FAILED | 137 | ended by signal SIGKILL (the system may have run out of memory)
            kill -TERM $$        | USER_FAILED | 143 | ended by signal SIGTERM
            exec no-such-program | USER_FAILED | 127 | exit code 127
            """)
    void anEnd(String script, AttemptResult.Outcome outcome, int code, String message) throws Exception {
        TestStep step = TestStep.sh(directory, script);
        AttemptResult result = step.runWith(runner);
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.message()).isEqualTo(message);
        assertThat(step.started).isCompletedWithValueMatching(reference -> reference.matches("\\d+:\\d+"));
    }

    @Test
    void whatAStepUsedIsKnown() throws Exception {
        Usage used = TestStep.sh(directory, "head -c 100000000 /dev/zero | tail -c 90000000 > /dev/null").runWith(runner).usage();
        assertThat(used.processorSeconds()).isGreaterThan(0);
        assertThat(used.peakMemory()).isBetween(80_000_000L, 400_000_000L);
        assertThat(TestStep.sh(Files.createDirectory(directory.resolve("small")), "exit 4").runWith(runner).usage().peakMemory()).isLessThan(80_000_000L);
    }

    @Test
    void aMissingCommandIsExplainedInResultAndLog() throws Exception {
        TestStep step = new TestStep(directory, "missing", "no-such-program", "cp");
        AttemptResult result = step.runWith(runner);
        assertThat(result.outcome()).isEqualTo(USER_FAILED);
        assertThat(result.message()).isEqualTo("the command ‘no-such-program’ was not found on this machine (container images are not used here)");
        assertThat(step.log()).contains("‘no-such-program’ was not found");
    }

    @Test
    void anImageWithoutCommandIsExplained() throws Exception {
        assertThat(new TestStep(directory, "bare").runWith(runner).message()).contains("entrypoint of image ‘python:3.11’");
    }

    @Test
    void outputAndErrorsStandInTheLogInOrder() throws Exception {
        TestStep step = TestStep.sh(directory, "for i in 1 2 3; do echo out $i; echo err $i >&2; done");
        step.runWith(runner);
        assertThat(step.log()).isEqualTo("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n");
    }

    @Test
    void outputFilesBecomeOutputs() throws Exception {
        TestStep step = TestStep.sh(directory, "printf 42 > \"$0\"; printf data > \"$1\"",
                        "{{$.outputs.parameters['n'].output_file}}", "{{$.outputs.artifacts['d'].path}}")
                .output("n", ParameterType.NUMBER_INTEGER)
                .artifact("d");
        AttemptResult result = step.runWith(runner);
        assertThat(result.outcome()).as(result.message()).isEqualTo(SUCCEEDED);
        assertThat(result.outputs().parameters().get("n").asInt()).isEqualTo(42);
        String uri = result.outputs().artifacts().get("d").get(0).uri();
        assertThat(uri).isEqualTo(directory.resolve("artifacts/sh/1/d").toString());
        assertThat(Path.of(uri)).hasContent("data");
    }

    @Test
    void aMissingOutputParameterFailsTheStep() throws Exception {
        AttemptResult result = TestStep.sh(directory, "true").output("n", ParameterType.STRING).runWith(runner);
        assertThat(result.outcome()).isEqualTo(USER_FAILED);
        assertThat(result.message()).startsWith("output parameter ‘n’ was not written");
    }

    @Test
    void environmentIsTheUsualOnePlusRunPlusExecutorWithReferencesExpanded() throws Exception {
        TestStep step = TestStep.sh(directory, "echo \"$A|$B|$C|$D|${HOME:+home}|$(pwd -P)|$RUN\"")
                .runEnv("RUN", "r1").runEnv("A", "from run")
                .env("A", "a").env("B", "$(A)-$(RUN)-$(NONE)").env("C", "$$(A)").env("D", "{{$.pipeline_job_uuid}}");
        step.runWith(runner);
        assertThat(step.log().trim()).isEqualTo(
                "a|a-r1-$(NONE)|$(A)|run-1|home|" + directory.toRealPath().resolve("tasks/sh/1/work") + "|r1");
    }

    @Test
    void aStepHasItsOwnSessionAndNoForeignDescriptors() throws Exception {
        TestStep step = new TestStep(directory, "own", "python3", "-c",
                "import os; print(os.getsid(0) == os.getpid(), sorted(map(int, os.listdir('/dev/fd')))[:3], len(os.listdir('/dev/fd')))");
        step.runWith(runner);
        assertThat(step.log().trim()).isEqualTo("True [0, 1, 2] 4");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void timeOutEndsTheWholeTreeEvenWhatLeftItsGroup() throws Exception {
        TestStep step = TestStep.sh(directory, "trap '' TERM; sleep 300 & setsid sleep 301 & setsid sh -c 'setsid sleep 302 &'; sleep 303")
                .timeout(1);
        AttemptResult result = step.runWith(runner);
        assertThat(result.outcome()).isEqualTo(TIMED_OUT);
        assertThat(result.message()).isEqualTo("ran longer than its limit of 1 s");
        assertThat(step.living()).isEmpty();
    }

    @Test
    void cancelIsPoliteFirst() throws Exception {
        TestStep step = TestStep.sh(directory, "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.05; done").launchWith(runner);
        step.awaitLog("up");
        runner.cancel(step.handle(), false);
        assertThat(step.await().outcome()).isEqualTo(CANCELED);
        assertThat(step.log()).contains("bye");
    }

    @Test
    void cancelByForceDoesNotWait() throws Exception {
        TestStep step = TestStep.sh(directory, "trap 'echo bye' TERM; echo up; while :; do sleep 0.05; done").launchWith(runner);
        step.awaitLog("up");
        runner.cancel(step.handle(), true);
        assertThat(step.await().outcome()).isEqualTo(CANCELED);
        assertThat(step.log()).doesNotContain("bye");
    }

    @Test
    void cancelGivesTheWholeFamilyItsGrace() throws Exception {
        TestStep step = TestStep.sh(directory, "sh -c 'trap \"sleep 0.5; echo saved; exit 0\" TERM; echo up; while :; do sleep 0.05; done'; true")
                .launchWith(runner);
        step.awaitLog("up");
        runner.cancel(step.handle(), false);
        assertThat(step.await().outcome()).isEqualTo(CANCELED);
        assertThat(step.log()).contains("saved");
    }

    @Test
    void aCanceledShellDoesNotGoOnToItsNextCommand() throws Exception {
        for (int i = 0; i < 20; i++) {
            TestStep step = new TestStep(directory, "next" + i, "sh", "-c", "echo up; sleep 100; echo went on; sleep 100").launchWith(runner);
            step.awaitLog("up");
            runner.cancel(step.handle(), i % 2 == 0);
            assertThat(step.await().outcome()).isEqualTo(CANCELED);
            assertThat(step.log()).doesNotContain("went on");
        }
    }

    @Test
    void cancelRightAfterTheLaunchIsNotLost() throws Exception {
        for (int i = 0; i < 20; i++) {
            TestStep step = new TestStep(directory, "early" + i, "sleep", "100").launchWith(runner);
            if (i % 2 == 0) {
                Thread.sleep(i);
            }
            runner.cancel(step.handle(), false);
            assertThat(step.await().outcome()).isEqualTo(CANCELED);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAStepLeavesRunningEndsWithIt() throws Exception {
        TestStep step = TestStep.sh(directory, "sleep 300 & setsid sleep 301 & sleep 0.2; echo done");
        assertThat(step.runWith(runner).outcome()).isEqualTo(SUCCEEDED);
        assertThat(step.living()).isEmpty();
    }

    @Test
    void twoMegabytesReachAShellScript() throws Exception {
        String value = "0123456789abcdé\n".repeat(120_000) + "\n\n";
        TestStep step = TestStep.sh(directory, "printf '%s' \"$1\" > \"$2\"; echo \"$0 $#\"", "name",
                        "{{$.inputs.parameters['big']}}", "{{$.outputs.parameters['copy'].output_file}}")
                .parameter("big", value)
                .output("copy", ParameterType.STRING);
        AttemptResult result = step.runWith(runner);
        assertThat(result.outcome()).as(result.message() + step.log()).isEqualTo(SUCCEEDED);
        assertThat(result.outputs().parameters().get("copy").textValue().equals(value)).isTrue();
        assertThat(step.log()).isEqualTo("name 2\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anArgumentTooLargeForAnyOtherCommandIsExplained() throws Exception {
        AttemptResult result = new TestStep(directory, "big", "echo", "x".repeat(131_072)).runWith(runner);
        assertThat(result.outcome()).isEqualTo(USER_FAILED);
        assertThat(result.message()).startsWith("argument 1 of the command ‘echo’ has 131072 bytes; the system takes at most 131071.");
    }

    @Test
    void theLargestArgumentThatFitsGoesThrough() throws Exception {
        TestStep step = new TestStep(directory, "fits", "echo", "x".repeat(131_071));
        assertThat(step.runWith(runner).outcome()).isEqualTo(SUCCEEDED);
        assertThat(step.log()).hasSize(131_072);
    }

    @Test
    void processesAreBounded() throws Exception {
        try (ProcessRunner narrow = new ProcessRunner(options().withMaxProcesses(1))) {
            String alone = "mkdir one || exit 9; sleep 0.05; rmdir one".replace("one", directory.resolve("one").toString());
            List<TestStep> steps = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                steps.add(new TestStep(directory, "s" + i, "sh", "-c", alone).launchWith(narrow));
            }
            for (TestStep step : steps) {
                assertThat(step.await().outcome()).isEqualTo(SUCCEEDED);
            }
            assertThat(steps.get(3).waits).containsExactly("waits for one of 1 processes to end");
        }
    }

    @Test
    void aPipelineRootElsewhereIsExplained() throws Exception {
        AttemptResult result = TestStep.sh(directory, "true").pipelineRoot("s3://bucket/x").runWith(runner);
        assertThat(result.message()).startsWith("a local process cannot write to the pipeline root ‘s3://bucket/x’");
    }

    @Test
    void aMachineWithoutPythonIsExplained() throws Exception {
        try (ProcessRunner broken = new ProcessRunner(options().withPython(Path.of("/no/python")))) {
            assertThatThrownBy(() -> TestStep.sh(directory, "true").runWith(broken))
                    .hasMessageContaining("local processes need Python 3.9 or newer (‘/no/python’ cannot be run as Python");
        }
    }
}
