package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ComponentSpec;
import io.jenkins.plugins.kubeflow.engine.ir.DagSpec;
import io.jenkins.plugins.kubeflow.engine.ir.ExecutorSpec;
import io.jenkins.plugins.kubeflow.engine.ir.PipelineSpec;
import io.jenkins.plugins.kubeflow.engine.ir.TaskSpec;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PlatformFields;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PodDraft;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.TaskConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pipeline against the policy before its run starts: what can be told without values. What depends on a value is checked when the
 * pod is made. Pure.
 */
public final class RunPolicyCheck {
    private final PipelineSpec spec;
    private final PodOptions options;
    private final Set<String> problems = new LinkedHashSet<>();

    private RunPolicyCheck(PipelineSpec spec, PodOptions options) {
        this.spec = spec;
        this.options = options;
    }

    /** @return sentences that name task and field; empty when the run may start */
    public static List<String> problems(PipelineSpec spec, PodOptions options) {
        RunPolicyCheck check = new RunPolicyCheck(spec, options);
        Stream.concat(Stream.of(spec.root()), spec.components().values().stream())
                .map(ComponentSpec::dag)
                .forEach(check::dag);
        return List.copyOf(check.problems);
    }

    private void dag(DagSpec dag) {
        if (dag == null) {
            return;
        }
        for (TaskSpec task : dag.tasks().values()) {
            ComponentSpec component = spec.component(task);
            if (component != null && !component.isDag() && spec.executor(component) instanceof ExecutorSpec.Container executor) {
                task(task.key(), component, executor);
            }
        }
    }

    private void task(String name, ComponentSpec component, ExecutorSpec.Container executor) {
        if (ClaimTask.isClaim(executor.image())) {
            return;
        }
        try {
            problems.addAll(PolicyCheck.violations(options.policy(), name, pod(component, executor), options.helperImage()));
        } catch (InvalidPodException e) {
            problems.add("task ‘" + name + "’: " + e.getMessage());
        }
    }

    private Pod pod(ComponentSpec component, ExecutorSpec.Container executor) throws InvalidPodException {
        PodSpec base = TaskManifest.base(options);
        base.setServiceAccountName(options.serviceAccount() == null ? base.getServiceAccountName() : options.serviceAccount());
        List<Container> containers = new ArrayList<>(base.getContainers());
        Container main = containers.stream().filter(other -> other.getName().equals(TaskManifest.MAIN)).findFirst().orElse(null);
        if (main == null) {
            main = new ContainerBuilder().withName(TaskManifest.MAIN).build();
            containers.add(0, main);
        }
        main.setImage(isConstant(executor.image()) ? ImageReplacements.of(options, executor.image()) : null);
        base.setContainers(containers);
        ObjectNode config = spec.platform().executors().getOrDefault(component.executorLabel(), JsonNodeFactory.instance.objectNode());
        PlatformFields.applyConstants(
                new PodDraft(base, main, new TaskConfig(component)), config, constants(executor.resources()), TaskManifest.OWN_CONTAINERS);
        ImageReplacements.apply(options, base.getInitContainers());
        return new PodBuilder().withNewMetadata().withNamespace(options.namespace()).endMetadata().withSpec(base).build();
    }

    private static ObjectNode constants(ObjectNode resources) {
        ObjectNode constants = resources.deepCopy();
        List<String> names = new ArrayList<>();
        constants.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = constants.get(name);
            if (!isConstant(value.toString())) {
                constants.remove(name);
            }
        }
        return constants;
    }

    private static boolean isConstant(String text) {
        return !text.contains("{{");
    }
}
