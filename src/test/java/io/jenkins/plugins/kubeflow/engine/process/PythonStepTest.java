package io.jenkins.plugins.kubeflow.engine.process;

import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.CANCELED;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.SUCCEEDED;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.TIMED_OUT;
import static io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome.USER_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lightweight Python components, forked from a warm parent and in a fresh interpreter: user code must see no difference. */
@DisabledOnOs(OS.WINDOWS)
class PythonStepTest {
    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static String install;
    private static ProcessRunner warm;
    private static ProcessRunner fresh;

    @BeforeAll
    static void start() throws Exception {
        install = FakeKfp.install(shared.resolve("wheels"));
        ProcessOptions options = ProcessOptions.defaults()
                .withEnvironmentsDirectory(shared.resolve("envs")).withGrace(Duration.ofSeconds(2));
        warm = new ProcessRunner(options);
        fresh = new ProcessRunner(options.withWarm(false));
    }

    @AfterAll
    static void close() {
        warm.close();
        fresh.close();
    }

    private static ProcessRunner runner(boolean isWarm) {
        return isWarm ? warm : fresh;
    }

    private TestStep component(String name, String... lines) {
        return new TestStep(directory, name, FakeKfp.component(install, String.join("\n", lines) + "\n", "f"));
    }

    private static String output(AttemptResult result) {
        assertThat(result.outcome()).as(result.message()).isEqualTo(SUCCEEDED);
        return result.outputs().parameters().get("Output").asText();
    }

    record End(String body, AttemptResult.Outcome outcome, int code, String inLog) {}

