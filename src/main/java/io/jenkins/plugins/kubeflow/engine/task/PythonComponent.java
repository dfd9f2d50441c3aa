package io.jenkins.plugins.kubeflow.engine.task;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lightweight Python component, recognised by its resolved command (kfp.md 2.12): {@code sh -c <pip prelude> sh -ec <run the file>
 * <source> <arguments>}; the prelude may be missing (install_kfp_package=False). {@code installs} are the arguments of the prelude's
 * {@code pip install} calls in order, without {@code --quiet} and the like; {@code venv} says that the component asks for an
 * environment of its own.
 */
public record PythonComponent(List<List<String>> installs, boolean venv, String source, List<String> arguments) {
    private static final String RUN_FILE = "kfp.dsl.executor_main";
    private static final Pattern PIP_INSTALL = Pattern.compile("python3 -m pip install (.*?)(?= &&|\\n| python3 -m pip install |$)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    /** Null when the command is something else. */
    public static PythonComponent of(List<String> argv) {
        int at = 0;
        String prelude = null;
        if (argv.size() > 3 && argv.get(0).equals("sh") && argv.get(1).equals("-c") && isPrelude(argv.get(2))) {
            prelude = argv.get(2);
            at = 3;
        }
        if (argv.size() < at + 4
                || !argv.get(at).equals("sh")
                || !argv.get(at + 1).equals("-ec")
                || !argv.get(at + 2).contains(RUN_FILE)
                || !argv.get(at + 2).contains("ephemeral_component.py")) {
            return null;
        }
        return new PythonComponent(
                prelude == null ? List.of() : installs(prelude),
                prelude != null && prelude.contains("-m venv "),
                argv.get(at + 3),
                List.copyOf(argv.subList(at + 4, argv.size())));
    }

    private static boolean isPrelude(String script) {
        return script.contains("-m pip install") && script.stripTrailing().endsWith("&& \"$0\" \"$@\"");
    }

    private static List<List<String>> installs(String prelude) {
        List<List<String>> installs = new ArrayList<>();
        Matcher install = PIP_INSTALL.matcher(prelude);
        while (install.find()) {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(install.group(1));
            while (word.find()) {
                String text = word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3);
                if (!text.equals("--quiet") && !text.equals("--no-warn-script-location")) {
                    words.add(text);
                }
            }
            installs.add(List.copyOf(words));
        }
        return installs;
    }
}
