package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodPlanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // command   | known | params | files | bytes | large || wrapped | helper | inputs   | part of the reason
        "sh -c       | false | 0      | false | 0     | false || true    | false  | NONE     | its own command is a shell",
        "/bin/bash x | false | 2      | false | 10    | false || true    | false  | MANIFEST | outputs come home in the termination message",
        "ash         | false | 2      | false | 60000 | false || true    | false  | MANIFEST | outputs come home in the termination message",
        "dash        | false | 2      | false | 60001 | false || true    | true   | HELPER   | its inputs are larger than a manifest should be",
        "sh -c       | false | 0      | true  | 10    | false || true    | true   | MANIFEST | it writes output artifacts",
        "sh -c       | false | 1      | false | 0     | true  || true    | true   | NONE     | its outputs were too large for the log",
        "python3 -m  | true  | 1      | false | 0     | false || true    | false  | NONE     | is known to have a shell",
        "python3 -m  | false | 1      | false | 0     | false || false   | true   | NONE     | nothing is known of a shell in ‘image’",
        "/tool       | false | 0      | false | 0     | false || false   | false  | NONE     | nothing is known of a shell in ‘image’",
        "/tool       | false | 0      | true  | 1     | false || false   | true   | INIT     | an init container brings its inputs",
        "/tool       | false | 0      | false | 99999 | false || false   | false  | INIT     | an init container brings its inputs",
        "''          | true  | 1      | false | 0     | false || false   | true   | NONE     | it runs the image's own entrypoint",
        "''          | true  | 0      | false | 0     | false || false   | false  | NONE     | it runs the image's own entrypoint",
        "wish        | false | 0      | false | 0     | false || false   | false  | NONE     | nothing is known of a shell",
    })
    void choice(
            String command, boolean known, int parameters, boolean files, long bytes, boolean large, String none,
            boolean wrapped, boolean helper, PodPlan.Inputs inputs, String reason) {
        List<String> words = command.isEmpty() ? List.of() : Arrays.asList(command.split(" "));

        PodPlan plan = PodPlan.of(new PodPlan.Task(words, "image", known, parameters, files, bytes, large));

        assertThat(plan.wrapped()).isEqualTo(wrapped);
        assertThat(plan.helper()).isEqualTo(helper);
        assertThat(plan.inputs()).isEqualTo(inputs);
        assertThat(plan.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "python:3.11, true", "docker.io/library/python:3.11, true", "registry.example.com:5000/python:3, true", "localhost/busybox, true",
        "pythonish:3, false", "example.com/noshell:1, false", "example.com/team/python:3, false", "gcr.io/ml-pipeline/tool:1, false",
        "bitnami/spark:3, true", "quay.io/bitnami/spark:3, true", "python@sha256:0123, true",
    })
    void shells(String image, boolean known) {
        assertThat(ShellImages.has(ShellImages.DEFAULT, image)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"a*c, abc, true", "a*c, ac, true", "a*c, abd, false", "*, anything, true", "a.c, abc, false", "reg/*:v*, reg/x:v1, true", "(a, (a, true"})
    void wildcards(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }
}
