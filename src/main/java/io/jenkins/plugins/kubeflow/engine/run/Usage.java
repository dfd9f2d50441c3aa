package io.jenkins.plugins.kubeflow.engine.run;

/**
 * What an attempt used of its machine: seconds of processors, and bytes of memory of its largest process (0: not known).
 * Known for local processes.
 */
public record Usage(double processorSeconds, long peakMemory) {}
