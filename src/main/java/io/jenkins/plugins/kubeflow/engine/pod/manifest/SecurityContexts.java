package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;

/** {@code securityContext}: user and group of the main container. What the administrator's base pod sets stays; capabilities are dropped. */
final class SecurityContexts {
    private SecurityContexts() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        JsonNode wanted = config.get("securityContext");
        if (wanted == null || wanted.isNull()) {
            return;
        }
        SecurityContext context = pod.main().getSecurityContext() == null ? new SecurityContext() : pod.main().getSecurityContext();
        Long user = PlatformValue.number(wanted, "runAsUser", "runAsUser");
        Long group = PlatformValue.number(wanted, "runAsGroup", "runAsGroup");
        Boolean nonRoot = PlatformValue.bool(wanted, "runAsNonRoot");
        context.setRunAsUser(context.getRunAsUser() == null ? user : context.getRunAsUser());
        context.setRunAsGroup(context.getRunAsGroup() == null ? group : context.getRunAsGroup());
        context.setRunAsNonRoot(context.getRunAsNonRoot() == null ? nonRoot : context.getRunAsNonRoot());
        if (Boolean.TRUE.equals(context.getRunAsNonRoot()) && Long.valueOf(0).equals(context.getRunAsUser())) {
            throw new InvalidPodException("securityContext asks for user 0 (root) and for runAsNonRoot; give another user id");
        }
        context.setCapabilities(new CapabilitiesBuilder().withDrop("ALL").build());
        pod.main().setSecurityContext(context);
    }
}
