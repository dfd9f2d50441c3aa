package io.jenkins.plugins.kubeflow.engine.ir;

/** Parameter types of the IR. {@code UNSPECIFIED} is what a document without a type gets; it accepts every value. */
public enum ParameterType {
    NUMBER_INTEGER,
    NUMBER_DOUBLE,
    STRING,
    BOOLEAN,
    LIST,
    STRUCT,
    TASK_FINAL_STATUS,
    TASK_CONFIG,
    UNSPECIFIED
}
