package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SeccompProfileBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a policy adds to a pod: requests for containers that ask for nothing, ceilings as limits, what the level "restricted" demands. */
final class PolicyDefaults {
    /** For our own containers, whose image would run as root. */
    private static final long NOBODY = 65_534;

    /** What every container uses, asked for or not. */
    private static final Set<String> ALWAYS_USED = Set.of("cpu", "memory", "ephemeral-storage");

    private PolicyDefaults() {}

    static void apply(PodPolicy policy, PodSpec spec) {
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream()).forEach(container -> {
            requests(policy, container);
            limits(policy, container);
            if (policy.restricted()) {
                restrict(container, spec.getSecurityContext() != null && spec.getSecurityContext().getRunAsUser() != null);
            }
        });
    }

    private static void requests(PodPolicy policy, Container container) {
        if (policy.defaultRequests().isEmpty()) {
            return;
        }
        ResourceRequirements resources = container.getResources() == null ? new ResourceRequirements() : container.getResources();
        Map<String, Quantity> requests = new LinkedHashMap<>(resources.getRequests() == null ? Map.of() : resources.getRequests());
        Map<String, Quantity> limits = resources.getLimits() == null ? Map.of() : resources.getLimits();
        policy.defaultRequests().forEach((resource, quantity) -> {
            if (!limits.containsKey(resource)) {
                requests.putIfAbsent(resource, quantity);
            }
        });
        resources.setRequests(requests);
        container.setResources(resources);
    }

    /** A ceiling holds for a container that sets no limit, too; it still asks for no more than before. */
    private static void limits(PodPolicy policy, Container container) {
        Map<String, Quantity> ceilings = new LinkedHashMap<>(policy.ceilings());
        ceilings.keySet().retainAll(ALWAYS_USED);
        if (ceilings.isEmpty()) {
            return;
        }
        ResourceRequirements resources = container.getResources() == null ? new ResourceRequirements() : container.getResources();
        Map<String, Quantity> limits = new LinkedHashMap<>(resources.getLimits() == null ? Map.of() : resources.getLimits());
        Map<String, Quantity> requests = new LinkedHashMap<>(resources.getRequests() == null ? Map.of() : resources.getRequests());
        ceilings.forEach((resource, ceiling) -> {
            if (limits.putIfAbsent(resource, ceiling) == null) {
                requests.putIfAbsent(resource, new Quantity("0"));
            }
        });
        resources.setLimits(limits);
        resources.setRequests(requests);
        container.setResources(resources);
    }

    /** @param userOfPod whether the pod names a user, which is then main's and our containers' */
    private static void restrict(Container container, boolean userOfPod) {
        SecurityContext context = container.getSecurityContext() == null ? new SecurityContext() : container.getSecurityContext();
        boolean ours = container.getName().equals(TaskManifest.HELPER) || container.getName().equals(TaskManifest.INIT);
        if (ours && context.getRunAsUser() == null && !userOfPod) {
            context.setRunAsUser(NOBODY);
        }
        context.setAllowPrivilegeEscalation(false);
        context.setRunAsNonRoot(true);
        context.setCapabilities(new CapabilitiesBuilder().withDrop("ALL").build());
        if (context.getSeccompProfile() == null) {
            context.setSeccompProfile(new SeccompProfileBuilder().withType("RuntimeDefault").build());
        }
        container.setSecurityContext(context);
    }
}
