package io.jenkins.plugins.kubeflow.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a step hands to the Jenkinsfile. Serialized with the build's program. */
public final class RunResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final String job;
    private final int number;
    private final String url;
    private final String state;
    private final String error;
    private final LinkedHashMap<String, Object> outputs = new LinkedHashMap<>();
    private final LinkedHashMap<String, ArrayList<LinkedHashMap<String, Object>>> artifacts = new LinkedHashMap<>();

    RunResult(String runId, String job, int number, String url, String state, String error) {
        this.runId = runId;
        this.job = job;
        this.number = number;
        this.url = url;
        this.state = state;
        this.error = error;
    }

    void output(String name, Serializable value) {
        outputs.put(name, value);
    }

    void artifact(String name, LinkedHashMap<String, Object> artifact) {
        artifacts.computeIfAbsent(name, key -> new ArrayList<>()).add(artifact);
    }

    @Whitelisted
    public String getRunId() {
        return runId;
    }

    /** The full name of the job that the run is a build of. */
    @Whitelisted
    public String getJob() {
        return job;
    }

    @Whitelisted
    public int getNumber() {
        return number;
    }

    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** RUNNING when nobody waited, else SUCCEEDED, FAILED or CANCELED. */
    @Whitelisted
    public String getState() {
        return state;
    }

    /** Why it failed, or null. */
    @Whitelisted
    @CheckForNull
    public String getError() {
        return error;
    }

    @Whitelisted
    public Map<String, Object> getOutputs() {
        return outputs;
    }

    /** By name; each a map of name, type, uri and metadata. */
    @Whitelisted
    public Map<String, ? extends List<? extends Map<String, Object>>> getArtifacts() {
        return artifacts;
    }

    /** Outputs and artifacts in one map, an artifact as a map, a list of artifacts as a list of maps. */
    LinkedHashMap<String, Object> withArtifacts() {
        LinkedHashMap<String, Object> all = new LinkedHashMap<>(outputs);
        artifacts.forEach((name, list) -> all.put(name, list.size() == 1 ? list.get(0) : list));
        return all;
    }

    @Whitelisted
    @Override
    public String toString() {
        return job + " #" + number + " " + state + " " + outputs;
    }
}
