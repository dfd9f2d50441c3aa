package io.jenkins.plugins.kubeflow.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.experiment.Experiment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Experiments and their jobs out of configuration as code, and back. While Jenkins starts, code is read before the jobs are; what it
 * wants is then done when they are there.
 */
@Extension
public class ExperimentsAsCode extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(ExperimentsAsCode.class.getName());

    /** Said before jobs were loaded, by several perhaps: the configuration, and scripts that it runs. */
    private final List<ExperimentConfig> pending = new ArrayList<>();

    static ExperimentsAsCode get() {
        return ExtensionList.lookupSingleton(ExperimentsAsCode.class);
    }

    /** All that the caller may see. */
    static List<ExperimentConfig> current() {
        return Jenkins.get().getAllItems(Experiment.class).stream().map(ExperimentConfig::of).toList();
    }

    /** @throws IllegalArgumentException with a sentence for what cannot be had; what came before it is there then */
    synchronized void want(List<ExperimentConfig> experiments) {
        if (Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_LOADED) < 0) {
            pending.addAll(experiments);
            return;
        }
        for (ExperimentConfig experiment : experiments) {
            try {
                experiment.put();
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    @Override
    public synchronized void onLoaded() {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            want(List.copyOf(pending));
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "experiments of the configuration as code: " + e.getMessage());
        } finally {
            pending.clear();
        }
    }
}
