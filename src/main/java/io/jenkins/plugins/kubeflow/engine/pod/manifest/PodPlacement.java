package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code podAffinity}: near other pods or, with {@code anti}, away from them; preferred with a weight, required without. */
final class PodPlacement {
    private PodPlacement() {}

    static void apply(JsonNode config, PodDraft pod) {
        for (JsonNode entry : config.path("podAffinity")) {
            if (pod.taskConfig().takes(TaskConfig.Field.KUBERNETES_AFFINITY)) {
                add(entry, pod.taskConfig()::affinity);
            }
            if (pod.taskConfig().leaves(TaskConfig.Field.KUBERNETES_AFFINITY)) {
                add(entry, pod::affinity);
            }
        }
    }

    private static void add(JsonNode entry, Supplier<Affinity> owner) {
        Affinity affinity = owner.get();
        PodAffinityTerm term = term(entry);
        WeightedPodAffinityTerm weighted = entry.hasNonNull("weight") ? new WeightedPodAffinityTerm(term, entry.get("weight").asInt()) : null;
        if (entry.path("anti").asBoolean()) {
            PodAntiAffinity anti = affinity.getPodAntiAffinity() == null ? new PodAntiAffinity() : affinity.getPodAntiAffinity();
            affinity.setPodAntiAffinity(anti);
            if (weighted == null) {
                anti.getRequiredDuringSchedulingIgnoredDuringExecution().add(term);
            } else {
                anti.getPreferredDuringSchedulingIgnoredDuringExecution().add(weighted);
            }
            return;
        }
        PodAffinity near = affinity.getPodAffinity() == null ? new PodAffinity() : affinity.getPodAffinity();
        affinity.setPodAffinity(near);
        if (weighted == null) {
            near.getRequiredDuringSchedulingIgnoredDuringExecution().add(term);
        } else {
            near.getPreferredDuringSchedulingIgnoredDuringExecution().add(weighted);
        }
    }

    private static PodAffinityTerm term(JsonNode entry) {
        PodAffinityTerm term = new PodAffinityTerm();
        term.setTopologyKey(PlatformValue.text(entry, "topologyKey"));
        term.setNamespaces(PlatformValue.texts(entry.path("namespaces")));
        term.setLabelSelector(selector(entry.path("matchPodExpressions"), entry.path("matchPodLabels")));
        term.setNamespaceSelector(selector(entry.path("matchNamespaceExpressions"), entry.path("matchNamespaceLabels")));
        return term;
    }

    private static LabelSelector selector(JsonNode expressions, JsonNode labels) {
        if (expressions.isEmpty() && labels.isEmpty()) {
            return null;
        }
        List<LabelSelectorRequirement> requirements = new ArrayList<>();
        for (JsonNode entry : expressions) {
            requirements.add(new LabelSelectorRequirement(
                    entry.path("key").asText(), entry.path("operator").asText(), PlatformValue.texts(entry.path("values"))));
        }
        return new LabelSelector(requirements, PlatformValue.map(labels));
    }
}
