package io.jenkins.plugins.kubeflow.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Commands with an argument that the system does not take (128 KiB each on Linux, some MB together). {@code sh -c SCRIPT NAME ARGS}
 * runs all the same: the shell reads script and arguments from files, and everything that stays inside the shell ({@code echo},
 * {@code printf}, redirections, here documents) works. Any other command fails with a sentence that says what to do. Python components
 * never come here: their arguments always travel through a file.
 */
final class LargeArguments {
    /** One argument with its closing NUL must be below 32 pages. */
    static final int LARGEST = 131_071;
    /** A quarter of the usual 8 MB stack, minus room for the environment. */
    private static final int LARGEST_SUM = 1_500_000;

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");
    private static final Pattern COMMAND_OPTION = Pattern.compile("-[eux]*c");

    private LargeArguments() {}

    /** The argv to execute instead, or the same when it is small. Adds to {@code environment} what the replacement needs. */
    static List<String> fit(List<String> argv, Path directory, Map<String, String> environment) throws IOException, ProcessException {
        long sum = 0;
        int largest = 0;
        int where = 0;
        for (int i = 0; i < argv.size(); i++) {
            int size = bytes(argv.get(i));
            sum += size;
            if (size > largest) {
                largest = size;
                where = i;
            }
        }
        if (largest <= LARGEST && sum <= LARGEST_SUM) {
            return argv;
        }
        boolean shell = argv.size() > 2
                && SHELLS.contains(Path.of(argv.get(0)).getFileName().toString())
                && COMMAND_OPTION.matcher(argv.get(1)).matches();
        if (!shell) {
            throw ProcessException.user("argument " + where + " of the command ‘" + argv.get(0) + "’ has " + largest + " bytes; the system "
                    + "takes at most " + LARGEST + ". A Python component, or a command of the form ‘sh -c SCRIPT’, can take larger "
                    + "values; or pass the value as an artifact");
        }
        Path files = directory.resolve("arguments");
        Files.createDirectories(files);
        Files.writeString(files.resolve("script"), argv.get(2));
        for (int i = 4; i < argv.size(); i++) {
            Files.writeString(files.resolve(Integer.toString(i - 3)), argv.get(i));
        }
        environment.put("KUBEFLOW_ARGUMENTS", files.toString());
        List<String> replacement = new ArrayList<>(List.of(argv.get(0), argv.get(1), reader()));
        if (argv.size() > 3) {
            String name = argv.get(3);
            if (bytes(name) > LARGEST) {
                throw ProcessException.user("argument 3 of the command ‘" + argv.get(0) + "’ ($0 of its script) has " + bytes(name)
                        + " bytes; the system takes at most " + LARGEST + ": pass the value as $1 instead");
            }
            replacement.add(name);
        }
        return replacement;
    }

    /** In UTF-8, without making a copy. */
    private static int bytes(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size;
    }

    private static String reader() throws IOException {
        try (InputStream in = LargeArguments.class.getResourceAsStream("large_arguments.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
