package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;
import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import io.jenkins.plugins.kubeflow.engine.ir.ParameterType;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.InvalidPodException;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PlatformFields;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.PodDraft;
import io.jenkins.plugins.kubeflow.engine.pod.manifest.TaskConfig;
import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import io.jenkins.plugins.kubeflow.engine.task.CommandLine;
import io.jenkins.plugins.kubeflow.engine.task.ExecutorInput;
import io.jenkins.plugins.kubeflow.engine.task.OutputPlan;
import io.jenkins.plugins.kubeflow.engine.task.PythonComponent;
import io.jenkins.plugins.kubeflow.engine.task.TaskInputs;
import io.jenkins.plugins.kubeflow.engine.task.ValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the pod of an attempt, the same one each time: base pod, component, platform document, our containers, and the policy last.
 * Reads the sizes of input artifacts and the contents of small ones; calls no API. Throws sentences for people.
 */
final class TaskManifest {
    static final String MAIN = "main";
    static final String HELPER = "kfp-helper";
    static final String INIT = "kfp-inputs";
    static final Set<String> OWN_CONTAINERS = Set.of(MAIN, HELPER, INIT);
    static final String VOLUME = "kfp";
    static final String WORKSPACE = "/kfp-workspace";
    private static final String WORKSPACE_VOLUME = "kfp-workspace";
    private static final Set<ParameterType> SMALL =
            EnumSet.of(ParameterType.NUMBER_INTEGER, ParameterType.NUMBER_DOUBLE, ParameterType.BOOLEAN);

    private final TaskLaunch launch;
    private final PodOptions options;
    private final String podName;
    private final PodPaths paths;
    private final OutputPlan outputs;
    /** As the step sees it. */
    private final OutputPlan seen;
    private final StepObjects objects;
    private final StoreMounts mounts;
    private final Modelcars modelcars;
    private final List<InputFile> files = new ArrayList<>();

    private TaskManifest(TaskLaunch launch, PodOptions options) throws InvalidPodException {
        this.launch = launch;
        this.options = options;
        this.podName = PodNames.pod(launch.taskKey(), launch.handle());
        this.paths = new PodPaths(launch);
        this.outputs = paths.outputs(launch);
        this.seen = paths.seen(outputs, launch);
        this.objects = StepObjects.of(launch, paths, options);
        this.mounts = StoreMounts.of(launch, paths, objects);
        this.modelcars = Modelcars.of(launch, options);
    }

    static Step of(TaskLaunch launch, PodOptions options) throws InvalidPodException, ValueException, IOException {
        return new TaskManifest(launch, options).build();
    }

    private Step build() throws InvalidPodException, ValueException, IOException {
        TaskInputs inputs = inputsInPod();
        CommandLine fields = new CommandLine(new ExecutorInput(inputs, seen), launch.run(), launch.taskKey());

        PodSpec spec = base(options);
        Container main = baseContainer(spec);
        TaskConfig taskConfig = new TaskConfig(launch.component());
        PodDraft draft = new PodDraft(spec, main, taskConfig);
        Map<String, String> environment = new LinkedHashMap<>(launch.environment());
        environment.putAll(fields.environment(launch.executor()));
        String image = ImageReplacements.of(options, fields.text(launch.executor().image()));
        main.setImage(image);
        PlatformFields.apply(
                draft, launch.platform(), launch.executor().resources(), environment, fields::text, OWN_CONTAINERS);

        ImageReplacements.apply(options, spec.getInitContainers());
        CommandLine line = withTaskConfig(inputs, taskConfig, fields);
        List<String> command = line.command(launch.executor());
        List<String> arguments = line.arguments(launch.executor());
        List<String> argv = new ArrayList<>(command);
        argv.addAll(arguments);
        PythonComponent python = PythonComponent.of(argv);
        if (python != null) {
            argv = PythonStep.satisfied(argv, python, options);
            if (PythonStep.tooLong(argv)) {
                argv = PythonStep.throughFiles(argv, python, files);
            }
        }
        if (PythonStep.tooLong(argv)) {
            throw new InvalidPodException("its command has an argument of more than " + PythonStep.LONGEST_ARGUMENT
                    + " bytes, which Linux does not allow; pass it as an artifact");
        }
        PodPlan plan = plan(command, image);
        Set<String> variables = main.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
        if (plan.wrapped()) {
            List<String> words = new ArrayList<>(List.of("sh", "-c", wrapper(plan), "sh"));
            argv.forEach(word -> words.add(VariableReferences.escape(word, variables)));
            words.set(2, VariableReferences.escape(words.get(2), Set.of()));
            main.setCommand(words);
            main.setArgs(new ArrayList<>());
        } else {
            main.setCommand(new ArrayList<>(command.stream().map(word -> VariableReferences.escape(word, variables)).toList()));
            main.setArgs(new ArrayList<>(arguments.stream().map(word -> VariableReferences.escape(word, variables)).toList()));
        }
        complete(spec, main, plan, python != null && !python.installs().isEmpty());
        PolicyDefaults.apply(options.policy(), spec);
        Pod pod = pod(draft, plan);
        List<String> violations = PolicyCheck.violations(options.policy(), launch.path(), pod, options.helperImage(objects.isAny()));
        if (!violations.isEmpty()) {
            throw new InvalidPodException("the policy of the cloud forbids it: " + String.join("; ", violations));
        }
        return new Step(podName, plan, paths, outputs, files, objects, pod);
    }

