/** Where tasks run in Jenkins: settings attached to a Kubernetes cloud, the choice of one for a run, and the runner made of it. */
package io.jenkins.plugins.kubeflow.cloud;
