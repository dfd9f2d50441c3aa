package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Models in images ({@code oci://registry/model:tag}, "modelcars"), as in KFP: the image runs beside main in one process namespace and
 * leaves a link to its {@code /models} where the SDK looks for it. The image needs {@code sh}, {@code ln} and {@code sleep}. Pure.
 */
final class Modelcars {
    static final String CONTAINER = "kfp-model-";
    private static final String SCHEME = "oci://";
    private static final String PLACE = "oci";
    /** $0 is the link. */
    private static final String SCRIPT = "mkdir -p \"${0%/*}\" && ln -sfn /proc/$$/root/models \"$0\" || exit 1\n"
            + "trap 'exit 0' TERM INT\nwhile :; do sleep 3600 & wait $!; done";

    private final Map<String, String> links = new LinkedHashMap<>();

    private Modelcars() {}

    /** Other images take the place of those that are replaced everywhere; the paths stay those of the URIs. */
    static Modelcars of(TaskLaunch launch, PodOptions options) {
        Modelcars cars = new Modelcars();
        for (List<Artifact> list : launch.inputs().artifacts().values()) {
            for (Artifact artifact : list) {
                if (artifact.uri().startsWith(SCHEME)) {
                    cars.links.put(ArtifactPaths.path(artifact.uri()), ImageReplacements.of(options, artifact.uri().substring(SCHEME.length())));
                }
            }
        }
        return cars;
    }

    /** What a wrapped step does before its command. */
    String waiting() {
        StringBuilder script = new StringBuilder();
        links.forEach((link, image) -> {
            String path = StepScript.quote(link);
            script.append("until [ -L ").append(path).append(" ]; do sleep 0.05 2>/dev/null || sleep 1; done\n")
                    .append("ls ").append(path).append("/ > /dev/null 2>&1 || { printf '%s\\n' ")
                    .append(StepScript.quote("the image ‘" + image + "’ has no /models that the user of this step may read"))
                    .append(" >&2; return 1; }\n");
        });
        return script.toString();
    }

    /** @param wrapped otherwise nothing in main can wait, so they must have started before it does (Kubernetes 1.29) */
    void apply(PodSpec spec, Container main, boolean wrapped) {
        if (links.isEmpty()) {
            return;
        }
        spec.setShareProcessNamespace(true);
        main.getVolumeMounts().add(new VolumeMountBuilder()
                .withName(TaskManifest.VOLUME).withMountPath("/" + PLACE).withSubPath(PLACE).build());
        int number = 0;
        for (Map.Entry<String, String> entry : links.entrySet()) {
            Container car = container(CONTAINER + number++, entry.getValue(), entry.getKey(), main);
            if (wrapped) {
                spec.getContainers().add(car);
            } else {
                spec.getInitContainers().add(0, new ContainerBuilder(car)
                        .withRestartPolicy("Always")
                        .withNewStartupProbe()
                        .withNewExec().withCommand("sh", "-c", "test -L \"$0\"", entry.getKey()).endExec()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(60)
                        .endStartupProbe()
                        .build());
            }
        }
    }

    /** As main's user: only then may main follow the link. */
    private static Container container(String name, String image, String link, Container main) {
        Container car = new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withCommand("sh", "-c", VariableReferences.escape(SCRIPT, Set.of()), link)
                .addNewVolumeMount().withName(TaskManifest.VOLUME).withMountPath("/" + PLACE).withSubPath(PLACE).endVolumeMount()
                .withNewSecurityContext().withAllowPrivilegeEscalation(false).endSecurityContext()
                .withNewResources()
                .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("1m"))
                .addToRequests("memory", new io.fabric8.kubernetes.api.model.Quantity("8Mi"))
                .endResources()
                .build();
        if (main.getSecurityContext() != null) {
            car.getSecurityContext().setRunAsUser(main.getSecurityContext().getRunAsUser());
            car.getSecurityContext().setRunAsGroup(main.getSecurityContext().getRunAsGroup());
        }
        return car;
    }
}
