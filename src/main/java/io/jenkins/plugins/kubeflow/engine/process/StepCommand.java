package io.jenkins.plugins.kubeflow.engine.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a step's process does: {@code argv} as a command of its own, or, when {@code module} is given, what
 * {@code python -m module argv...} does, in {@code interpreter} (null for commands). {@code environment} is complete, {@code directory}
 * exists.
 */
record StepCommand(List<String> argv, String module, Path interpreter, Map<String, String> environment, Path directory) {}
