package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.TypedLocalObjectReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.AccessModes;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult;
import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.TaskOutputs;
import io.jenkins.plugins.kubeflow.engine.task.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * CreatePVC and DeletePVC of kfp-kubernetes: tasks without a pod, carried out by this machine. A claim made with a name suffix is called
 * {@code <run>-<suffix>} and one without a name after the attempt, so that a repeated call after a crash finds it again. Claims outlive
 * their run, as in KFP, until a DeletePVC.
 */
final class ClaimTask {
    private static final String CREATE = "argostub/createpvc";
    private static final String DELETE = "argostub/deletepvc";

    private ClaimTask() {}

    static boolean isOne(TaskLaunch launch) {
        return isClaim(launch.executor().image());
    }

    static boolean isClaim(String image) {
        return image.equals(CREATE) || image.equals(DELETE);
    }

    /** Blocks on the API. @throws KubernetesClientException when it has trouble that passes */
    static AttemptResult run(TaskLaunch launch, PodServices services) {
        try {
            return launch.executor().image().equals(CREATE) ? create(launch, services) : delete(launch, services);
        } catch (InvalidPodException e) {
            return AttemptResult.failed(Outcome.USER_FAILED, null, e.getMessage());
        } catch (KubernetesClientException e) {
            if (ApiTrouble.passes(e)) {
                throw e;
            }
            Outcome outcome = ApiTrouble.isInvalid(e) ? Outcome.USER_FAILED : Outcome.PLATFORM_FAILED;
            return AttemptResult.failed(outcome, null, ApiTrouble.sentence(e));
        }
    }

    private static AttemptResult create(TaskLaunch launch, PodServices services) throws InvalidPodException {
        PersistentVolumeClaim claim = claim(launch, services.options().namespace());
        String name = claim.getMetadata().getName();
        allowed(services.options(), launch, claim);
        try {
            services.client().resource(claim).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409 || !isOurs(launch, services, name)) {
                throw e;
            }
        }
        return AttemptResult.succeeded(new TaskOutputs(Map.of("name", TextNode.valueOf(name)), Map.of()));
    }

    /** @throws InvalidPodException when the cloud's policy forbids the claim */
    static void allowed(PodOptions options, TaskLaunch launch, PersistentVolumeClaim claim) throws InvalidPodException {
        List<String> violations = PolicyCheck.violations(options.policy(), launch.path(), claim);
        if (!violations.isEmpty()) {
            throw new InvalidPodException("the policy of the cloud forbids it: " + String.join("; ", violations));
        }
    }

    private static boolean isOurs(TaskLaunch launch, PodServices services, String name) {
        PersistentVolumeClaim there =
                services.client().persistentVolumeClaims().inNamespace(services.options().namespace()).withName(name).get();
        return there != null
                && there.getMetadata().getAnnotations() != null
                && launch.handle().equals(there.getMetadata().getAnnotations().get(PodNames.HANDLE));
    }

    private static PersistentVolumeClaim claim(TaskLaunch launch, String namespace) throws InvalidPodException {
        Map<String, JsonNode> inputs = launch.inputs().parameters();
        Map<String, String> annotations = new LinkedHashMap<>();
        JsonNode given = inputs.get("annotations");
        if (given != null && given.isObject()) {
            given.fields().forEachRemaining(field -> annotations.put(field.getKey(), Values.text(field.getValue())));
        }
        annotations.put(PodNames.HANDLE, launch.handle());
        annotations.put(PodNames.RUN_ID, launch.run().runId());
        List<String> modes = new ArrayList<>();
        if (inputs.get("access_modes") != null) {
            inputs.get("access_modes").forEach(mode -> modes.add(mode.asText()));
        }
        String storageClass = text(inputs, "storage_class_name");
        JsonNode source = inputs.get("data_source");
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name(launch))
                .withNamespace(namespace)
                .addToLabels(PodNames.MANAGED_BY, PodNames.MANAGER)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withAccessModes(AccessModes.of(modes))
                .withNewResources().addToRequests("storage", quantity(text(inputs, "size"))).endResources()
                .withStorageClassName(inputs.get("storage_class_name") == null || inputs.get("storage_class_name").isNull() ? null : storageClass)
                .withVolumeName(text(inputs, "volume_name").isEmpty() ? null : text(inputs, "volume_name"))
                .withDataSource(source == null || source.isNull() || source.isEmpty() ? null : reference(source))
                .endSpec()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.Quantity quantity(String size) throws InvalidPodException {
        if (size.isEmpty()) {
            throw new InvalidPodException("input ‘size’ is empty; a claim needs one, such as 5Gi");
        }
        return new io.fabric8.kubernetes.api.model.Quantity(size);
    }

    private static TypedLocalObjectReference reference(JsonNode source) {
        return new TypedLocalObjectReference(
                source.hasNonNull("api_group") ? source.get("api_group").asText() : source.path("apiGroup").asText(null),
                source.path("kind").asText(),
                source.path("name").asText());
    }

    private static String name(TaskLaunch launch) throws InvalidPodException {
        String name = text(launch.inputs().parameters(), "pvc_name");
        String suffix = text(launch.inputs().parameters(), "pvc_name_suffix");
        if (!name.isEmpty() && !suffix.isEmpty()) {
            throw new InvalidPodException("‘pvc_name’ and ‘pvc_name_suffix’ are both given; give one of them");
        } else if (!name.isEmpty()) {
            return name;
        } else if (!suffix.isEmpty()) {
            return launch.run().resourceName().toLowerCase(java.util.Locale.ROOT) + (suffix.startsWith("-") ? "" : "-") + suffix;
        }
        return UUID.nameUUIDFromBytes(launch.handle().getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString();
    }

    private static AttemptResult delete(TaskLaunch launch, PodServices services) throws InvalidPodException {
        String name = text(launch.inputs().parameters(), "pvc_name");
        if (name.isEmpty()) {
            throw new InvalidPodException("input ‘pvc_name’ is empty; there is no claim to delete");
        }
        services.client().persistentVolumeClaims().inNamespace(services.options().namespace()).withName(name).delete();
        return AttemptResult.succeeded(TaskOutputs.NONE);
    }

    private static String text(Map<String, JsonNode> inputs, String name) {
        JsonNode value = inputs.get(name);
        return value == null || value.isNull() ? "" : Values.text(value);
    }
}
