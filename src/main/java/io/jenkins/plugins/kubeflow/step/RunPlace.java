package io.jenkins.plugins.kubeflow.step;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.registry.RegisteredDefinition;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;

/**
 * Where the runs of steps are stored: each is a build of a pipeline job in the experiment that the step names, or in the default one.
 * The job has the pipeline's name and is made when it is first needed. Called with the authentication of the build.
 */
final class RunPlace {
    private RunPlace() {}

    /** @throws AbortException when there is no such job or the build may not start it */
    static KubeflowPipeline existing(String name, Job<?, ?> caller) throws AbortException {
        Item item = Jenkins.get().getItem(name, caller.getParent(), Item.class);
        if (!(item instanceof KubeflowPipeline job)) {
            throw new AbortException(item == null ? "there is no job ‘" + name + "’" : "‘" + name + "’ is not a Kubeflow pipeline");
        }
        job.checkPermission(Item.BUILD);
        return job;
    }

    static KubeflowPipeline ofExperiment(String experiment, String pipeline, Job<?, ?> caller) throws IOException {
        Experiment place = experiment == null ? Experiment.getOrCreateDefault() : experiment(experiment, caller);
        synchronized (RunPlace.class) {
            Item item = place.getItem(pipeline);
            if (item instanceof KubeflowPipeline job) {
                job.checkPermission(Item.BUILD);
                return job;
            }
            if (item != null) {
                throw new AbortException("‘" + item.getFullName() + "’ is not a Kubeflow pipeline");
            }
            KubeflowPipeline job = place.createProject(KubeflowPipeline.class, pipeline);
            job.setDescription("Runs of ‘" + pipeline + "’ that builds have started. The pipeline comes with each run.");
            return job;
        }
    }

    /** Whether the job takes its pipeline from this one of the registry; a job that has none yet is made to. */
    static boolean refersTo(KubeflowPipeline job, String pipeline) throws IOException {
        synchronized (RunPlace.class) {
            if (job.getDefinition() == null) {
                job.setDefinition(new RegisteredDefinition(pipeline));
                job.save();
            }
            return job.getDefinition() instanceof RegisteredDefinition registered && registered.getPipeline().equals(pipeline);
        }
    }

    private static Experiment experiment(String name, Job<?, ?> caller) throws IOException {
        Item item = Jenkins.get().getItem(name, caller.getParent(), Item.class);
        if (item instanceof Experiment experiment) {
            return experiment;
        }
        if (item != null) {
            throw new AbortException("‘" + name + "’ is not an experiment");
        }
        ItemGroup<?> group = caller.getParent();
        if (name.contains("/") || !(group instanceof ModifiableTopLevelItemGroup parent)) {
            throw new AbortException("there is no experiment ‘" + name + "’");
        }
        hudson.model.TopLevelItemDescriptor type = Jenkins.get().getDescriptorByType(Experiment.DescriptorImpl.class);
        Jenkins.checkGoodName(name);
        return (Experiment) parent.createProject(type, name, true);
    }
}
