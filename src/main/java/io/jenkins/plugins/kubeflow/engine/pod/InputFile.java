package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.artifact.LocalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file that must be in the pod before the step starts: content in memory, or a file or folder of this machine. */
record InputFile(String pathInPod, byte[] content, Path source) {

    static InputFile of(String pathInPod, byte[] content) {
        return new InputFile(pathInPod, content, null);
    }

    static InputFile of(String pathInPod, Path source) {
        return new InputFile(pathInPod, null, source);
    }

    /** The single files of this one; a folder counts as all that is in it. */
    List<InputFile> files() throws IOException {
        if (source == null || Files.isRegularFile(source)) {
            return List.of(this);
        }
        try (Stream<Path> tree = Files.walk(source)) {
            return tree.filter(Files::isRegularFile)
                    .filter(LocalFiles::mayRead)
                    .map(file -> of(pathInPod + "/" + source.relativize(file).toString().replace('\\', '/'), file))
                    .toList();
        }
    }

    long size() throws IOException {
        return content != null ? content.length : Files.size(source);
    }

    InputStream open() throws IOException {
        return content != null ? new ByteArrayInputStream(content) : Files.newInputStream(source);
    }
}
