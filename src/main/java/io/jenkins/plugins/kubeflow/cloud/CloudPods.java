package io.jenkins.plugins.kubeflow.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplate;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplateUtils;

/** The settings of a cloud as the engine's options. */
final class CloudPods {
    private CloudPods() {}

    /** @throws CloudException when the settings contradict each other */
    static PodOptions options(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        String namespace = namespace(cloud, settings);
        PodOptions.Builder options = PodOptions.builder()
                .namespace(namespace)
                .owner(Jenkins.get().getLegacyInstanceId())
                .serviceAccount(settings.getServiceAccount())
                .retention(settings.getRetention())
                .maxPods(settings.getParallelism())
                .basePod(base(cloud, settings))
                .pipCache(settings.getPipCache())
                .pythonEnvironments(settings.getPythonEnvironments());
        try {
            options.images(images(settings.getImages()));
            options.policy(CloudPolicy.of(settings, namespace));
        } catch (IllegalArgumentException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’: " + e.getMessage(), e);
        }
        if (settings.getHelperImage() != null) {
            options.helperImage(settings.getHelperImage());
        }
        return options.objects(CloudStores.objects(cloud, settings, options.build())).build();
    }

    static String namespace(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        if (settings.getNamespace() != null) {
            return settings.getNamespace();
        }
        String own = cloud.getNamespace();
        return own == null || own.isBlank() ? "default" : own;
    }

    /** @throws IllegalArgumentException with a sentence that names the line */
    static Map<String, String> images(@CheckForNull String text) {
        Map<String, String> images = new LinkedHashMap<>();
        for (String line : CloudPolicy.lines(text)) {
            int equals = line.indexOf('=');
            if (equals < 1 || equals == line.length() - 1) {
                throw new IllegalArgumentException("‘" + line + "’ is not of the form image=image, such as python:3.11=example.com/python-kfp:3.11");
            }
            images.put(line.substring(0, equals).trim(), line.substring(equals + 1).trim());
        }
        return images;
    }

    @CheckForNull
    private static Pod base(KubernetesCloud cloud, KubeflowCloudTrait settings) {
        Pod template = settings.getInheritFrom() == null ? null : template(cloud, settings.getInheritFrom());
        if (settings.getYaml() == null) {
            return template;
        }
        try {
            Pod own = PodTemplateUtils.parseFromYaml(settings.getYaml());
            return template == null ? own : PodTemplateUtils.combine(template, own);
        } catch (RuntimeException e) {
            throw new CloudException("cloud ‘" + cloud.name + "’: the YAML for pipelines is not a Pod: " + e.getMessage(), e);
        }
    }

    private static Pod template(KubernetesCloud cloud, String name) {
        for (PodTemplate template : cloud.getAllTemplates()) {
            if (name.equals(template.getName())) {
                return withoutAgent(template.getYamlsPod());
            }
        }
        throw new CloudException("cloud ‘" + cloud.name + "’ has no pod template ‘" + name + "’ to inherit from");
    }

    /** The container of Jenkins' agent has no Jenkins to talk to in a step's pod. */
    @CheckForNull
    private static Pod withoutAgent(@CheckForNull Pod pod) {
        if (pod != null && pod.getSpec() != null && pod.getSpec().getContainers() != null) {
            pod.getSpec().setContainers(pod.getSpec().getContainers().stream()
                    .filter(container -> !KubernetesCloud.JNLP_NAME.equals(container.getName()))
                    .toList());
        }
        return pod;
    }
}
