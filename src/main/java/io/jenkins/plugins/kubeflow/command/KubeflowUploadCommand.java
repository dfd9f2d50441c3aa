package io.jenkins.plugins.kubeflow.command;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.kubeflow.registry.KubeflowPipelines;
import io.jenkins.plugins.kubeflow.registry.PipelineRegistry;
import io.jenkins.plugins.kubeflow.registry.RegisteredPipeline;
import io.jenkins.plugins.kubeflow.registry.RegistryRefusal;
import io.jenkins.plugins.kubeflow.registry.Submission;
import java.time.Instant;
import java.util.Collection;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code kubeflow-upload}: puts the pipeline on standard input into the registry, as a new pipeline or a new version of one. */
@Extension
public final class KubeflowUploadCommand extends CLICommand {
    @Argument(metaVar = "PIPELINE", required = true, usage = "The registered pipeline; one that is not there is made")
    private String pipeline;

    @Option(name = "--version", usage = "The name of the version; made up unless given")
    private String version = "";

    @Option(name = "--description", usage = "Of the version")
    private String description = "";

    @Option(name = "--code-url", usage = "A link to the code of the version")
    private String codeUrl = "";

    @Option(name = "--tags", metaVar = "A,B", usage = "Tags of the version")
    private String tags = "";

    @Override
    public String getShortDescription() {
        return "Puts a compiled Kubeflow pipeline from standard input into the registry.";
    }

    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        PipelineRegistry registry = KubeflowPipelines.get().registry();
        Submission submission = new Submission(version, description, codeUrl, tags, "", stdin.readAllBytes());
        String user = Jenkins.getAuthentication2().getName();
        try {
            RegisteredPipeline known = registry.find(pipeline);
            if (known == null) {
                RegisteredPipeline made = registry.create(pipeline, "", "", submission, user, Instant.now());
                stdout.println(made.name() + " " + made.latest().name());
            } else {
                stdout.println(known.name() + " " + registry.add(known, submission, user, Instant.now()).name());
            }
            return 0;
        } catch (RegistryRefusal e) {
            throw new AbortException(String.join("\n", e.problems().values().stream().flatMap(Collection::stream).toList()));
        }
    }
}
