package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/**
 * What the users of a cloud may set; the administrator's, applied to each pod last. Empty lists allow everything.
 *
 * @param namespaces where pods may run
 * @param serviceAccounts that pods may use
 * @param images patterns, {@code *} stands for anything
 * @param hostAccess whether hostPath volumes, host namespaces, host ports and privileged containers are allowed
 * @param ceilings largest limit or request of one container by resource, and of one claim for {@code storage}; a container without a
 *     limit for cpu, memory or ephemeral-storage gets the ceiling as its limit
 * @param defaultRequests what a container gets that asks for nothing
 * @param restricted whether pods are made to fit the Pod Security level "restricted"
 */
public record PodPolicy(
        List<String> namespaces,
        List<String> serviceAccounts,
        List<String> images,
        boolean hostAccess,
        Map<String, Quantity> ceilings,
        Map<String, Quantity> defaultRequests,
        boolean restricted) {

    public static final PodPolicy DEFAULT = new PodPolicy(List.of(), List.of(), List.of(), false, Map.of(), Map.of(), false);

    /** The same for namespaces of the Pod Security level "restricted". */
    public PodPolicy asRestricted() {
        return new PodPolicy(namespaces, serviceAccounts, images, hostAccess, ceilings, defaultRequests, true);
    }
}
