package io.jenkins.plugins.kubeflow.cloud;

/** A cloud cannot be had; the message is a sentence for the build log that says what to do. */
public class CloudException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public CloudException(String message) {
        super(message);
    }

    public CloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
