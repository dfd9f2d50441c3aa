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
    private static final Set<String> OF_THE_IMAGE = Set.of("--user", "--break-system-packages", "--no-cache-dir");
    private static final Set<String> WITH_VALUE = Set.of("--index-url", "--extra-index-url", "--trusted-host", "-i", "--find-links", "-f");

    private PythonStep() {}

    /** The same step with its prelude asking the image, the prepared environments and the cache first. */
    static List<String> satisfied(List<String> argv, PythonComponent component, PodOptions options) {
        List<String> wanted = requirements(component);
        if (wanted == null || component.installs().isEmpty() || component.venv()) {
            return argv;
        }
        List<String> result = new ArrayList<>(argv);
        result.set(2, prelude(argv.get(2), wanted, installs(component), options));
        return result;
    }

    private static String prelude(String own, List<String> wanted, List<List<String>> installs, PodOptions options) {
        List<String> words = List.of(
                options.strictKfpVersion() ? "exact" : "newer",
                Json.MAPPER.valueToTree(wanted).toString(),
                Json.MAPPER.valueToTree(installs).toString(),
                options.pythonEnvironments() == null ? "" : PythonVolumes.PREPARED,
                options.pipCache() == null ? "" : PythonVolumes.CACHE);
        StringBuilder script = new StringBuilder("if kfp_found=$(python3 -c ").append(StepScript.quote(script("environment.py")));
        words.forEach(word -> script.append(' ').append(StepScript.quote(word)));
        script.append(options.pipCache() == null ? " 2> /dev/null); then\n" : "); then\n");
        script.append("[ -z \"$kfp_found\" ] || export PYTHONPATH=\"$kfp_found${PYTHONPATH:+:$PYTHONPATH}\" PATH=\"$kfp_found/bin:$PATH\"\n");
        script.append("unset kfp_found\nexec \"$0\" \"$@\"\nfi\n");
        return script.append(own).toString();
    }

    /** What pip is to install into a directory of its own. */
    private static List<List<String>> installs(PythonComponent component) {
        return component.installs().stream().map(words -> words.stream().filter(word -> !OF_THE_IMAGE.contains(word)).toList()).toList();
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
