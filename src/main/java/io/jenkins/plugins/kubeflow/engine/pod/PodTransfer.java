package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final ObjectTransfer objects;

    PodTransfer(PodServices services, Step step, ObjectTransfer objects) {
        this.services = services;
        this.step = step;
        this.objects = objects;
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
        List<InputFile> all = new ArrayList<>(files);
        if (turns >= 0 && objects.bringsAny()) {
            CurlRequests downloads = objects.downloads();
            all.add(downloads.count() == 0
                    ? InputFile.of(PodPaths.ROOT + "/.nothing", new byte[0])
                    : InputFile.of(PodPaths.ROOT + "/.get", downloads.bytes()));
        }
        Map<String, Long> leaving = new LinkedHashMap<>();
        Result result = withArchive(all, archive -> exec(container, archive, turns, outputs, leaving));
        if (!leaving.isEmpty() && result instanceof Result.Done done && (done.exitCode() == null || done.exitCode() == 0)) {
            upload(container, leaving);
        }
        return result;
    }

    private interface Sending<T> {
        /** @param archive null when there is nothing to send */
        T send(Path archive) throws IOException;
    }

    private <T> T withArchive(List<InputFile> files, Sending<T> sending) throws IOException {
        Path archive = files.isEmpty() ? null : archive(files);
        try {
            return sending.send(archive);
        } finally {
            if (archive != null) {
                Files.deleteIfExists(archive);
            }
        }
    }

    private Result exec(String container, Path archive, int turns, CollectedOutputs outputs, Map<String, Long> leaving) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", StepScript.TRANSFER, "sh"));
        command.add(archive == null ? "0" : Long.toString(Files.size(archive)));
        command.add(Integer.toString(turns));
        command.add(objects.outputs());
        command.add(PodPaths.relative(PodPaths.OUT));
        if (step.paths().keptHere()) {
            command.add(PodPaths.relative(step.paths().artifactRoot()));
        }
        try (ExecWatch exec = open(container, command)) {
            send(archive, exec);
            try (ApiStream out = new ApiStream(exec.getOutput(), services.timer(), QUIET_SECONDS)) {
                return read(new BufferedInputStream(out, 1 << 16), exec.getInput(), outputs, leaving);
            }
        }
    }

    private ExecWatch open(String container, List<String> command) {
        return services.client().pods()
                .inNamespace(services.options().namespace())
                .withName(step.podName())
                .inContainer(container)
                .withReadyWaitTimeout(0)
                .redirectingInput(1 << 16)
                .redirectingOutput()
                .exec(command.toArray(new String[0]));
    }

    private static void send(Path archive, ExecWatch exec) throws IOException {
        if (archive != null) {
            OutputStream in = exec.getInput();
            Files.copy(archive, in);
            in.flush();
        }
    }

    private Result read(InputStream in, OutputStream answers, CollectedOutputs outputs, Map<String, Long> leaving) throws IOException {
        HelperLines lines = new HelperLines(in);
        String line = lines.next();
        while (TransferReport.of(line) != null || line.equals("fetched")) {
            if (line.equals("fetched")) {
                objects.downloaded(lines.reports());
                answers.write("good\n".getBytes(StandardCharsets.UTF_8));
                answers.flush();
            }
            line = lines.next();
        }
        if (line.equals("later")) {
            return new Result.Later();
        } else if (line.equals("no curl")) {
            throw objects.noCurl();
        } else if (!line.startsWith("done ")) {
            throw new IOException("the helper broke off" + (line.isEmpty() ? "" : ": " + line));
        }
        String code = line.substring(5).strip();
        if (!objects.outputs().isEmpty()) {
            lines.objects(leaving);
        }
        outputs.archive(in);
        return new Result.Done(code.isEmpty() ? null : Integer.valueOf(code));
    }

    private void upload(String container, Map<String, Long> files) throws IOException {
        try (ObjectUploads uploads = new ObjectUploads(objects)) {
            uploads.add(files);
            Map<Integer, TransferReport> reports = withArchive(uploads.files(), archive -> {
                List<String> command = List.of("sh", "-c", StepScript.UPLOAD, "sh", Long.toString(Files.size(archive)));
                try (ExecWatch exec = open(container, command);
                        ApiStream out = new ApiStream(exec.getOutput(), services.timer(), QUIET_SECONDS)) {
                    send(archive, exec);
                    HelperLines lines = new HelperLines(new BufferedInputStream(out));
                    String line = lines.next();
                    while (!line.equals("uploaded")) {
                        if (line.equals("no curl")) {
                            throw objects.noCurl();
                        } else if (line.isEmpty() || line.equals("failed")) {
                            throw new IOException("the helper broke off while it put artifacts into the store");
                        }
                        line = lines.next();
                    }
                    return lines.reports();
                }
            });
            uploads.complete(reports);
        }
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
