package io.jenkins.plugins.kubeflow.job;

import hudson.scm.SCM;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** The pipeline of a repository as a run last found it, in the job's directory. Another repository or path has another copy. */
final class ScmCopy {
    private final Path file;
    private final String path;

    ScmCopy(KubeflowPipeline job, SCM scm, String path) {
        this.file = job.getRootDir().toPath().resolve("kubeflow-scm").resolve(ScmReading.digest(scm.getKey() + "\n" + path));
        this.path = path;
    }

    boolean exists() {
        return Files.exists(file);
    }

    PipelineDefinition.Source read() throws IOException {
        if (!exists()) {
            throw new IOException("‘" + path + "’ has not been read yet: the first run does that, with the parameters' defaults");
        }
        return new PipelineDefinition.Source(path.substring(path.lastIndexOf('/') + 1), Files.readAllBytes(file));
    }

    void write(byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(UUID.randomUUID() + ".tmp");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Differs from copy to copy; 0 while there is none. */
    long revision() {
        return file.toFile().lastModified();
    }
}
