/** Commands of Jenkins' own command line: start, retry and stop runs, upload pipelines. */
package io.jenkins.plugins.kubeflow.command;
