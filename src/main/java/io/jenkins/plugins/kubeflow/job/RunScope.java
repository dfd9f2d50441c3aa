package io.jenkins.plugins.kubeflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.kubeflow.engine.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * How far what a run has made reaches, as a namespace does with KFP: the folder that holds its experiment (or its job, without one).
 * Results are reused and artifacts imported inside of it, never across: whoever may run pipelines in one folder need not see another.
 */
public final class RunScope {
    private RunScope() {}

    private static ItemGroup<?> of(KubeflowPipeline job) {
        ItemGroup<?> group = job.getParent();
        return group instanceof RunGroup && group instanceof Item experiment ? experiment.getParent() : group;
    }

    /** Where results are remembered; in the directory of the folder, with which it moves and goes. */
    static Path cache(KubeflowPipeline job) {
        return of(job).getRootDir().toPath().resolve("kubeflow").resolve("cache");
    }

    /** Whether a file, links resolved, is an artifact of a run that a run of the job may use. */
    public static boolean reaches(KubeflowPipeline job, Path file) {
        KubeflowPipeline owner = owner(file);
        return owner != null && of(owner) == of(job);
    }

    /** Whether a file may be used by the run whose directory this is. */
    static boolean reaches(Path runDirectory, Path file) {
        KubeflowPipeline job = jobOf(runDirectory);
        return job != null && reaches(job, file);
    }

    @CheckForNull
    private static KubeflowPipeline owner(Path file) {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            if (Files.exists(new RunDirectory(at).record()) && Files.exists(new RunDirectory(at).journal())) {
                return jobOf(at);
            }
        }
        return null;
    }

    /** By the place of the directory: {@code jobs/A/jobs/B/builds/N/kubeflow} below the Jenkins home. */
    @CheckForNull
    private static KubeflowPipeline jobOf(Path runDirectory) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Path given = Jenkins.get().getRootDir().toPath().toAbsolutePath().normalize();
            boolean there = Files.exists(runDirectory); // a plan has none
            Path home = there ? given.toRealPath() : given;
            Path real = there ? runDirectory.toRealPath() : runDirectory.toAbsolutePath().normalize();
            if (!real.startsWith(home) || real.getNameCount() < home.getNameCount() + 5) {
                return null;
            }
            Path relative = home.relativize(real);
            List<String> names = new ArrayList<>();
            for (int i = 0; i + 1 < relative.getNameCount() && relative.getName(i).toString().equals("jobs"); i += 2) {
                names.add(relative.getName(i + 1).toString());
            }
            return Jenkins.get().getItemByFullName(String.join("/", names), KubeflowPipeline.class);
        } catch (IOException gone) {
            return null;
        }
    }
}
