package io.jenkins.plugins.kubeflow.engine.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that cannot be confused with a later one of the same number: {@code start} is its start in clock ticks since boot, or 0
 * where the system does not tell (then the number alone counts).
 */
record ProcessId(long pid, long start) {

    boolean isAlive() {
        if (start == 0) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[19]) == start && !fields[0].equals("Z") && !fields[0].equals("X");
        } catch (IOException gone) {
            return false;
        }
    }

    /** What {@code started} reports and the journal keeps. */
    String reference() {
        return pid + ":" + start;
    }
}
