package io.jenkins.plugins.kubeflow.cloud;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ItemGroup;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesFolderProperty;

/** Which clouds may run pipelines, and which one a run takes. Stateless; any thread. */
public final class PipelineClouds {
    private PipelineClouds() {}

    /** The names of the clouds that may run pipelines, in the administrator's order. */
    public static List<String> names() {
        return enabled().stream().map(cloud -> cloud.name).toList();
    }

    /** The clouds that may run pipelines, in the administrator's order. */
    public static List<KubernetesCloud> enabled() {
        return Jenkins.get().clouds.getAll(KubernetesCloud.class).stream()
                .filter(cloud -> cloud.getTrait(KubeflowCloudTrait.class).filter(KubeflowCloudTrait::isEnabled).isPresent())
                .toList();
    }

    /**
     * What the run, its job or a folder above names; null when none of them does. The answer is a name, {@link RunCloud#LOCAL}, and
     * need not exist.
     */
    @CheckForNull
    public static String wanted(Run<?, ?> run) {
        RunCloud own = run.getAction(RunCloud.class);
        if (own != null) {
            return own.getName();
        }
        CloudJobProperty property = run.getParent().getProperty(CloudJobProperty.class);
        if (property != null && !property.getCloud().isEmpty()) {
            return property.getCloud();
        }
        for (ItemGroup<?> group = run.getParent().getParent(); group instanceof Item item; group = item.getParent()) {
            if (group instanceof AbstractFolder<?> folder) {
                CloudFolderProperty inherited = folder.getProperties().get(CloudFolderProperty.class);
                if (inherited != null && !inherited.getCloud().isEmpty()) {
                    return inherited.getCloud();
                }
            }
        }
        return null;
    }

    /** The first cloud that runs pipelines and admits the job; null when there is none. */
    @CheckForNull
    public static KubernetesCloud first(Job<?, ?> job) {
        return enabled().stream().filter(cloud -> admits(cloud, job)).findFirst().orElse(null);
    }

    /** @throws CloudException when there is no such cloud or the job may not use it */
    public static KubernetesCloud named(String name, Job<?, ?> job) {
        if (!(Jenkins.get().getCloud(name) instanceof KubernetesCloud cloud)) {
            throw new CloudException("there is no Kubernetes cloud ‘" + name + "’ (any more); add it under Manage Jenkins » Clouds, or choose another"
                    + known());
        }
        if (cloud.getTrait(KubeflowCloudTrait.class).filter(KubeflowCloudTrait::isEnabled).isEmpty()) {
            throw new CloudException("cloud ‘" + name + "’ does not run pipelines: an administrator has to add ‘Kubeflow pipelines’ to its"
                    + " settings" + known());
        }
        if (!admits(cloud, job)) {
            throw new CloudException("cloud ‘" + name + "’ is restricted: a folder above ‘" + job.getFullName() + "’ has to permit it");
        }
        return cloud;
    }

    private static String known() {
        List<String> names = names();
        return names.isEmpty() ? "" : " (there are: ‘" + String.join("’, ‘", names) + "’)";
    }

    private static boolean admits(KubernetesCloud cloud, Job<?, ?> job) {
        if (!cloud.isUsageRestricted()) {
            return true;
        }
        Set<String> allowed = new HashSet<>();
        KubernetesFolderProperty.collectAllowedClouds(allowed, job.getParent());
        return allowed.contains(cloud.name);
    }
}
