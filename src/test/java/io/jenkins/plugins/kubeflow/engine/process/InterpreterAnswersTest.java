package io.jenkins.plugins.kubeflow.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterAnswersTest {
    @TempDir
    Path directory;

    private InterpreterAnswers answers;
    private Path program;
    private Path packages;
    private JsonNode answer;

    @BeforeEach
    void anInterpreter() throws Exception {
        answers = new InterpreterAnswers(directory.resolve("answers"));
        program = Files.writeString(Files.createDirectories(directory.resolve("env/bin")).resolve("python"), "\177ELF");
        program.toFile().setExecutable(true);
        packages = Files.createDirectories(directory.resolve("env/site-packages"));
        answer = new ObjectMapper().valueToTree(new Object[] {program.toString(), "3.11.7", true, new String[] {packages.toString()}});
    }

    @Test
    void anAnswerIsKept() throws Exception {
        assertThat(answers.get(program.toString())).isNull();
        answers.put(program.toString(), answer);
        assertThat(new InterpreterAnswers(directory.resolve("answers")).get(program.toString())).isEqualTo(answer);
    }

    @Test
    void anotherProgramInItsPlaceIsAsked() throws Exception {
        answers.put(program.toString(), answer);
        Files.writeString(program, "\177ELF, newer");
        assertThat(answers.get(program.toString())).isNull();
    }

    @Test
    void newPackagesMakeItAskAgain() throws Exception {
        answers.put(program.toString(), answer);
        Files.setLastModifiedTime(packages, FileTime.from(Instant.now().plusSeconds(100)));
        assertThat(answers.get(program.toString())).isNull();
    }

    @Test
    void aShimIsAskedEveryTime() throws Exception {
        Files.writeString(program, "#!/bin/sh\nexec python3 \"$@\"\n");
        answers.put(program.toString(), answer);
        assertThat(answers.get(program.toString())).isNull();
    }

    @Test
    void aDamagedFileIsAsIfItWereNotThere() throws Exception {
        answers.put(program.toString(), answer);
        try (var files = Files.list(directory.resolve("answers"))) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"ans");
        }
        assertThat(answers.get(program.toString())).isNull();
        assertThat(answers.get("no-such-interpreter")).isNull();
    }
}
