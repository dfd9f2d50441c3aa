package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.ModelObject;
import hudson.model.User;
import hudson.util.FormValidation;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.job.SubmittedForm;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.apache.commons.fileupload2.core.FileItem;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** The form for a new pipeline, or for a new version of one. What is refused comes back with everything that was typed, and why. */
public final class UploadPage implements ModelObject, StaplerProxy {
    /** More than the reader accepts, so that it is the reader who says so. */
    private static final int MOST_BYTES = 33 * 1024 * 1024;

    private final RegisteredPipeline pipeline;
    private JSONObject form = new JSONObject();
    private Map<String, List<String>> problems = Map.of();

    /** @param pipeline null for a new one */
    UploadPage(@CheckForNull RegisteredPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        return this;
    }

    @Override
    public String getDisplayName() {
        return pipeline == null ? Messages.UploadPage_NewPipeline() : Messages.UploadPage_NewVersion();
    }

    /** Null for a new pipeline. */
    @CheckForNull
    public String getPipelineName() {
        return pipeline == null ? null : pipeline.name();
    }

    /** Relative to Jenkins' root, with a slash at its end. */
    public String getUrl() {
        return (pipeline == null ? "kubeflow-pipelines/" : new PipelinePage(pipeline).getUrl()) + "upload/";
    }

    /** What was typed before, for views. */
    public String typed(String field) {
        return form.optString(field);
    }

    /** What is wrong with a field, for views; empty when nothing is. */
    public List<String> problemsOf(String field) {
        return problems.getOrDefault(field, List.of());
    }

    public boolean isRefused() {
        return !problems.isEmpty();
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        return Util.fixNull(value).isBlank() ? FormValidation.ok() : validation(Submission.nameProblem(value));
    }

    @POST
    public FormValidation doCheckVersion(@QueryParameter String value) {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        return Util.fixNull(value).isBlank() ? FormValidation.ok() : validation(Submission.versionProblem(value));
    }

    @POST
    public FormValidation doCheckCodeUrl(@QueryParameter String value) {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        return validation(Submission.urlProblem(Util.fixNull(value)));
    }

    @POST
    public FormValidation doCheckText(@QueryParameter String value) {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        if (Util.fixNull(value).isBlank()) {
            return FormValidation.ok();
        }
        ReadResult result = SpecReader.read(value.getBytes(StandardCharsets.UTF_8), "pipeline");
        return result.spec() != null
                ? FormValidation.ok("pipeline ‘" + result.spec().displayName() + "’")
                : FormValidation.error(String.join("\n", result.problems().stream().limit(20).map(Object::toString).toList()));
    }

    private static FormValidation validation(@CheckForNull String problem) {
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    @RequirePOST
    public void doSubmit(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Jenkins.get().checkPermission(KubeflowPipelines.UPLOAD);
        form = SubmittedForm.of(request);
        try {
            Submission submission = submission(request);
            User user = User.current();
            PipelineRegistry registry = KubeflowPipelines.get().registry();
            RegisteredPipeline target = pipeline;
            if (target == null) {
                target = registry.create(
                        form.optString("name"), form.optString("pipelineDescription"), form.optString("pipelineTags"), submission,
                        user == null ? null : user.getId(), Instant.now());
            } else {
                registry.add(target, submission, user == null ? null : user.getId(), Instant.now());
            }
            response.sendRedirect2(request.getContextPath() + "/" + new PipelinePage(target).getUrl());
        } catch (RegistryRefusal e) {
            problems = e.problems();
            response.setStatus(400);
            request.getView(this, "index.jelly").forward(request, response);
        }
    }

    /** A file goes before pasted text. */
    private Submission submission(StaplerRequest2 request) throws IOException, ServletException {
        byte[] document = form.optString("text").getBytes(StandardCharsets.UTF_8);
        if (form.optString("text").isBlank()) {
            document = new byte[0];
        }
        String fileName = "";
        String type = request.getContentType();
        FileItem<?> file = type != null && type.startsWith("multipart/") ? request.getFileItem2("file") : null;
        if (file != null && file.getSize() > 0) {
            fileName = file.getName() == null ? "" : file.getName().replaceAll("^.*[/\\\\]", "");
            try (InputStream in = file.getInputStream()) {
                document = in.readNBytes(MOST_BYTES);
            }
        }
        return new Submission(
                form.optString("version"), form.optString("description"), form.optString("codeUrl"), form.optString("tags"), fileName, document);
    }
}
