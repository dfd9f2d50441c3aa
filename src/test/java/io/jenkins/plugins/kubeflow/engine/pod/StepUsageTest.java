package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.run.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the wrapper itself reads of its cgroup, and what is made of that. */
class StepUsageTest {
    @TempDir
    Path cgroup;

    /** Files of the cgroup, a bar for a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "none", value = {
        "cgroup.type=domain memory.peak=1048576 cpu.stat=usage_usec_2500000|user_usec_7; 2.5; 1048576",
        "memory/memory.max_usage_in_bytes=4096 cpuacct/cpuacct.usage=1500000000; 1.5; 4096",
        "cgroup.type=domain cpu.stat=usage_usec_2500000; none; none",
        "memory.peak=1048576 cpu.stat=usage_usec_2500000; none; none",
        "memory/memory.max_usage_in_bytes=4096 cpuacct/cpuacct.usage=1500000000 memory/release_agent=x; none; none",
        "other=x; none; none",
    })
    void whatTheStepUsed(String files, Double seconds, Long memory) throws Exception {
        for (String file : files.split(" ")) {
            Path path = cgroup.resolve(file.substring(0, file.indexOf('=')));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.substring(file.indexOf('=') + 1).replace('|', '\n').replaceAll("(?m)(usec)_", "$1 ") + "\n");
        }
        String script = new String(StepScript.class.getResourceAsStream("step.sh").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script).contains("cgroup=/sys/fs/cgroup\n");
        String before = "mark='#m#'\ngate=\nhelper=\ndirectories() { :; }\nunpack() { :; }\noutputs() { :; }\n";
        Process step = new ProcessBuilder("sh", "-c", before + script.replace("=/sys/fs/cgroup", "='" + cgroup + "'"), "sh", "sh", "-c", "printf hello; exit 3").start();
        byte[] log = step.getInputStream().readAllBytes();
        assertThat(step.waitFor()).isEqualTo(3);
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        StepLog read = new StepLog("#m#", own);
        read.accept(log, log.length);
        assertThat(own.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(read.isComplete()).isTrue();
        assertThat(read.usage()).isEqualTo(seconds == null ? null : new Usage(seconds, memory));
    }
}
