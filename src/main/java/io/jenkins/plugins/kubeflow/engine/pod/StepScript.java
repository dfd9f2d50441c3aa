package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.task.OutputPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The scripts that run in a pod: the wrapper around a step's command, the helper's, and the one that carries files. */
final class StepScript {
    private static final String STEP = read("step.sh");
    static final String HELPER = read("helper.sh");
    static final String TRANSFER = read("transfer.sh");
    static final String RELEASE = read("release.sh");
    static final String UPLOAD = read("upload.sh");
    static final String CREDENTIALS = read("credentials.sh");

    private StepScript() {}

    /** What begins the wrapper's own lines in the log of an attempt; nobody else's line begins so. */
    static String mark(String podName) {
        return "#kfp-" + PodNames.digest("mark " + podName) + "#";
    }

    /**
     * The paths that the wrapper sends home in this order: executor output, parameters, artifacts that are kept here. The order is the
     * index in the termination message.
     */
    static List<String> outputs(OutputPlan plan) {
        List<String> paths = new ArrayList<>();
        paths.add(plan.outputFile());
        paths.addAll(plan.parameterFiles().values());
        plan.artifacts().values().forEach(list ->
                list.stream().map(Artifact::uri).filter(uri -> uri.startsWith(PodPaths.ROOT + "/")).forEach(paths::add));
        return paths;
    }

    /** @param before commands that must do well before the step's own */
    static String wrapper(
            PodPlan plan, String podName, List<String> directories, List<InputFile> files, String before, List<String> outputs)
            throws IOException {
        StringBuilder script = new StringBuilder();
        script.append("mark=").append(quote(mark(podName))).append('\n');
        script.append("gate=").append(plan.inputs() == PodPlan.Inputs.HELPER ? PodPaths.ROOT + "/.ready" : "").append('\n');
        script.append("helper=").append(plan.helper() ? "1" : "").append('\n');
        script.append("link=\n"); // no variable of the step's environment
        script.append("directories() {\n\"$@\"");
        directories.forEach(directory -> script.append(' ').append(quote(directory)));
        script.append("\n}\n");
        script.append("unpack() {\n:\n");
        if (plan.inputs() == PodPlan.Inputs.MANIFEST) {
            for (InputFile file : files) {
                unpack(script, file);
            }
        }
        script.append(before).append("}\noutputs() {\n:\n");
        if (!plan.helper()) {
            for (int i = 0; i < outputs.size(); i++) {
                script.append("file ").append(i).append(' ').append(quote(outputs.get(i))).append('\n');
            }
        }
        return script.append("}\n").append(STEP).toString();
    }

    /** Unpacks the files of an init container that has them in its own script. */
    static String unpacker(List<InputFile> files) throws IOException {
        StringBuilder script = new StringBuilder("umask 0\n");
        for (InputFile file : files) {
            unpack(script, file);
        }
        return script.append(":\n").toString();
    }

    private static void unpack(StringBuilder script, InputFile file) throws IOException {
        String directory = file.pathInPod().substring(0, file.pathInPod().lastIndexOf('/'));
        script.append("mkdir -p ").append(quote(directory)).append(" || return 1 2>/dev/null || exit 1\n");
        byte[] content;
        try (InputStream in = file.open()) {
            content = in.readAllBytes();
        }
        script.append("base64 -d > ").append(quote(file.pathInPod())).append(" << 'KFP-END' || return 1 2>/dev/null || exit 1\n");
        script.append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content)).append("\nKFP-END\n");
    }

    /** Before the step's command: another name for a file that the step is going to write; it goes when the step has ended. */
    static String link(String file, String name) {
        return "link=" + quote(name) + "\nln -sfn " + quote(file) + " \"$link\" || return 1\n";
    }

    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String read(String name) {
        try (InputStream in = StepScript.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^#.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
