package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.DescriptorVisibilityFilter;
import hudson.model.ParametersDefinitionProperty;

/** "This project is parameterized" makes no sense for a pipeline, whose parameters are its own inputs. */
@Extension
public final class HideStoredParameters extends DescriptorVisibilityFilter {
    @Override
    public boolean filter(@CheckForNull Object context, @NonNull Descriptor descriptor) {
        return !(context instanceof KubeflowPipeline && descriptor.clazz == ParametersDefinitionProperty.class);
    }
}
