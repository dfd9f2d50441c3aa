package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod against a policy: each violation is a sentence that names the task and the field. Pure, so it can be asked before a run starts
 * and again for the pod that is made.
 */
public final class PolicyCheck {
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private final PodPolicy policy;
    private final String task;
    private final List<String> violations = new ArrayList<>();

    private PolicyCheck(PodPolicy policy, String task) {
        this.policy = policy;
        this.task = task;
    }

    /** @param helperImage the administrator's own, always allowed */
    public static List<String> violations(PodPolicy policy, String task, Pod pod, String helperImage) {
        PolicyCheck check = new PolicyCheck(policy, task);
        check.pod(pod, helperImage);
        return check.violations;
    }

    private void pod(Pod pod, String helperImage) {
        PodSpec spec = pod.getSpec();
        String namespace = pod.getMetadata().getNamespace();
        if (!policy.namespaces().isEmpty() && !policy.namespaces().contains(namespace)) {
            violation("metadata.namespace", "namespace ‘" + namespace + "’ is not one of " + policy.namespaces());
        }
        String account = spec.getServiceAccountName() == null ? "default" : spec.getServiceAccountName();
        if (!policy.serviceAccounts().isEmpty() && !policy.serviceAccounts().contains(account)) {
            violation("spec.serviceAccountName", "service account ‘" + account + "’ is not one of " + policy.serviceAccounts());
        }
        if (!policy.hostAccess()) {
            forbid("spec.hostNetwork", spec.getHostNetwork());
            forbid("spec.hostPID", spec.getHostPID());
            forbid("spec.hostIPC", spec.getHostIPC());
            for (Volume volume : spec.getVolumes()) {
                if (volume.getHostPath() != null) {
                    violation("spec.volumes", "volume ‘" + volume.getName() + "’ is a hostPath");
                }
            }
        }
        for (Volume volume : spec.getVolumes()) {
            if (volume.getEphemeral() != null && volume.getEphemeral().getVolumeClaimTemplate() != null) {
                storage("spec.volumes ‘" + volume.getName() + "’: ", volume.getEphemeral().getVolumeClaimTemplate().getSpec());
            }
        }
        annotations(pod.getMetadata().getAnnotations());
        Long user = spec.getSecurityContext() == null ? null : spec.getSecurityContext().getRunAsUser();
        if (policy.restricted() && Long.valueOf(0).equals(user)) {
            violation("spec.securityContext.runAsUser", "root is not allowed by the level “restricted”");
        }
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .forEach(container -> container(container, helperImage));
    }

    /** @return sentences; empty when the claim may be made */
    public static List<String> violations(PodPolicy policy, String task, PersistentVolumeClaim claim) {
        PolicyCheck check = new PolicyCheck(policy, task);
        check.storage("claim ‘" + claim.getMetadata().getName() + "’: ", claim.getSpec());
        return check.violations;
    }

    private void storage(String where, PersistentVolumeClaimSpec claim) {
        if (claim.getResources() != null) {
            ceilings(where + "resources.requests.", claim.getResources().getRequests());
        }
    }

    /** The old way to take AppArmor off a container. */
    private void annotations(Map<String, String> annotations) {
        if (annotations != null && !policy.hostAccess()) {
            annotations.forEach((key, value) -> {
                if (key.startsWith(APP_ARMOR) && value.equals("unconfined")) {
                    violation("metadata.annotations ‘" + key + "’", "it is not allowed");
                }
            });
        }
    }

    private void container(Container container, String helperImage) {
        String where = "container ‘" + container.getName() + "’: ";
        if (!policy.images().isEmpty()
                && container.getImage() != null
                && !container.getImage().equals(helperImage)
                && policy.images().stream().noneMatch(pattern -> Wildcard.matches(pattern, container.getImage()))) {
            violation(where + "image", "‘" + container.getImage() + "’ matches none of " + policy.images());
        }
        SecurityContext context = container.getSecurityContext();
        if (!policy.hostAccess() && context != null) {
            forbid(where + "securityContext.privileged", context.getPrivileged());
            if (context.getCapabilities() != null && !context.getCapabilities().getAdd().isEmpty()) {
                violation(where + "securityContext.capabilities.add", context.getCapabilities().getAdd() + " must not be added");
            }
        }
        if (!policy.hostAccess() && context != null) {
            if (context.getProcMount() != null && !context.getProcMount().equals("Default")) {
                violation(where + "securityContext.procMount", context.getProcMount() + " is not allowed");
            }
            boolean open = context.getSeccompProfile() != null && "Unconfined".equals(context.getSeccompProfile().getType());
            if (policy.restricted() && open) {
                violation(where + "securityContext.seccompProfile", "Unconfined is not allowed by the level “restricted”");
            }
        }
        for (ContainerPort port : container.getPorts()) {
            if (!policy.hostAccess() && port.getHostPort() != null) {
                violation(where + "ports.hostPort", "host ports are not allowed");
            }
        }
        if (container.getResources() != null) {
            ceilings(where + "resources.limits.", container.getResources().getLimits());
            ceilings(where + "resources.requests.", container.getResources().getRequests());
        }
        if (policy.restricted() && context != null && Long.valueOf(0).equals(context.getRunAsUser())) {
            violation(where + "securityContext.runAsUser", "root is not allowed by the level “restricted”");
        }
    }

    private void ceilings(String field, Map<String, Quantity> quantities) {
        if (quantities == null) {
            return;
        }
        quantities.forEach((resource, quantity) -> {
            Quantity ceiling = policy.ceilings().get(resource);
            if (ceiling != null && quantity.getNumericalAmount().compareTo(ceiling.getNumericalAmount()) > 0) {
                violation(field + resource, quantity + " is more than the " + ceiling + " that one container may have");
            }
        });
    }

    private void forbid(String field, Boolean value) {
        if (Boolean.TRUE.equals(value)) {
            violation(field, "it is not allowed");
        }
    }

    private void violation(String field, String why) {
        violations.add("task ‘" + task + "’: " + field + ": " + why + " (policy of the cloud)");
    }
}
