package io.jenkins.plugins.kubeflow.engine.ir;

import java.util.List;

/** What became of a document: a spec, or problems (then {@code spec} is null). Warnings do not stand in the way. */
public record ReadResult(PipelineSpec spec, List<Problem> problems, List<Problem> warnings) {}
