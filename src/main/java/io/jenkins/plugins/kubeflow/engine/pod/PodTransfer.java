package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Files into and out of a pod by one exec in one of our own containers, as {@code kubectl cp} does it: streamed, nothing is held in
 * memory. Blocks on the connection; called on I/O threads.
 */
final class PodTransfer {
    private static final int QUIET_SECONDS = 120;

    private final PodServices services;
    private final Step step;

    PodTransfer(PodServices services, Step step) {
        this.services = services;
        this.step = step;
    }

    /** What an exec came back with. */
    sealed interface Result {
        /** The step has ended; its outputs are here. @param exitCode null when main is not wrapped */
        record Done(Integer exitCode) implements Result {}

        /** The step goes on; what was to be brought in is in. */
        record Later() implements Result {}
    }

    /**
     * @param files to bring in first
     * @param turns twentieths of a second to wait for the step's end; -1 to take what is there
     * @throws IOException when the connection breaks; {@code KubernetesClientException} when there is no container yet
     */
    Result run(String container, List<InputFile> files, int turns, CollectedOutputs outputs) throws IOException {
        Path archive = files.isEmpty() ? null : archive(files);
        try {
            return exec(container, archive, turns, outputs);
        } finally {
            if (archive != null) {
                Files.deleteIfExists(archive);
            }
        }
    }

    private Result exec(String container, Path archive, int turns, CollectedOutputs outputs) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", StepScript.TRANSFER, "sh"));
        command.add(archive == null ? "0" : Long.toString(Files.size(archive)));
        command.add(Integer.toString(turns));
        command.add(PodPaths.relative(PodPaths.OUT));
        command.add(PodPaths.relative(step.paths().artifactRoot()));
        try (ExecWatch exec = services.client().pods()
                .inNamespace(services.options().namespace())
                .withName(step.podName())
                .inContainer(container)
                .withReadyWaitTimeout(0)
                .redirectingInput(1 << 16)
                .redirectingOutput()
                .exec(command.toArray(new String[0]))) {
            if (archive != null) {
                OutputStream in = exec.getInput();
                Files.copy(archive, in);
                in.flush();
            }
            try (ApiStream out = new ApiStream(exec.getOutput(), services.timer(), QUIET_SECONDS)) {
                return read(new BufferedInputStream(out, 1 << 16), outputs);
            }
        }
    }

    private static Result read(InputStream in, CollectedOutputs outputs) throws IOException {
        String line = line(in);
        if (line.equals("later")) {
            return new Result.Later();
        } else if (!line.startsWith("done ")) {
            throw new IOException("the helper broke off" + (line.isEmpty() ? "" : ": " + line));
        }
        outputs.archive(in);
        String code = line.substring(5).strip();
        return new Result.Done(code.isEmpty() ? null : Integer.valueOf(code));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < 200; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** The length must be known before the first byte goes out, and artifacts may be large: hence a file. */
    private Path archive(List<InputFile> files) throws IOException {
        Path archive = Files.createTempFile("kfp-inputs", ".tar");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (InputFile input : files) {
                TarArchiveEntry entry = new TarArchiveEntry(PodPaths.relative(input.pathInPod()));
                entry.setSize(input.size());
                entry.setMode(0100644 | (input.source() != null && Files.isExecutable(input.source()) ? 0111 : 0));
                tar.putArchiveEntry(entry);
                try (InputStream in = input.open()) {
                    in.transferTo(tar);
                }
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }
}
