package io.jenkins.plugins.kubeflow.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.ir.Problem;
import io.jenkins.plugins.kubeflow.engine.ir.ReadResult;
import io.jenkins.plugins.kubeflow.engine.ir.SpecReader;
import io.jenkins.plugins.kubeflow.engine.run.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code validate FILE...}: all problems of all files, a line each; exit status 2 if there is any. */
@Command(name = "validate", description = "Checks compiled pipelines without running them.", mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Option(names = "--json", description = "Print a JSON document instead of lines.")
    private boolean json;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws IOException {
        ArrayNode report = mapper.createArrayNode();
        boolean good = true;
        for (Path file : files) {
            ObjectNode entry = report.addObject().put("file", file.toString());
            good &= check(file, entry);
        }
        if (json) {
            System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report));
        }
        return good ? Main.SUCCEEDED : Main.BAD_INPUT;
    }

    private boolean check(Path file, ObjectNode entry) {
        ReadResult result;
        try {
            result = SpecReader.read(Files.readAllBytes(file), file.getFileName().toString());
        } catch (IOException e) {
            entry.put("valid", false).putArray("problems").addObject().put("message", "cannot be read: " + Main.sentence(e));
            System.err.println(file + ": cannot be read: " + Main.sentence(e));
            return false;
        }
        boolean valid = result.problems().isEmpty();
        entry.put("valid", valid);
        list(entry.putArray("problems"), result.problems());
        list(entry.putArray("warnings"), result.warnings());
        if (!json) {
            result.problems().forEach(problem -> System.err.println(RunLog.printable(problem.toString())));
            result.warnings().forEach(warning -> System.err.println("warning: " + RunLog.printable(warning.toString())));
            if (valid) {
                System.out.println(file + ": valid");
            }
        }
        return valid;
    }

    private static void list(ArrayNode array, List<Problem> problems) {
        for (Problem problem : problems) {
            array.addObject().put("path", problem.path()).put("line", problem.line()).put("message", problem.message());
        }
    }
}
