package io.jenkins.plugins.kubeflow.cloud;

import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.util.List;

/**
 * Names the cloud of a run: given when it is scheduled, and kept with the build from its start on, so that it goes on where it was
 * after a restart. {@link #LOCAL} stands for processes of the controller.
 */
public class RunCloud extends InvisibleAction implements Queue.QueueAction {
    /** Takes the place of a cloud's name. */
    public static final String LOCAL = "local-processes";

    private final String name;

    public RunCloud(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** Runs are never folded into one. */
    @Override
    public boolean shouldSchedule(List<hudson.model.Action> actions) {
        return true;
    }
}
