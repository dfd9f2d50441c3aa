package io.jenkins.plugins.kubeflow.engine.run;

/**
 * What an attempt used of its machine: seconds of processors, and bytes of memory (0: not known): of the largest process of a local one,
 * of the whole container (what it holds of files included) in a Pod whose step runs in the wrapper and whose node accounts for it (cgroups 1, or 2 of Linux 5.19).
 */
public record Usage(double processorSeconds, long peakMemory) {}
