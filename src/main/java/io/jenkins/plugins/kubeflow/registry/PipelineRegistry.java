package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Named pipelines with immutable versions, in files: {@code ID/pipeline.json} and {@code ID/versions/ID/{version.json,pipeline.yaml}}.
 * Readers get snapshots and never wait for the disk, except for documents; changes are made one at a time, and are on the disk when
 * their method returns. A record that cannot be read is left where it is and told to the log. Thread-safe; knows nothing of permissions.
 */
public final class PipelineRegistry {
    private static final Logger LOGGER = Logger.getLogger(PipelineRegistry.class.getName());
    private static final String PIPELINE = "pipeline.json";
    private static final String VERSIONS = "versions";
    private static final String VERSION = "version.json";
    private static final String DOCUMENT = "pipeline.yaml";

    private final Path directory;
    /** By name in lower case: names that differ in nothing else are one. */
    private volatile TreeMap<String, RegisteredPipeline> pipelines;

    private PipelineRegistry(Path directory, TreeMap<String, RegisteredPipeline> pipelines) {
        this.directory = directory;
        this.pipelines = pipelines;
    }

    public static PipelineRegistry open(Path directory) throws IOException {
        DurableFiles.sweep(directory);
        TreeMap<String, RegisteredPipeline> found = new TreeMap<>();
        for (Path child : DurableFiles.children(directory)) {
            RegisteredPipeline pipeline = load(child);
            if (pipeline != null) {
                found.put(key(pipeline.name()), pipeline);
            }
        }
        return new PipelineRegistry(directory, found);
    }

    /** By name. */
    public List<RegisteredPipeline> pipelines() {
        return List.copyOf(pipelines.values());
    }

    @CheckForNull
    public RegisteredPipeline find(@CheckForNull String name) {
        RegisteredPipeline pipeline = name == null ? null : pipelines.get(key(name));
        return pipeline != null && pipeline.name().equals(Submission.normalName(name)) ? pipeline : null;
    }

    /** The document of a version as it was uploaded. @throws IOException with a sentence when it is not there */
    public byte[] document(RegisteredPipeline pipeline, PipelineVersion version) throws IOException {
        Path file = directory(pipeline).resolve(VERSIONS).resolve(version.id()).resolve(DOCUMENT);
        if (!Files.isRegularFile(file)) {
            throw new IOException("version ‘" + version.name() + "’ of pipeline ‘" + pipeline.name() + "’ is no longer in the registry");
        }
        return Files.readAllBytes(file);
    }

    public synchronized RegisteredPipeline create(
            String name, String description, String tags, Submission first, @CheckForNull String by, Instant now)
            throws IOException, RegistryRefusal {
        String problem = Submission.nameProblem(name);
        String normal = Submission.normalName(name);
        if (problem == null && pipelines.containsKey(key(normal))) {
            problem = "there is a pipeline ‘" + pipelines.get(key(normal)).name() + "’ already; upload a new version of it, or choose another name";
        }
        String text = check(problem == null ? null : new RegistryRefusal("name", problem), first);
        refuse("pipelineDescription", Submission.descriptionProblem(description));
        refuse("pipelineTags", Submission.tagsProblem(tags));
        RegisteredPipeline bare = new RegisteredPipeline(
                UUID.randomUUID().toString(), normal, description.strip(), Submission.tagList(tags), millis(now), by, null, List.of());
        Path begun = DurableFiles.begin(directory);
        PipelineVersion version;
        try {
            DurableFiles.write(begun.resolve(PIPELINE), Json.MAPPER.writeValueAsBytes(bare.json()));
            version = write(Files.createDirectories(begun.resolve(VERSIONS)), bare, first, text, by, now);
            DurableFiles.reveal(begun, directory(bare));
        } catch (IOException e) {
            DurableFiles.delete(begun);
            throw e;
        }
        RegisteredPipeline created = bare.withVersions(List.of(version));
        put(created);
        return created;
    }

    public synchronized PipelineVersion add(RegisteredPipeline to, Submission submission, @CheckForNull String by, Instant now)
            throws IOException, RegistryRefusal {
        RegisteredPipeline pipeline = current(to);
        String name = Submission.normalName(submission.version());
        boolean taken = pipeline.versions().stream().anyMatch(v -> key(v.name()).equals(key(name)));
        String text = check(
                taken ? new RegistryRefusal("version", "there is a version ‘" + name + "’ already, and versions never change; choose another name") : null,
                submission);
        PipelineVersion version = write(directory(pipeline).resolve(VERSIONS), pipeline, submission, text, by, now);
        List<PipelineVersion> versions = new ArrayList<>(pipeline.versions());
        versions.add(version);
        put(pipeline.withVersions(versions));
        return version;
    }

    public synchronized void describe(RegisteredPipeline which, String description, String tags) throws IOException, RegistryRefusal {
        refuse("pipelineDescription", Submission.descriptionProblem(description));
        refuse("pipelineTags", Submission.tagsProblem(tags));
        save(current(which).described(description.strip(), Submission.tagList(tags)));
    }

    /** @param version null for whichever is the newest */
    public synchronized void choose(RegisteredPipeline which, @CheckForNull String version) throws IOException, RegistryRefusal {
        RegisteredPipeline pipeline = current(which);
        if (version != null && pipeline.named(version) == null) {
            throw new RegistryRefusal("version", "pipeline ‘" + pipeline.name() + "’ has no version ‘" + version + "’");
        }
        save(pipeline.choosing(version));
    }

