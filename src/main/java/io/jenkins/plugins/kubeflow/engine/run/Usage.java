package io.jenkins.plugins.kubeflow.engine.run;

/**
 * What an attempt used of its machine: seconds of processors, and bytes of memory (0: not known): of the largest process of a local one,
 * of the whole container (what it holds of files included) in a Pod whose node accounts for that (cgroups 2, Linux 5.19).
 */
public record Usage(double processorSeconds, long peakMemory) {}
