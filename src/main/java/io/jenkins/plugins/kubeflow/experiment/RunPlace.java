package io.jenkins.plugins.kubeflow.experiment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import io.jenkins.plugins.kubeflow.registry.RegisteredDefinition;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;

/**
 * Where runs are stored whose pipeline comes with them: each is a build of a pipeline job in the experiment that is named, or in the
 * default one. The job has the pipeline's name and is made when it is first needed. Names are relative to a folder, that of the build
 * that asks. Called with the authentication of whoever asks.
 */
public final class RunPlace {
    private RunPlace() {}

    /** @throws AbortException when there is no such job of the name */
    public static KubeflowPipeline existing(String name, ItemGroup<?> folder) throws AbortException {
        KubeflowPipeline job = named(name, folder);
        job.checkPermission(Item.BUILD);
        return job;
    }

    /** One that is not there and one that may not be read are the same. @throws AbortException when there is no such job */
    public static KubeflowPipeline named(String name, ItemGroup<?> folder) throws AbortException {
        Item item = Jenkins.get().getItem(name, folder, Item.class);
        if (!(item instanceof KubeflowPipeline job)) {
            throw new AbortException(item == null ? "there is no job ‘" + name + "’" : "‘" + name + "’ is not a Kubeflow pipeline");
        }
        return job;
    }

    public static KubeflowPipeline ofExperiment(@CheckForNull String experiment, String pipeline, ItemGroup<?> folder) throws IOException {
        Experiment place = experiment == null ? Experiment.getOrCreateDefault() : experiment(experiment, folder);
        synchronized (RunPlace.class) {
            Item item = place.getItem(pipeline);
            if (item instanceof KubeflowPipeline job) {
                job.checkPermission(Item.BUILD);
                // to run another pipeline under a job is to say what the job does
                job.checkPermission(Item.CONFIGURE);
                return job;
            }
            if (item != null) {
                throw new AbortException("‘" + item.getFullName() + "’ is not a Kubeflow pipeline");
            }
            KubeflowPipeline job = place.createProject(KubeflowPipeline.class, pipeline);
            job.setDescription("Runs of ‘" + pipeline + "’ that builds or commands have started. The pipeline comes with each run.");
            return job;
        }
    }

    /** Whether the job takes its pipeline from this one of the registry; a job that has none yet is made to. */
    public static boolean refersTo(KubeflowPipeline job, String pipeline) throws IOException {
        synchronized (RunPlace.class) {
            if (job.getDefinition() == null) {
                job.setDefinition(new RegisteredDefinition(pipeline));
                job.save();
            }
            return job.getDefinition() instanceof RegisteredDefinition registered && registered.getPipeline().equals(pipeline);
        }
    }

    private static Experiment experiment(String name, ItemGroup<?> folder) throws IOException {
        Item item = Jenkins.get().getItem(name, folder, Item.class);
        if (item instanceof Experiment experiment) {
            return experiment;
        }
        if (item != null) {
            throw new AbortException("‘" + name + "’ is not an experiment");
        }
        if (name.contains("/") || !(folder instanceof ModifiableTopLevelItemGroup parent)) {
            throw new AbortException("there is no experiment ‘" + name + "’");
        }
        hudson.model.TopLevelItemDescriptor type = Jenkins.get().getDescriptorByType(Experiment.DescriptorImpl.class);
        Jenkins.checkGoodName(name);
        return (Experiment) parent.createProject(type, name, true);
    }
}
