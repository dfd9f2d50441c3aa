package io.jenkins.plugins.kubeflow.engine.expression;

/** An expression cannot be parsed or evaluated; the message quotes it and says where and why. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message) {
        super(message);
    }
}