    static Stream<End> ends() {
        return Stream.of(
                new End("pass", SUCCEEDED, 0, ""),
                new End("raise ValueError('bad thing')", USER_FAILED, 1, "ValueError: bad thing"),
                new End("import sys; sys.exit(5)", USER_FAILED, 5, ""),
                new End("import sys; sys.exit('words')", USER_FAILED, 1, "words"),
                new End("import sys; sys.exit(256 + 7)", USER_FAILED, 7, ""),
                new End("import sys; sys.exit()", SUCCEEDED, 0, ""),
                new End("raise SystemExit(True)", USER_FAILED, 1, ""),
                new End("import os; os._exit(9)", USER_FAILED, 9, ""),
                new End("import os; os.abort()", USER_FAILED, 134, ""),
                new End("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", USER_FAILED, 143, ""),
                new End("raise KeyboardInterrupt()", USER_FAILED, 130, "KeyboardInterrupt"),
                new End("import ctypes; ctypes.string_at(0)", USER_FAILED, 139, ""),
                new End("import atexit; atexit.register(print, 'at exit')", SUCCEEDED, 0, "at exit"),
                new End("import threading, time; threading.Thread(target=lambda: (time.sleep(0.2), print('thread done'))).start()",
                        SUCCEEDED, 0, "thread done"),
                new End("import os, sys; p = os.fork(); os.waitpid(p, 0) if p else sys.exit(3); print('parent goes on')",
                        SUCCEEDED, 0, "parent goes on"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndIsTheSameForkedAndFresh(End end) throws Exception {
        for (boolean isWarm : new boolean[] {true, false}) {
            TestStep step = component("end" + isWarm, "def f():", "    " + end.body());
            AttemptResult result = step.runWith(runner(isWarm));
            assertThat(result.outcome()).as("warm: %s, log: %s", isWarm, step.log()).isEqualTo(end.outcome());
            assertThat(result.exitCode()).as("warm: %s, log: %s", isWarm, step.log()).isEqualTo(end.code());
            assertThat(step.log()).contains(end.inLog()).doesNotContain("step_parent.py\", line");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatUserCodeSees(boolean isWarm) throws Exception {
        TestStep step = component("sees" + isWarm,
                "import os, signal, sys, gc, threading",
                "def f():",
                "    main = sys.modules['__main__']",
                "    return repr((",
                "        sys.argv[0].endswith('kfp/dsl/executor_main.py'), sys.argv[1], main.__spec__.name, main.__name__,",
                "        sys.path[0] == os.getcwd(), os.path.basename(os.getcwd()), os.getsid(0) == os.getpid(),",
                "        signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL,",
                "        signal.getsignal(signal.SIGINT) == signal.default_int_handler, signal.getsignal(signal.SIGHUP) == signal.SIG_DFL,",
                "        signal.getsignal(signal.SIGPIPE) == signal.SIG_IGN, gc.isenabled(), threading.active_count(),",
                "        sys.stdin.read(), len(os.listdir('/dev/fd')) - 1, os.environ['_KFP_RUNTIME'], os.environ['X'],",
                "        sys.prefix != sys.base_prefix, os.environ['PATH'].startswith(sys.prefix), sys.flags.isolated,",
                "        sys.stdout.encoding, sys.stderr.errors, sys.stdout.fileno(), sys.executable.startswith(sys.prefix)))");
        step.env("X", "a b").output("Output", ParameterType.STRING);
        assertThat(output(step.runWith(runner(isWarm)))).isEqualTo(
                "(True, '--component_module_path', 'kfp.dsl.executor_main', '__main__', True, 'work', True, "
                        + "True, True, True, True, True, True, 1, '', 3, 'true', 'a b', True, True, 0, "
                        + "'utf-8', 'backslashreplace', 1, True)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outputStandsInOrderAndUnclosedFilesAreWritten(boolean isWarm) throws Exception {
        TestStep step = component("order" + isWarm,
                "import os, subprocess, sys",
                "kept = open('kept.txt', 'w')",
                "def f():",
                "    kept.write('data')",
                "    print('one'); print('two', file=sys.stderr); sys.stdout.buffer.write(b'three\\n'); os.system('echo four'); print('five')");
        assertThat(step.runWith(runner(isWarm)).outcome()).isEqualTo(SUCCEEDED);
        assertThat(step.log()).isEqualTo("one\ntwo\nthree\nfour\nfive\n");
        assertThat(directory.resolve("tasks/" + step.name + "/1/work/kept.txt")).hasContent("data");
    }

    @Test
    void aTracebackShowsTheUsersCodeAndNotOurs() throws Exception {
        TestStep step = component("trace", "def f():", "    return 1 / 0");
        step.runWith(warm);
        assertThat(step.log()).startsWith("Traceback (most recent call last):\n")
                .contains("ephemeral_component.py\", line 6, in f").contains("ZeroDivisionError").doesNotContain("step_parent");
    }

    @Test
    void processesOfTheMultiprocessingModuleWork() throws Exception {
        for (String how : List.of("fork", "spawn")) {
            TestStep step = component("pool-" + how, "import math, multiprocessing",
                    "def f():",
                    "    with multiprocessing.get_context('" + how + "').Pool(2) as pool:",
                    "        return str(pool.map(math.factorial, [3, 4, 5]))").output("Output", ParameterType.STRING);
            assertThat(output(step.runWith(warm))).isEqualTo("[6, 24, 120]");
        }
    }

    @Test
    void variablesThatAnInterpreterReadsAtItsStartTakeEffect() throws Exception {
        Files.createDirectories(directory.resolve("lib"));
        Files.writeString(directory.resolve("lib/mine.py"), "answer = 42\n");
        TestStep step = component("path", "def f():", "    import mine", "    return str(mine.answer) + str(hash('a'))")
                .env("PYTHONPATH", directory.resolve("lib").toString()).env("PYTHONHASHSEED", "0").output("Output", ParameterType.STRING);
        String first = output(step.runWith(warm));
        assertThat(first).startsWith("42");
        TestStep again = component("again", "def f():", "    import mine", "    return str(mine.answer) + str(hash('a'))")
                .env("PYTHONPATH", directory.resolve("lib").toString()).env("PYTHONHASHSEED", "0").output("Output", ParameterType.STRING);
        assertThat(output(again.runWith(warm))).isEqualTo(first);
    }

    @Test
    void timeZoneAndTemporaryDirectoryOfTheStepCount() throws Exception {
        TestStep step = component("zone", "import tempfile, time", "def f():", "    return time.strftime('%Z') + ' ' + tempfile.gettempdir()")
                .env("TZ", "XYZ-3").env("TMPDIR", directory.toString()).output("Output", ParameterType.STRING);
        assertThat(output(step.runWith(warm))).isEqualTo("XYZ " + directory);
    }

    @Test
    void siblingsAreSeparateProcessesWithDifferentRandomNumbers() throws Exception {
        List<TestStep> steps = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            steps.add(component("s" + i, "import os, random", "def f():", "    return f'{os.getpid()} {random.random()}'")
                    .output("Output", ParameterType.STRING).launchWith(warm));
        }
        Set<String> values = new HashSet<>();
        for (TestStep step : steps) {
            values.addAll(List.of(output(step.await()).split(" ")));
        }
        assertThat(values).hasSize(24);
    }

    @Test
    void childrenRunAtTheSameTime() throws Exception {
        String meet = "    import os, time\n    open(PLACE + me, 'w').close()\n    end = time.time() + 60\n"
                + "    while len(os.listdir(PLACE)) < 3 and time.time() < end: time.sleep(0.01)\n    return str(len(os.listdir(PLACE)))";
        Path place = Files.createDirectories(directory.resolve("place"));
        List<TestStep> steps = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            steps.add(component(name, "PLACE = '" + place + "/'", "def f(me):", meet)
                    .parameter("me", name).output("Output", ParameterType.STRING).launchWith(warm));
        }
        for (TestStep step : steps) {
            assertThat(output(step.await())).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void largeParametersReachTheFunction(int megabytes) throws Exception {
        String value = "0123456789abcde\n".repeat(megabytes << 16);
        for (boolean isWarm : new boolean[] {true, false}) {
            TestStep step = component("big" + isWarm, "def f(text):", "    return f'{len(text)} {text[-16:-1]}'")
                    .parameter("text", value).output("Output", ParameterType.STRING);
            assertThat(output(step.runWith(runner(isWarm)))).isEqualTo((megabytes << 20) + " 0123456789abcde");
        }
        assertThat(directory.resolve("tasks/bigtrue/1/process/argv")).doesNotExist();
    }

    @Test
    void timeOutAndCancelEndTheWholeFamily() throws Exception {
        String[] busy = {"import subprocess, time", "def f():", "    subprocess.Popen(['sleep', '300'], start_new_session=True)",
            "    print('up')", "    time.sleep(300)"};
        TestStep late = component("late", busy).timeout(1);
        assertThat(late.runWith(warm).outcome()).isEqualTo(TIMED_OUT);
        TestStep stopped = component("stopped", busy).launchWith(warm);
        stopped.awaitLog("up");
        warm.cancel(stopped.handle(), false);
        assertThat(stopped.await().outcome()).isEqualTo(CANCELED);
        assertThat(late.living()).isEmpty();
        assertThat(stopped.living()).isEmpty();
    }

    @Test
    void manyStepsLeaveNoDescriptorsInTheParent() throws Exception {
        String own = "    import os\n    return str(len(os.listdir('/proc/%d/fd' % os.getppid()))) if os.path.exists('/proc') else 'none'";
        String before = output(component("first", "def f():", own).output("Output", ParameterType.STRING).runWith(warm));
        for (int i = 0; i < 30; i++) {
            component("n" + i, "def f():", "    pass").runWith(warm);
        }
        assertThat(output(component("last", "def f():", own).output("Output", ParameterType.STRING).runWith(warm))).isEqualTo(before);
    }

    @Test
    void aDyingParentIsReportedAndReplaced() throws Exception {
        TestStep step = component("killer", "import os, signal, time", "def f():", "    os.kill(os.getppid(), signal.SIGKILL)", "    time.sleep(300)");
        AttemptResult result = step.runWith(warm);
        assertThat(result.outcome()).isEqualTo(AttemptResult.Outcome.PLATFORM_FAILED);
        assertThat(result.message()).startsWith("the process that looks after the step has ended unexpectedly");
        assertThat(component("next", "def f():", "    pass").runWith(warm).outcome()).isEqualTo(SUCCEEDED);
    }
}
