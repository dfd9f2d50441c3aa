package io.jenkins.plugins.kubeflow.engine.store;

import java.io.IOException;

/** A store did not do what it was asked for; the message is a sentence for people. */
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    public StoreException(String message) {
        this(message, 0);
    }

    /** @param status the HTTP status of the answer; 0 for none */
    public StoreException(String message, int status) {
        super(message);
        this.status = status;
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** Whether another try may go better: the store is away or overloaded, as opposed to saying no. */
    public boolean mayPass() {
        return status == 0 || status == 408 || status == 429 || status >= 500;
    }

    public int status() {
        return status;
    }
}
