package io.jenkins.plugins.kubeflow.job;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.cloud.CloudException;
import io.jenkins.plugins.kubeflow.cloud.CloudRunners;
import io.jenkins.plugins.kubeflow.cloud.PipelineClouds;
import io.jenkins.plugins.kubeflow.engine.pod.PodSweep;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;

/**
 * Every ten minutes, and some time after a start: what this controller has left in its clouds for runs that are over is deleted. The
 * third belt, behind each attempt's own deletion and the run's anchor. Pods that are kept for looking into stay for a day.
 */
@Extension
public class CloudSweep extends AsyncPeriodicWork {
    static final Duration KEPT = Duration.ofDays(1);
    private static final long MINUTES = 10;

    public CloudSweep() {
        super("Kubeflow pipelines sweep of clouds");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(MINUTES);
    }

    /** The log of the work says what went; a cloud that cannot be asked is asked the next time. */
    @Override
    public void execute(TaskListener listener) {
        for (KubernetesCloud cloud : PipelineClouds.enabled()) {
            try {
                PodSweep.Swept swept = CloudRunners.sweep(cloud, id -> ActiveRuns.runIds().contains(id), KEPT);
                swept.deleted().forEach(name -> listener.getLogger().println("cloud ‘" + cloud.name + "’: deleted " + name));
                swept.troubles().forEach(trouble -> listener.error("cloud ‘" + cloud.name + "’: " + trouble));
            } catch (CloudException | KubernetesClientException e) {
                listener.error("cloud ‘" + cloud.name + "’ cannot be swept: " + e.getMessage());
            }
        }
    }
}
