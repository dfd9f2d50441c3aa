/** How many runs may be under way at once. */
package io.jenkins.plugins.kubeflow.limit;
