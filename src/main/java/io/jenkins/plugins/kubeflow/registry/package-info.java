/** The registry of pipelines: named, with versions that never change; its pages, its permissions, and jobs that run what is registered. */
package io.jenkins.plugins.kubeflow.registry;
