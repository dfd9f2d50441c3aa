package io.jenkins.plugins.kubeflow.registry;

import hudson.util.ListBoxModel;

/** The versions of a pipeline as a drop-down shows them: the two names that move, then each version. */
final class VersionChoices {
    private VersionChoices() {}

    static ListBoxModel of(RegisteredPipeline pipeline) {
        ListBoxModel list = new ListBoxModel();
        list.add(label(Messages.VersionChoices_Latest(), pipeline.latest()), RegisteredPipeline.LATEST);
        list.add(label(Messages.VersionChoices_Default(), pipeline.defaultVersion()), RegisteredPipeline.DEFAULT);
        pipeline.versions().forEach(version -> list.add(version.name(), version.name()));
        return list;
    }

    private static String label(String name, PipelineVersion now) {
        return now == null ? name : name + " (" + now.name() + ")";
    }
}
