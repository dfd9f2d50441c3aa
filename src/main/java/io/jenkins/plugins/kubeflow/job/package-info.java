/** The job that runs a pipeline, its runs, and how they go on after a restart. */
package io.jenkins.plugins.kubeflow.job;