    /** A copy of what every pod starts from. */
    static PodSpec base(PodOptions options) {
        boolean none = options.basePod() == null || options.basePod().getSpec() == null;
        return none ? new PodSpec() : new PodBuilder(options.basePod()).build().getSpec();
    }

    /** The container named "main" of the base pod, or its first one, or a new one; always the first of the pod. */
    private static Container baseContainer(PodSpec spec) {
        List<Container> containers = new ArrayList<>(spec.getContainers());
        Container main = containers.stream().filter(c -> c.getName().equals(MAIN)).findFirst().orElse(null);
        if (main == null) {
            main = new ContainerBuilder().withName(MAIN).build();
        } else {
            containers.remove(main);
        }
        containers.add(0, main);
        spec.setContainers(containers);
        return main;
    }

    private TaskInputs inputsInPod() {
        Map<String, List<Artifact>> artifacts = new LinkedHashMap<>();
        launch.inputs().artifacts().forEach((name, list) -> {
            List<Artifact> inPod = new ArrayList<>();
            for (Artifact artifact : list) {
                if (artifact.metadata().path("_kfp_workspace").asBoolean()) {
                    inPod.add(artifact);
                    continue;
                }
                Artifact seen = paths.inPod(artifact);
                Path local = mounts.provides(artifact.uri()) ? null : local(artifact);
                if (local != null) {
                    files.add(InputFile.of(ArtifactPaths.path(seen.uri()), local));
                }
                inPod.add(seen);
            }
            artifacts.put(name, inPod);
        });
        return new TaskInputs(launch.inputs().parameters(), artifacts);
    }

    /** Where this machine has the artifact, or null. */
    private static Path local(Artifact artifact) {
        String path = ArtifactPaths.path(artifact.uri());
        return path.startsWith("/") && Files.exists(Path.of(path)) && LocalFiles.mayRead(Path.of(path)) ? Path.of(path) : null;
    }

    private CommandLine withTaskConfig(TaskInputs inputs, TaskConfig taskConfig, CommandLine fields) {
        Set<String> names = TaskConfig.parameters(launch.component());
        if (names.isEmpty()) {
            return fields;
        }
        Map<String, JsonNode> parameters = new LinkedHashMap<>(inputs.parameters());
        names.forEach(name -> parameters.put(name, taskConfig.value()));
        return new CommandLine(
                new ExecutorInput(new TaskInputs(parameters, inputs.artifacts()), seen), launch.run(), launch.taskKey());
    }

    private PodPlan plan(List<String> command, String image) throws IOException {
        List<InputFile> single = new ArrayList<>();
        long bytes = 0;
        for (InputFile file : files) {
            single.addAll(file.files());
        }
        for (InputFile file : single) {
            bytes += Math.max(1, file.size());
        }
        files.clear();
        files.addAll(single);
        bytes += objects.inputs().isEmpty() ? 0 : PodPlan.MANIFEST_LIMIT + 1; // they are never in the manifest
        return mounts.explain(PodPlan.of(new PodPlan.Task(
                command, image, ShellImages.has(options.shellImages(), image), outputKind(), bytes)));
    }

    /** Artifacts may hold data or, like metrics, metadata of any size. */
    private PodPlan.Outputs outputKind() {
        if (!launch.component().outputArtifacts().isEmpty()) {
            return PodPlan.Outputs.ANY;
        }
        var parameters = launch.component().outputParameters().values();
        if (parameters.isEmpty()) {
            return PodPlan.Outputs.NONE;
        }
        return parameters.stream().allMatch(parameter -> SMALL.contains(parameter.type())) ? PodPlan.Outputs.SMALL : PodPlan.Outputs.ANY;
    }

    private String wrapper(PodPlan plan) throws IOException {
        boolean own = paths.keptHere() || !outputs.artifacts().isEmpty();
        List<String> directories = own ? List.of(PodPaths.OUT, paths.artifactRoot()) : List.of(PodPaths.OUT);
        String before = seen.outputFile().equals(outputs.outputFile()) ? "" : StepScript.link(outputs.outputFile(), seen.outputFile());
        return StepScript.wrapper(plan, podName, directories, files, before + modelcars.waiting(), StepScript.outputs(outputs));
    }

