package io.jenkins.plugins.kubeflow.engine.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.artifact.Artifact;

/** What one iteration runs for: a value or an artifact; the other is null. */
record LoopItem(JsonNode value, Artifact artifact) {}
