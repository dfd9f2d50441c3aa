package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.task.Json;
import io.jenkins.plugins.kubeflow.engine.task.PythonComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The command of a lightweight Python component in a pod. Its pip prelude is skipped where the image already has what it asks for, and
 * runs as it is otherwise; arguments that the kernel would refuse travel in a file.
 */
final class PythonStep {
    /** Largest single argument on Linux, with its closing zero byte. */
    static final int LONGEST_ARGUMENT = 131_071;

    /** Above this much of arguments in all, they go into a file too: a pod's manifest must stay well below 1 MiB. */
    private static final int MOST_ARGUMENTS = 400_000;

    private static final String DIRECTORY = PodPaths.ROOT + "/in/.component";
    private static final Set<String> HARMLESS = Set.of("--no-deps", "--upgrade", "--no-cache-dir", "--user", "--break-system-packages");
    private static final Set<String> WITH_VALUE = Set.of("--index-url", "--extra-index-url", "--trusted-host", "-i", "--find-links", "-f");

    private PythonStep() {}

    /** The same step with its prelude asking the image first. */
    static List<String> satisfied(List<String> argv, PythonComponent component, boolean strict, String pipCache) {
        List<String> wanted = requirements(component);
        if (wanted == null || component.installs().isEmpty() || component.venv()) {
            return argv;
        }
        List<String> result = new ArrayList<>(argv);
        result.set(2, prelude(argv.get(2), wanted, strict, pipCache));
        return result;
    }

    private static String prelude(String own, List<String> wanted, boolean strict, String pipCache) {
        StringBuilder script = new StringBuilder("if python3 -c ").append(StepScript.quote(script("has.py")));
        script.append(strict ? " exact" : " newer");
        wanted.forEach(word -> script.append(' ').append(StepScript.quote(word)));
        script.append(" 2> /dev/null; then exec \"$0\" \"$@\"; fi\n");
        if (pipCache != null) {
            script.append("export PIP_CACHE_DIR=").append(PipCache.MOUNT).append("/pip\n");
        }
        return script.append(own).toString();
    }

    /** What must be there, or null when a prelude asks for something that only pip can judge. */
    private static List<String> requirements(PythonComponent component) {
        List<String> wanted = new ArrayList<>();
        for (List<String> install : component.installs()) {
            for (int i = 0; i < install.size(); i++) {
                String word = install.get(i);
                if (WITH_VALUE.contains(word)) {
                    i++;
                } else if (word.startsWith("-") && !HARMLESS.contains(word) && WITH_VALUE.stream().noneMatch(o -> word.startsWith(o + "="))) {
                    return null;
                } else if (!word.startsWith("-")) {
                    if (word.contains("/") || word.contains("$")) {
                        return null;
                    }
                    wanted.add(word);
                }
            }
        }
        return wanted;
    }

    static boolean tooLong(List<String> argv) {
        long sum = 0;
        for (String argument : argv) {
            int bytes = argument.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_ARGUMENT) {
                return true;
            }
            sum += bytes;
        }
        return sum > MOST_ARGUMENTS;
    }

    /** The same step with source and arguments in files, which are added to {@code files}. */
    static List<String> throughFiles(List<String> argv, PythonComponent component, List<InputFile> files) throws IOException {
        files.add(InputFile.of(DIRECTORY + "/ephemeral_component.py", component.source().getBytes(StandardCharsets.UTF_8)));
        files.add(InputFile.of(DIRECTORY + "/arguments.json", Json.MAPPER.writeValueAsBytes(component.arguments())));
        List<String> result = new ArrayList<>();
        if (!component.installs().isEmpty()) {
            result.addAll(argv.subList(0, 3));
        }
        result.addAll(List.of(
                "python3", "-c", script("run.py"), DIRECTORY + "/arguments.json", DIRECTORY + "/ephemeral_component.py"));
        return result;
    }

    private static String script(String name) {
        try (InputStream in = PythonStep.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
