package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.TopLevelItemDescriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.kubeflow.job.KubeflowPipeline;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import hudson.security.AccessControlled;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The form for a job that runs a registered pipeline; leads to the job's own form for a run, or to its recurring runs. */
public final class CreateJobPage implements ModelObject {
    private final RegisteredPipeline pipeline;
    private String problem;

    CreateJobPage(RegisteredPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String getDisplayName() {
        return Messages.CreateJobPage_DisplayName();
    }

    public String getPipelineName() {
        return pipeline.name();
    }

    /** Relative to Jenkins' root, with a slash at its end. */
    public String getUrl() {
        return new PipelinePage(pipeline).getUrl() + "create/";
    }

    /** Why the last try was refused, or null. */
    @CheckForNull
    public String getProblem() {
        return problem;
    }

    public String getName() {
        String typed = Stapler.getCurrentRequest2().getParameter("name");
        return typed == null ? pipeline.name() : typed;
    }

    /** Whether that was chosen in a form that was refused. */
    public boolean isRecurring() {
        return "on".equals(Stapler.getCurrentRequest2().getParameter("recurring"));
    }

    public ListBoxModel getVersions() {
        ListBoxModel list = VersionChoices.of(pipeline);
        String wanted = Stapler.getCurrentRequest2().getParameter("version");
        list.forEach(option -> option.selected = option.value.equals(wanted == null || wanted.isEmpty() ? RegisteredPipeline.LATEST : wanted));
        return list;
    }

    /** Jenkins itself and the folders in which the user may create jobs. */
    public ListBoxModel getFolders() {
        ListBoxModel list = new ListBoxModel();
        String wanted = Stapler.getCurrentRequest2().getParameter("folder");
        for (ItemGroup<?> group : groups()) {
            list.add(new ListBoxModel.Option(
                    group == Jenkins.get() ? "Jenkins" : group.getFullDisplayName(), group.getFullName(), group.getFullName().equals(wanted)));
        }
        return list;
    }

    private static List<ItemGroup<?>> groups() {
        List<ItemGroup<?>> groups = new ArrayList<>();
        if (accepts(Jenkins.get())) {
            groups.add(Jenkins.get());
        }
        for (Item item : Jenkins.get().getAllItems(Item.class, item -> item instanceof ModifiableTopLevelItemGroup)) {
            if (item instanceof ItemGroup<?> group && accepts(group)) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static boolean accepts(ItemGroup<?> group) {
        TopLevelItemDescriptor type = (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(KubeflowPipeline.class);
        return group instanceof AccessControlled controlled
                && controlled.hasPermission(Item.CREATE)
                && type.isApplicableIn(group)
                && controlled.getACL().hasCreatePermission2(Jenkins.getAuthentication2(), group, type);
    }

    @RequirePOST
    public void doSubmit(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @QueryParameter String name,
            @QueryParameter String folder,
            @QueryParameter String version,
            @QueryParameter boolean recurring)
            throws IOException, ServletException {
        // a folder that may not be seen and one that does not exist are the same
        ItemGroup<?> group = groups().stream().filter(g -> g.getFullName().equals(folder)).findFirst().orElse(null);
        if (!(group instanceof ModifiableTopLevelItemGroup parent)) {
            refuse(request, response, Messages.CreateJobPage_NoFolder(folder));
            return;
        }
        if (pipeline.version(version) == null) {
            refuse(request, response, "pipeline ‘" + pipeline.name() + "’ has no version ‘" + version + "’");
            return;
        }
        KubeflowPipeline job;
        try {
            Jenkins.checkGoodName(name);
            job = (KubeflowPipeline) parent.createProject(
                    (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(KubeflowPipeline.class), name.strip(), true);
        } catch (Failure | IllegalArgumentException e) {
            refuse(request, response, e.getMessage());
            return;
        }
        RegisteredDefinition definition = new RegisteredDefinition(pipeline.name());
        definition.setVersion(version);
        job.setDefinition(definition);
        job.save();
        response.sendRedirect2(request.getContextPath() + "/" + job.getUrl() + next(job, recurring));
    }

    private static String next(KubeflowPipeline job, boolean recurring) {
        if (recurring) {
            return "recurring-runs/";
        }
        return job.hasPermission(Item.BUILD) ? "new-run/" : "";
    }

    private void refuse(StaplerRequest2 request, StaplerResponse2 response, String why) throws IOException, ServletException {
        problem = why;
        response.setStatus(400);
        request.getView(this, "index.jelly").forward(request, response);
    }
}
