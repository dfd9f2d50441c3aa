package io.jenkins.plugins.kubeflow.engine.pod.manifest;

/** What the pipeline asks of Kubernetes cannot be asked. The message goes behind "task ‘name’: ". */
public final class InvalidPodException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidPodException(String message) {
        super(message);
    }
}
