package io.jenkins.plugins.kubeflow.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody uploads: a version's name (empty for one that the registry makes up), its description, code link and tags (separated
 * by commas), and the document, plain or packed. Strings are as they were typed.
 */
public record Submission(String version, String description, String codeUrl, String tags, String fileName, byte[] document) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N} ._()+-]{0,98}[\\p{L}\\p{M}\\p{N}_()+-])?");
    private static final Set<String> RESERVED = Set.of(RegisteredPipeline.LATEST, RegisteredPipeline.DEFAULT);
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 63;
    private static final int LONGEST_DESCRIPTION = 10_000;

    /** The document's own text. @throws RegistryRefusal with every problem of every field */
    String check() throws RegistryRefusal {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        if (!version.isBlank()) {
            add(problems, "version", versionProblem(version));
        }
        add(problems, "description", descriptionProblem(description));
        add(problems, "codeUrl", urlProblem(codeUrl));
        add(problems, "tags", tagsProblem(tags));
        String text = null;
        if (document.length == 0) {
            add(problems, "document", "choose the file that the kfp compiler wrote, or paste its text");
        } else {
            ReadResult result = SpecReader.read(document, fileName.isBlank() ? "pipeline" : fileName);
            result.problems().forEach(problem -> add(problems, "document", problem.toString()));
            try {
                text = SpecReader.text(document);
            } catch (IOException e) {
                // the reader has said so already
                problems.computeIfAbsent("document", field -> new ArrayList<>(List.of(e.getMessage())));
            }
        }
        if (!problems.isEmpty()) {
            throw new RegistryRefusal(problems);
        }
        return text;
    }

    private static void add(Map<String, List<String>> problems, String field, @CheckForNull String problem) {
        if (problem != null) {
            problems.computeIfAbsent(field, f -> new ArrayList<>()).add(problem);
        }
    }

    /** Names are compared as people see them, so one spelling of each character is kept. */
    static String normalName(String typed) {
        return Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    }

    @CheckForNull
    static String nameProblem(String typed) {
        String name = normalName(typed);
        if (name.isEmpty()) {
            return "give the pipeline a name";
        }
        return NAME.matcher(name).matches()
                ? null
                : "a name begins with a letter or digit, has at most 100 characters, and holds only letters, digits, blanks and . _ - + ( )";
    }

    @CheckForNull
    static String versionProblem(String typed) {
        String name = normalName(typed);
        return RESERVED.contains(name.toLowerCase(java.util.Locale.ROOT))
                ? "‘" + name + "’ has a meaning of its own; choose another name for the version"
                : nameProblem(typed);
    }

    @CheckForNull
    static String descriptionProblem(String typed) {
        return typed.length() > LONGEST_DESCRIPTION
                ? "the description has " + typed.length() + " characters; at most " + LONGEST_DESCRIPTION + " are kept"
                : null;
    }

    @CheckForNull
    static String urlProblem(String typed) {
        if (typed.isBlank()) {
            return null;
        }
        try {
            URI uri = new URI(typed.strip());
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? null : "the link must begin with https:// or http://";
        } catch (URISyntaxException e) {
            return "this is not a link: " + e.getReason();
        }
    }

    static List<String> tagList(String typed) {
        return Arrays.stream(typed.split(",")).map(String::strip).filter(tag -> !tag.isEmpty()).distinct().sorted().toList();
    }

    @CheckForNull
    static String tagsProblem(String typed) {
        List<String> tags = tagList(typed);
        if (tags.size() > MOST_TAGS) {
            return tags.size() + " tags are too many; at most " + MOST_TAGS + " are kept";
        }
        for (String tag : tags) {
            if (tag.length() > LONGEST_TAG || tag.chars().anyMatch(Character::isISOControl)) {
                return "a tag has at most " + LONGEST_TAG + " characters and stays on its line";
            }
        }
        return null;
    }
}
