package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodPlanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // command   | known | outputs | bytes || wrapped | helper | inputs   | part of the reason
        "sh -c       | false | NONE    | 0     || true    | false  | NONE     | its own command is a shell; it has no outputs",
        "/bin/bash x | false | SMALL   | 10    || true    | false  | MANIFEST | numbers come home in the termination message",
        "ash         | false | SMALL   | 60000 || true    | false  | MANIFEST | numbers come home in the termination message",
        "dash        | false | SMALL   | 60001 || true    | true   | HELPER   | its inputs are larger than a manifest should be",
        "sh -c       | false | ANY     | 10    || true    | true   | MANIFEST | its outputs may be larger than a termination message",
        "python3 -m  | true  | SMALL   | 0     || true    | false  | NONE     | is known to have a shell",
        "python3 -m  | false | SMALL   | 0     || false   | true   | NONE     | nothing is known of a shell in ‘image’",
        "/tool       | false | NONE    | 0     || false   | false  | NONE     | nothing is known of a shell in ‘image’",
        "/tool       | false | ANY     | 1     || false   | true   | INIT     | an init container brings its inputs",
        "/tool       | false | NONE    | 99999 || false   | false  | INIT     | an init container brings its inputs",
        "''          | true  | ANY     | 0     || false   | true   | NONE     | it runs the image's own entrypoint",
        "''          | true  | NONE    | 0     || false   | false  | NONE     | it runs the image's own entrypoint",
        "wish        | false | NONE    | 0     || false   | false  | NONE     | nothing is known of a shell",
    })
    void choice(
            String command, boolean known, PodPlan.Outputs outputs, long bytes, String none,
            boolean wrapped, boolean helper, PodPlan.Inputs inputs, String reason) {
        List<String> words = command.isEmpty() ? List.of() : Arrays.asList(command.split(" "));

        PodPlan plan = PodPlan.of(new PodPlan.Task(words, "image", known, outputs, bytes));

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
