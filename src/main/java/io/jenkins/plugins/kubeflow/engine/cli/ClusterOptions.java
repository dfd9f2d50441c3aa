package io.jenkins.plugins.kubeflow.engine.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.pod.PodOptions;
import io.jenkins.plugins.kubeflow.engine.pod.PodPolicy;
import io.jenkins.plugins.kubeflow.engine.pod.PodRetention;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PodYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How Pods are made; what an administrator sets on a cloud in Jenkins. */
final class ClusterOptions {
    @Option(names = "--namespace", description = "The namespace for pods (default: that of the kubeconfig's context).")
    String namespace;

    @Option(names = "--service-account", paramLabel = "NAME", description = "The service account of pods (default: the namespace's).")
    private String serviceAccount;

    @Option(names = "--helper-image", paramLabel = "IMAGE", description = "A small image with a static busybox, and curl for object stores (default: busybox:stable, curlimages/curl).")
    private String helperImage;

    @Option(names = "--keep-pods", paramLabel = "WHICH", description = "Pods to keep for looking into: never (default), on_failure or always.")
    private PodRetention retention = PodRetention.NEVER;

    @Option(names = "--python-cache", paramLabel = "CLAIM", description = "A volume claim in which Python environments are installed once for all steps.")
    private String pythonCache;

    @Option(names = "--python-environments", paramLabel = "CLAIM", description = "A volume claim with a directory per prepared Python environment.")
    private String pythonEnvironments;

    @Option(names = "--image", paramLabel = "FROM=TO", description = "Use another image in place of one; FROM and TO may end with *.")
    private Map<String, String> images = new LinkedHashMap<>();

    @Option(names = "--pod-yaml", paramLabel = "FILE", description = "A Pod that every pod starts from; its container ‘main’ is the step's.")
    private Path podYaml;

    @Option(names = "--restricted", description = "Make pods that fit the Pod Security level restricted.")
    private boolean restricted;

    PodOptions pods(String defaultNamespace) throws BadInputException {
        PodOptions.Builder builder = PodOptions.builder()
                .namespace(namespace == null ? defaultNamespace : namespace)
                .owner("command-line")
                .serviceAccount(serviceAccount)
                .retention(retention)
                .basePod(podYaml == null ? null : base(podYaml))
                .pipCache(pythonCache)
                .pythonEnvironments(pythonEnvironments)
                .images(images)
                .policy(restricted ? PodPolicy.DEFAULT.asRestricted() : PodPolicy.DEFAULT);
        return helperImage == null ? builder.build() : builder.helperImage(helperImage).build();
    }

    private static Pod base(Path file) throws BadInputException {
        try {
            return PodYaml.read(Files.readString(file), Pod.class);
        } catch (IOException | IllegalArgumentException | KubernetesClientException e) {
            throw new BadInputException("--pod-yaml ‘" + file + "’ is not the YAML of a Pod: " + Main.sentence(e));
        }
    }
}
