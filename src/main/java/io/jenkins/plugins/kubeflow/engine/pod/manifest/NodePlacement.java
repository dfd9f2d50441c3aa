package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code nodeSelector} and {@code nodeAffinity}; a term with a weight is preferred, one without is required. */
final class NodePlacement {
    private NodePlacement() {}

    static void apply(JsonNode config, PodDraft pod) throws InvalidPodException {
        selector(config.path("nodeSelector"), pod);
        affinity(config.path("nodeAffinity"), pod);
    }

    private static void selector(JsonNode selector, PodDraft pod) throws InvalidPodException {
        JsonNode json = PlatformValue.reference(selector, "nodeSelectorJson");
        JsonNode labels = json == null ? selector.path("labels") : json;
        if (!labels.isObject() && !labels.isNull() && !labels.isMissingNode()) {
            throw new InvalidPodException("the node selector is not a map of labels: " + labels);
        }
        Map<String, String> map = PlatformValue.map(labels);
        if (map.isEmpty()) {
            return;
        }
        if (pod.taskConfig().takes(TaskConfig.Field.KUBERNETES_NODE_SELECTOR)) {
            pod.taskConfig().nodeSelector(map);
        }
        if (pod.taskConfig().leaves(TaskConfig.Field.KUBERNETES_NODE_SELECTOR)) {
            pod.nodeSelector(map);
        }
    }

    private static void affinity(JsonNode terms, PodDraft pod) throws InvalidPodException {
        List<NodeSelectorTerm> required = new ArrayList<>();
        List<PreferredSchedulingTerm> preferred = new ArrayList<>();
        for (JsonNode term : terms) {
            JsonNode json = PlatformValue.reference(term, "nodeAffinityJson");
            if (json != null) {
                if (!json.isNull() && !json.isEmpty()) {
                    NodeAffinity affinity = PodYaml.object(json, NodeAffinity.class, "a node affinity");
                    if (affinity.getRequiredDuringSchedulingIgnoredDuringExecution() != null) {
                        required.addAll(affinity.getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTerms());
                    }
                    preferred.addAll(affinity.getPreferredDuringSchedulingIgnoredDuringExecution());
                }
                continue;
            }
            NodeSelectorTerm selector = new NodeSelectorTermBuilder()
                    .withMatchExpressions(requirements(term.path("matchExpressions")))
                    .withMatchFields(requirements(term.path("matchFields")))
                    .build();
            if (selector.getMatchExpressions().isEmpty() && selector.getMatchFields().isEmpty()) {
                continue;
            }
            if (term.hasNonNull("weight")) {
                preferred.add(new PreferredSchedulingTermBuilder().withPreference(selector).withWeight(term.get("weight").asInt()).build());
            } else {
                required.add(selector);
            }
        }
        if (required.isEmpty() && preferred.isEmpty()) {
            return;
        }
        NodeAffinity affinity = new NodeAffinity();
        affinity.setPreferredDuringSchedulingIgnoredDuringExecution(preferred);
        if (!required.isEmpty()) {
            affinity.setRequiredDuringSchedulingIgnoredDuringExecution(new io.fabric8.kubernetes.api.model.NodeSelector(required));
        }
        if (pod.taskConfig().takes(TaskConfig.Field.KUBERNETES_AFFINITY)) {
            pod.taskConfig().affinity().setNodeAffinity(affinity);
        }
        if (pod.taskConfig().leaves(TaskConfig.Field.KUBERNETES_AFFINITY)) {
            pod.affinity().setNodeAffinity(affinity);
        }
    }

    private static List<NodeSelectorRequirement> requirements(JsonNode list) {
        List<NodeSelectorRequirement> requirements = new ArrayList<>();
        for (JsonNode entry : list) {
            requirements.add(new NodeSelectorRequirement(
                    entry.path("key").asText(), entry.path("operator").asText(), PlatformValue.texts(entry.path("values"))));
        }
        return requirements;
    }
}
