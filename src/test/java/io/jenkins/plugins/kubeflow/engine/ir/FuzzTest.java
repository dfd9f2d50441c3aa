package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged documents give a spec or problems of one line each, never an exception. The seed is fixed: a failure can be repeated. */
class FuzzTest {
    private static final String[] TOKENS = {
        "{", "}", "[", "]", ":", "- ", "'", "\"", "\n", "\t", "~", "null", "&a ", "*a", "!!set ", "..", "/", "\0", "\u2028", "1e999", "0x", "-.inf", "{{$", "}}", "|\n", "? ", "%", "@", "<<: ", "---\n", "...\n"};

    @Test
    void damagedText() throws IOException {
        List<String> documents = documents();
        Random random = new Random(20260101);
        for (int i = 0; i < 2_500; i++) {
            String document = documents.get(random.nextInt(documents.size()));
            StringBuilder text = new StringBuilder(document);
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutate(text, documents.get(random.nextInt(documents.size())), random);
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8), i);
        }
    }

    @Test
    void damagedBytes() throws IOException {
        List<String> documents = documents();
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = documents.get(random.nextInt(documents.size())).getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(5); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            check(bytes, i);
        }
    }

    private static void mutate(StringBuilder text, String other, Random random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + 1 + random.nextInt(40));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
            case 2 -> text.replace(at, end, TOKENS[random.nextInt(TOKENS.length)]);
            case 3 -> text.insert(at, text.substring(at, end));
            case 4 -> {
                int from = random.nextInt(other.length());
                text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(200)));
            }
            default -> {
                int line = Math.max(0, text.lastIndexOf("\n", at));
                int next = text.indexOf("\n", at);
                text.delete(line, next < 0 ? text.length() : next);
            }
        }
        if (text.isEmpty()) {
            text.append(' ');
        }
    }

    private static void check(byte[] bytes, int round) {
        ReadResult result;
        try {
            result = SpecReader.read(bytes, "fuzz.yaml");
        } catch (RuntimeException | Error e) {
            throw new AssertionError("round " + round + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
        }
        assertThat(result.spec() == null).isEqualTo(!result.problems().isEmpty());
        result.problems().forEach(problem -> assertThat(problem.toString()).doesNotContain("\n").hasSizeLessThan(2_000));
    }

    private static List<String> documents() throws IOException {
        List<String> documents = new ArrayList<>();
        for (Path folder : List.of(Path.of("src/test/pipelines"), Path.of("../shared/conformance/kfp/valid"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                        if (Files.size(file) < 20_000) {
                            documents.add(Files.readString(file));
                        }
                    }
                }
            }
        }
        assertThat(documents).isNotEmpty();
        return documents;
    }
}