    /** The newest version becomes the default when the default goes. Runs keep their own copies. */
    public synchronized void deleteVersion(RegisteredPipeline of, PipelineVersion version) throws IOException, RegistryRefusal {
        RegisteredPipeline pipeline = current(of);
        if (pipeline.versions().stream().noneMatch(v -> v.id().equals(version.id()))) {
            throw new RegistryRefusal("version", "pipeline ‘" + pipeline.name() + "’ has no version ‘" + version.name() + "’ any more");
        }
        if (version.name().equals(pipeline.chosen())) {
            pipeline = pipeline.choosing(null);
            save(pipeline);
        }
        DurableFiles.remove(directory(pipeline).resolve(VERSIONS).resolve(version.id()));
        put(pipeline.withVersions(
                pipeline.versions().stream().filter(v -> !v.id().equals(version.id())).toList()));
    }

    /** @param withVersions must be true while it has versions */
    public synchronized void delete(RegisteredPipeline which, boolean withVersions) throws IOException, RegistryRefusal {
        RegisteredPipeline pipeline = current(which);
        if (!withVersions && !pipeline.versions().isEmpty()) {
            throw new RegistryRefusal("withVersions", "pipeline ‘" + pipeline.name() + "’ has " + pipeline.versions().size()
                    + (pipeline.versions().size() == 1 ? " version" : " versions") + "; delete them first, or say that they go with it");
        }
        DurableFiles.remove(directory(pipeline));
        TreeMap<String, RegisteredPipeline> next = new TreeMap<>(pipelines);
        next.remove(key(pipeline.name()));
        pipelines = next;
    }

    private PipelineVersion write(
            Path parent, RegisteredPipeline pipeline, Submission submission, String text, @CheckForNull String by, Instant now)
            throws IOException {
        byte[] document = text.getBytes(StandardCharsets.UTF_8);
        PipelineVersion latest = pipeline.latest();
        long sequence = latest == null ? 1 : latest.sequence() + 1;
        PipelineVersion version = new PipelineVersion(
                UUID.randomUUID().toString(),
                submission.version().isBlank() ? free(pipeline, sequence) : Submission.normalName(submission.version()),
                sequence,
                submission.description().strip(),
                submission.codeUrl().isBlank() ? null : submission.codeUrl().strip(),
                Submission.tagList(submission.tags()),
                millis(now),
                by,
                sha256(document));
        Path begun = DurableFiles.begin(parent);
        try {
            DurableFiles.write(begun.resolve(DOCUMENT), document);
            DurableFiles.write(begun.resolve(VERSION), Json.MAPPER.writeValueAsBytes(version.json()));
            DurableFiles.reveal(begun, parent.resolve(version.id()));
        } catch (IOException e) {
            DurableFiles.delete(begun);
            throw e;
        }
        return version;
    }

    /** A name for a version that was given none: v1, v2, and so on. */
    private static String free(RegisteredPipeline pipeline, long sequence) {
        long number = sequence;
        String name = "v" + number;
        while (taken(pipeline, name)) {
            name = "v" + ++number;
        }
        return name;
    }

    private static boolean taken(RegisteredPipeline pipeline, String name) {
        return pipeline.versions().stream().anyMatch(v -> key(v.name()).equals(key(name)));
    }

    /** All that is wrong at once: with the names, which only the registry knows, and with what was submitted. */
    private static String check(@CheckForNull RegistryRefusal names, Submission submission) throws RegistryRefusal {
        String text;
        try {
            text = submission.check();
        } catch (RegistryRefusal e) {
            if (names == null) {
                throw e;
            }
            var all = new java.util.LinkedHashMap<>(names.problems());
            e.problems().forEach((field, problems) -> all.merge(field, problems, (a, b) -> {
                List<String> both = new ArrayList<>(a);
                both.addAll(b);
                return both;
            }));
            throw new RegistryRefusal(all);
        }
        if (names != null) {
            throw names;
        }
        return text;
    }

    private static void refuse(String field, @CheckForNull String problem) throws RegistryRefusal {
        if (problem != null) {
            throw new RegistryRefusal(field, problem);
        }
    }

    /** Somebody else may have changed or deleted it since the caller looked. */
    private RegisteredPipeline current(RegisteredPipeline seen) throws RegistryRefusal {
        RegisteredPipeline now = pipelines.get(key(seen.name()));
        if (now == null || !now.id().equals(seen.id())) {
            throw new RegistryRefusal("name", "pipeline ‘" + seen.name() + "’ was deleted in the meantime");
        }
        return now;
    }

    private void save(RegisteredPipeline pipeline) throws IOException {
        DurableFiles.replace(directory(pipeline).resolve(PIPELINE), Json.MAPPER.writeValueAsBytes(pipeline.json()));
        put(pipeline);
    }

    private void put(RegisteredPipeline pipeline) {
        TreeMap<String, RegisteredPipeline> next = new TreeMap<>(pipelines);
        next.put(key(pipeline.name()), pipeline);
        pipelines = next;
    }

    @CheckForNull
    private static RegisteredPipeline load(Path directory) throws IOException {
        if (!Files.isRegularFile(directory.resolve(PIPELINE))) {
            return null;
        }
        DurableFiles.sweep(directory.resolve(VERSIONS));
        List<PipelineVersion> versions = new ArrayList<>();
        for (Path child : DurableFiles.children(directory.resolve(VERSIONS))) {
            try {
                versions.add(PipelineVersion.of(name(child), Json.MAPPER.readTree(child.resolve(VERSION).toFile())));
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "a version of a registered pipeline cannot be read and is left out: " + child);
            }
        }
        try {
            return RegisteredPipeline.of(name(directory), Json.MAPPER.readTree(directory.resolve(PIPELINE).toFile()), versions);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "a registered pipeline cannot be read and is left out: " + directory);
            return null;
        }
    }

    private Path directory(RegisteredPipeline pipeline) {
        return directory.resolve(pipeline.id());
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String key(String name) {
        return Submission.normalName(name).toLowerCase(Locale.ROOT);
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
