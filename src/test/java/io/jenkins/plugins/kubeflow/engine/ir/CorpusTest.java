package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** KFP's own documents: every valid one is read without a problem, every invalid one is refused with a sentence. */
class CorpusTest {
    private static final Path CORPUS = Path.of("../shared/conformance/kfp");

    @TestFactory
    Stream<DynamicTest> valid() throws IOException {
        return files("valid").map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
            ReadResult result = SpecReader.read(file);
            assertThat(result.problems()).isEmpty();
            assertThat(result.spec().root().dag().tasks()).isNotEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> invalid() throws IOException {
        return files("invalid").map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
            ReadResult result = SpecReader.read(file);
            assertThat(result.spec()).isNull();
            assertThat(result.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("\n"));
        }));
    }

    private static Stream<Path> files(String folder) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "the conformance documents are not beside the project");
        try (Stream<Path> files = Files.walk(CORPUS.resolve(folder))) {
            List<Path> list = files.filter(Files::isRegularFile).sorted().toList();
            return list.stream();
        }
    }
}
