/** Jenkinsfile steps: run a pipeline or one component, get the outputs as Groovy values, fetch artifacts. */
package io.jenkins.plugins.kubeflow.step;
