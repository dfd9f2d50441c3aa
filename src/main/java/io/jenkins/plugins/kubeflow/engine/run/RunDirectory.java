package io.jenkins.plugins.kubeflow.engine.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where everything of a run lies, below one directory: {@code run.json} (what was asked for, written once), the spec as given,
 * {@code journal.jsonl}, {@code result.json}, {@code logs}, {@code tasks} (an attempt's working files), {@code artifacts},
 * {@code inputs}, {@code workspace}. A retry moves journal, run.json and spec to {@code rounds/N}; the files of its attempts carry the round.
 */
public record RunDirectory(Path path) {
    private static final int LONGEST_NAME = 120;

    public Path record() {
        return path.resolve("run.json");
    }

    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    public Path result() {
        return path.resolve("result.json");
    }

    public Path log() {
        return path.resolve("run.log");
    }

    public Path lock() {
        return path.resolve("run.lock");
    }

    /** Whether a real path is an artifact of some run or was given to it, or lies in its workspace: what runs may read of each other. */
    public static boolean holdsOutput(Path real) {
        for (Path at = real.getParent(); at != null; at = at.getParent()) {
            RunDirectory run = new RunDirectory(at);
            if (Files.exists(run.record()) && Files.exists(run.journal())) {
                return real.startsWith(run.artifacts()) || real.startsWith(run.inputs()) || real.startsWith(run.workspace());
            }
        }
        return false;
    }

    public Path artifacts() {
        return path.resolve("artifacts");
    }

    /** Copies of files that the run was given as input artifacts, where whoever started it could not leave them in place. */
    public Path inputs() {
        return path.resolve("inputs");
    }

    public Path workspace() {
        return path.resolve("workspace");
    }

    public Path round(int number) {
        return path.resolve("rounds").resolve(Integer.toString(number));
    }

    /** The run's own directory; another one when this is that of an earlier round. */
    Path ofRun() {
        Path parent = path.getParent();
        return parent != null && parent.endsWith("rounds") ? parent.getParent() : path;
    }

    /** The working directory of an attempt; {@code round} 0 is the first go of the run. */
    public Path attempt(String taskPath, int round, int attempt) {
        return path.resolve("tasks").resolve(safe(taskPath)).resolve(suffix(round, attempt));
    }

    public Path attemptLog(String taskPath, int round, int attempt) {
        return path.resolve("logs").resolve(safe(taskPath) + "." + suffix(round, attempt) + ".log");
    }

    /** The log's name in the result document. */
    public String relative(Path file) {
        return path.relativize(file).toString().replace('\\', '/');
    }

    private static String suffix(int round, int attempt) {
        return round == 0 ? Integer.toString(attempt) : round + "-" + attempt;
    }

    /** A task path as a relative path of directories; names that a file system might not take are replaced by a digest. */
    private static Path safe(String taskPath) {
        Path result = null;
        for (String segment : taskPath.split("/")) {
            String name = safeName(segment);
            result = result == null ? Path.of(name) : result.resolve(name);
        }
        return result;
    }

    private static String safeName(String segment) {
        String name = segment.replaceAll("[^A-Za-z0-9._\\[\\]-]", "_");
        boolean same = name.equals(segment) && name.length() <= LONGEST_NAME && !name.startsWith(".");
        if (same) {
            return name;
        }
        return (name.length() > 60 ? name.substring(0, 60) : name).replaceFirst("^\\.", "_") + "~" + digest(segment);
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