    private void complete(PodSpec spec, Container main, PodPlan plan, boolean python) throws IOException {
        spec.setRestartPolicy("Never");
        if (options.serviceAccount() != null) {
            spec.setServiceAccountName(options.serviceAccount());
        }
        if (spec.getTerminationGracePeriodSeconds() == null) {
            spec.setTerminationGracePeriodSeconds(options.grace().toSeconds());
        }
        if (spec.getEnableServiceLinks() == null) {
            spec.setEnableServiceLinks(false);
        }
        spec.getVolumes().add(new VolumeBuilder().withName(VOLUME).withNewEmptyDir().endEmptyDir().build());
        main.getVolumeMounts().add(new VolumeMountBuilder().withName(VOLUME).withMountPath(PodPaths.ROOT).build());
        mounts.apply(spec, main);
        modelcars.apply(spec, main, plan.wrapped());
        if (!plan.wrapped() && plan.helper()) {
            for (String directory : mounts.artifactsOnClaim() ? List.of(PodPaths.OUT) : List.of(PodPaths.OUT, paths.artifactRoot())) {
                main.getVolumeMounts().add(new VolumeMountBuilder()
                        .withName(VOLUME).withMountPath(directory).withSubPath(PodPaths.relative(directory)).build());
            }
        }
        if (python) {
            PythonVolumes.add(options, spec, main);
        }
        if (Workspace.isWanted(launch)) {
            spec.getVolumes().add(new VolumeBuilder().withName(WORKSPACE_VOLUME)
                    .withNewPersistentVolumeClaim(Workspace.claimName(launch), null).build());
            main.getVolumeMounts().add(new VolumeMountBuilder().withName(WORKSPACE_VOLUME).withMountPath(WORKSPACE).build());
        }
        if (plan.helper()) {
            spec.getContainers().add(helper(HELPER, main, List.of("sh", "-c", VariableReferences.escape(StepScript.HELPER, Set.of()))));
        }
        if (plan.inputs() == PodPlan.Inputs.INIT) {
            String script = large() ? "until [ -e /kfp/.ready ]; do sleep 0.05; done" : StepScript.unpacker(files);
            spec.getInitContainers().add(0, helper(INIT, main, List.of("sh", "-c", script)));
        }
    }

    private boolean large() throws IOException {
        long bytes = objects.inputs().isEmpty() ? 0 : PodPlan.MANIFEST_LIMIT + 1;
        for (InputFile file : files) {
            bytes += file.size();
        }
        return bytes > PodPlan.MANIFEST_LIMIT;
    }

    /** One of our own containers; it runs as main's user when main's is known, so that it can read what main writes. */
    private Container helper(String name, Container main, List<String> command) {
        Container helper = new ContainerBuilder()
                .withName(name)
                .withImage(options.helperImage(objects.isAny()))
                .withCommand(command)
                .addNewVolumeMount().withName(VOLUME).withMountPath(PodPaths.ROOT).endVolumeMount()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext()
                .withNewResources()
                .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("1m"))
                .addToRequests("memory", new io.fabric8.kubernetes.api.model.Quantity("8Mi"))
                .endResources()
                .build();
        if (main.getSecurityContext() != null) {
            helper.getSecurityContext().setRunAsUser(main.getSecurityContext().getRunAsUser());
            helper.getSecurityContext().setRunAsGroup(main.getSecurityContext().getRunAsGroup());
        }
        return helper;
    }

    private Pod pod(PodDraft draft, PodPlan plan) {
        ObjectMeta base = options.basePod() == null ? null : options.basePod().getMetadata();
        Map<String, String> labels = new LinkedHashMap<>(base == null || base.getLabels() == null ? Map.of() : base.getLabels());
        labels.putAll(draft.labels());
        labels.put(PodNames.MANAGED_BY, PodNames.MANAGER);
        labels.put(PodNames.OWNER, PodNames.label(options.owner()));
        labels.put(PodNames.RUN, PodNames.label(launch.run().runId()));
        labels.put(PodNames.TASK, PodNames.label(launch.path()));
        labels.put(PodNames.ATTEMPT, Integer.toString(launch.attempt()));
        Map<String, String> annotations =
                new LinkedHashMap<>(base == null || base.getAnnotations() == null ? Map.of() : base.getAnnotations());
        annotations.putAll(draft.annotations());
        annotations.put(PodNames.RUN_ID, launch.run().runId());
        annotations.put(PodNames.RUN_NAME, launch.run().runName());
        annotations.put(PodNames.TASK_PATH, launch.path());
        annotations.put(PodNames.HANDLE, launch.handle());
        annotations.put(PodNames.PLAN, plan.reason());
        annotations.putAll(PodTtl.annotations(launch.pipelinePlatform()));
        return new PodBuilder()
                .withNewMetadata()
                .withName(podName)
                .withNamespace(options.namespace())
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(draft.spec())
                .build();
    }
}
