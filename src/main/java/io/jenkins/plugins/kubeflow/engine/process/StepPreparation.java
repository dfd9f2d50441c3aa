package io.jenkins.plugins.kubeflow.engine.process;

import io.jenkins.plugins.kubeflow.engine.run.TaskLaunch;
import io.jenkins.plugins.kubeflow.engine.task.PythonComponent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns a plan into a command that is ready to start: writes files, completes the environment. Blocks; called on an I/O thread. */
final class StepPreparation {
    /** What a lightweight Python component runs. */
    static final String EXECUTOR = "kfp.dsl.executor_main";

    private final TaskLaunch launch;
    private final StepPlan plan;
    private final StepFiles files;
    private final StepEnvironment environment;

    StepPreparation(TaskLaunch launch, StepPlan plan, StepFiles files) {
        this.launch = launch;
        this.plan = plan;
        this.files = files;
        this.environment = new StepEnvironment(System.getenv(), launch.environment(), plan.executorEnvironment());
    }

    boolean needsFreshInterpreter() {
        return environment.needsFreshInterpreter();
    }

    /** A command of its own. {@code python}: what ‘python’ and ‘python3’ mean to it where PATH has none, or first when it was named. */
    StepCommand command(List<String> argv, PythonInterpreter python) throws IOException, ProcessException {
        for (String argument : argv) {
            if (argument.indexOf('\0') >= 0) {
                throw ProcessException.user("an argument of the command ‘" + argv.get(0) + "’ holds a NUL character, which no process can receive");
            }
        }
        Map<String, String> variables = variables();
        if (!python.packages().isEmpty() && !environment.sets("PATH")) {
            variables.put("PATH", python.executable().getParent() + File.pathSeparator + variables.get("PATH"));
        }
        List<String> fitting = LargeArguments.fit(argv, files.directory(), variables);
        return new StepCommand(fitting, null, null, variables, plan.workingDirectory());
    }

    /** The component's function in {@code interpreter}; its source becomes a file as its own command would make one. */
    StepCommand component(PythonComponent component, Path interpreter) throws IOException {
        Path source = launch.directory().resolve("component").resolve("ephemeral_component.py");
        Files.createDirectories(source.getParent());
        Files.writeString(source, component.source());
        List<String> argv = new ArrayList<>(List.of("--component_module_path", source.toString()));
        argv.addAll(component.arguments());
        Map<String, String> variables = variables();
        variables.put("_KFP_RUNTIME", "true");
        variables.put("VIRTUAL_ENV", interpreter.getParent().getParent().toString());
        variables.put("PATH", interpreter.getParent() + File.pathSeparator + variables.get("PATH"));
        variables.remove("PYTHONHOME");
        return new StepCommand(argv, EXECUTOR, interpreter, variables, plan.workingDirectory());
    }

    private Map<String, String> variables() {
        Map<String, String> variables = environment.complete();
        variables.putIfAbsent("PYTHONUNBUFFERED", "1");
        variables.put("PWD", plan.workingDirectory().toString());
        variables.put(StepEnvironment.MARK, launch.handle());
        return variables;
    }
}
