package io.jenkins.plugins.kubeflow.engine.pod;

import java.util.List;

/**
 * How a task's inputs come into its pod and its outputs out of it: the cheapest way that is sound for it. Pure; the reason is shown on
 * the task's page. What was measured stands in docs/kubernetes.md: a helper beside main costs 0.1 to 0.2 s, an init container 1 s.
 *
 * @param wrapped whether our script runs the step's command; otherwise main runs exactly as the component says
 * @param helper whether a helper container stays beside main to hand out what does not fit into a termination message
 * @param inputs how artifacts and files come in
 */
public record PodPlan(boolean wrapped, boolean helper, Inputs inputs, String reason) {

    /** How inputs arrive. */
    public enum Inputs {
        NONE,
        /** Inside the pod's own manifest, unpacked by the wrapper. */
        MANIFEST,
        /** Through the helper, while the wrapper waits. */
        HELPER,
        /** Through an init container, because nothing in main could wait for them. */
        INIT
    }

    /** What a step may leave behind. */
    public enum Outputs {
        NONE,
        /** Numbers and truth values alone: they fit into a termination message. */
        SMALL,
        /** Texts, lists, structs, artifacts: of any size. */
        ANY
    }

    /** At most this much comes in through the manifest, before encoding. */
    public static final long MANIFEST_LIMIT = 60_000;

    /**
     * What the choice depends on.
     *
     * @param command the step's resolved command without its arguments; empty when the image's entrypoint is to run
     * @param inputBytes size of everything that must be in the pod as files before the step starts
     */
    public record Task(List<String> command, String image, boolean knownShell, Outputs outputs, long inputBytes) {}

    public static PodPlan of(Task task) {
        String shell = shell(task);
        return shell == null ? bare(task) : wrapped(task, shell);
    }

    private static PodPlan wrapped(Task task, String shell) {
        boolean carried = task.inputBytes() > MANIFEST_LIMIT;
        Inputs inputs = task.inputBytes() == 0 ? Inputs.NONE : carried ? Inputs.HELPER : Inputs.MANIFEST;
        String why = "wrapped, because " + shell + "; "
                + (task.outputs() == Outputs.ANY
                        ? "with a helper, because its outputs may be larger than a termination message"
                        : carried
                                ? "with a helper, because its inputs are larger than a manifest should be"
                                : task.outputs() == Outputs.SMALL ? "numbers come home in the termination message" : "it has no outputs");
        return new PodPlan(true, carried || task.outputs() == Outputs.ANY, inputs, why);
    }

    private static PodPlan bare(Task task) {
        boolean outputs = task.outputs() != Outputs.NONE;
        Inputs inputs = task.inputBytes() > 0 ? Inputs.INIT : Inputs.NONE;
        String why = "as it is, because "
                + (task.command().isEmpty()
                        ? "it runs the image's own entrypoint"
                        : "nothing is known of a shell in ‘" + task.image() + "’")
                + (outputs ? "; a helper hands out what it writes" : "")
                + (inputs == Inputs.INIT ? "; an init container brings its inputs" : "");
        return new PodPlan(false, outputs, inputs, why);
    }

    /** Whether a step whose command begins with this is wrapped in any case. */
    static boolean isShell(String first) {
        return List.of("sh", "bash", "dash", "ash").contains(first.substring(first.lastIndexOf('/') + 1));
    }

    /** Why there is a shell, or null. */
    private static String shell(Task task) {
        if (task.command().isEmpty()) {
            return null;
        }
        if (isShell(task.command().get(0))) {
            return "its own command is a shell";
        }
        return task.knownShell() ? "‘" + task.image() + "’ is known to have a shell" : null;
    }
}
