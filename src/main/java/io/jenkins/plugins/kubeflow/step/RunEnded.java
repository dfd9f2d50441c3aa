package io.jenkins.plugins.kubeflow.step;

import jenkins.model.CauseOfInterruption;

/** A build is interrupted because the run that it waited for was. */
public final class RunEnded extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;
    private final String sentence;

    RunEnded(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String getShortDescription() {
        return sentence;
    }
}
