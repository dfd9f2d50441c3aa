/** Recurring runs of a job: their configuration, the one clock for all of them, what has fired, and their page. */
package io.jenkins.plugins.kubeflow.recurring;
