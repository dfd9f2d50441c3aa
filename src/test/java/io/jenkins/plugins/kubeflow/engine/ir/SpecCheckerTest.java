package io.jenkins.plugins.kubeflow.engine.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One sound document, broken in one place after the other: every problem in one sentence with its line. */
class SpecCheckerTest {
    private static final String SOUND = """
            pipelineInfo:
              name: broken
            schemaVersion: 2.1.0
            sdkVersion: kfp-2.17.0
            components:
              comp-make:
                executorLabel: exec-make
                outputDefinitions:
                  parameters:
                    out: {parameterType: STRING}
                  artifacts:
                    data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}
              comp-use:
                executorLabel: exec-use
                inputDefinitions:
                  parameters:
                    text: {parameterType: STRING}
                    count: {parameterType: NUMBER_INTEGER, defaultValue: 1.0}
                  artifacts:
                    data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}
              comp-loop:
                inputDefinitions:
                  parameters:
                    item: {parameterType: STRING}
                dag:
                  tasks:
                    make:
                      componentRef: {name: comp-make}
            deploymentSpec:
              executors:
                exec-make:
                  container:
                    image: busybox
                    command: [echo, hi]
                exec-use:
                  container: {image: busybox}
            root:
              inputDefinitions:
                parameters:
                  lr: {parameterType: NUMBER_DOUBLE, defaultValue: 0.1}
              outputDefinitions:
                parameters:
                  result: {parameterType: STRING}
              dag:
                outputs:
                  parameters:
                    result:
                      valueFromParameter: {producerSubtask: make, outputParameterKey: out}
                tasks:
                  make:
                    componentRef: {name: comp-make}
                    taskInfo: {name: make}
                  use:
                    componentRef: {name: comp-use}
                    dependentTasks: [make]
                    inputs:
                      parameters:
                        text:
                          taskOutputParameter: {producerTask: make, outputParameterKey: out}
                      artifacts:
                        data:
                          taskOutputArtifact: {producerTask: make, outputArtifactKey: data}
                    triggerPolicy:
                      condition: inputs.parameter_values['text'] == 'a'
                    retryPolicy: {maxRetryCount: 2, backoffDuration: 1s}
                  loop:
                    componentRef: {name: comp-loop}
                    iteratorPolicy: {parallelismLimit: 2}
                    parameterIterator:
                      itemInput: item
                      items: {raw: '["a", "b"]'}
            """;

    private record Row(String name, String sound, String broken, List<String> problems) {}

    private static Row row(String name, String sound, String broken, String... problems) {
        return new Row(name, sound, broken, List.of(problems));
    }

    private static List<String> problems(String document) {
        ReadResult result = SpecReader.read(document.getBytes(StandardCharsets.UTF_8), "p.yaml");
        assertThat(result.spec() == null).isEqualTo(!result.problems().isEmpty());
        return result.problems().stream().map(problem -> problem.toString().replaceFirst("^p\\.yaml:", "")).toList();
    }

    @Test
    void theDocumentIsSound() {
        assertThat(problems(SOUND)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> broken() {
        return Stream.of(documents(), interfacesAndExecutors(), tasks()).flatMap(List::stream).map(row -> DynamicTest.dynamicTest(row.name(), () -> {
            int at = SOUND.indexOf(row.sound());
            assertThat(at).isNotNegative();
            String broken = SOUND.substring(0, at) + row.broken() + SOUND.substring(at + row.sound().length());
            assertThat(problems(broken)).containsExactlyElementsOf(row.problems());
        }));
    }

    private static List<Row> documents() {
        return List.of(
                row("unknown top field", "sdkVersion:", "sdkVersoin:",
                        "4: the pipeline: unknown field ‘sdkVersoin’"),
                row("unknown snake field", "schemaVersion: 2.1.0", "schema_version: 2.1.0",
                        "3: the pipeline: unknown field ‘schema_version’; did you mean ‘schemaVersion’?",
                        "1: the pipeline has no ‘schemaVersion’; it must be 2.1.0"),
                row("wrong schema", "schemaVersion: 2.1.0", "schemaVersion: 2.0.0",
                        "3: schemaVersion is ‘2.0.0’; only 2.1.0 is known: compile it with kfp 2.x"),
                row("schema as a number", "schemaVersion: 2.1.0", "schemaVersion: 2.1",
                        "3: schemaVersion is ‘2.1’; only 2.1.0 is known: compile it with kfp 2.x"),
                row("no schema", "schemaVersion: 2.1.0\n", "",
                        "1: the pipeline has no ‘schemaVersion’; it must be 2.1.0"),
                row("platform as a list", "pipelineInfo:\n  name: broken", "platforms: [a]\n---\npipelineInfo:\n  name: broken",
                        "1: ‘platforms’ must be an object, is a list"),
                row("unknown field of a platform", "pipelineInfo:\n  name: broken", "platforms: {kubernetes: {}}\nother: 1\n---\npipelineInfo:\n  name: broken",
                        "2: the platform document: unknown field ‘other’"),
                row("no name", "  name: broken", "  description: x",
                        "2: the pipeline has no name; set ‘pipelineInfo.name’"),
                row("empty name", "  name: broken", "  name: ''",
                        "2: the pipeline has no name; set ‘pipelineInfo.name’"),
                row("name with a slash", "  name: broken", "  name: a/b",
                        "2: the pipeline's name ‘a/b’ may hold only lower-case letters, digits and ‘-’, ‘_’, ‘.’ between them"),
                row("name in capitals", "  name: broken", "  name: Broken",
                        "2: the pipeline's name ‘Broken’ may hold only lower-case letters, digits and ‘-’, ‘_’, ‘.’ between them"),
                row("name as a list", "  name: broken", "  name: [a]",
                        "2: the pipeline's name must be a string, is a list",
                        "2: the pipeline has no name; set ‘pipelineInfo.name’"),
                row("name up the tree", "  name: broken", "  name: ..",
                        "2: the pipeline's name ‘..’ may hold only lower-case letters, digits and ‘-’, ‘_’, ‘.’ between them"),
                row("unknown field in info", "  name: broken", "  name: broken\n  owner: me",
                        "3: pipelineInfo: unknown field ‘owner’"),
                row("info as a string", "pipelineInfo:\n  name: broken", "pipelineInfo: broken",
                        "1: ‘pipelineInfo’ must be an object, is a string",
                        "1: the pipeline has no name; set ‘pipelineInfo.name’"),
                row("no root", "root:\n", "roof:\n",
                        "38: the pipeline: unknown field ‘roof’",
                        "1: the pipeline has no ‘root’"),
                row("root is null", "root:\n", "root: null\nother:\n",
                        "39: the pipeline: unknown field ‘other’",
                        "37: the root has neither a ‘dag’ nor an ‘executorLabel’",
                        "37: the root has no ‘dag’"),
                row("components as a list", "components:\n", "components: [1]\nx:\n",
                        "7: the pipeline: unknown field ‘x’",
                        "5: ‘components’ must be an object, is a list",
                        "52: task ‘make’ names the component ‘comp-make’, which does not exist",
                        "55: task ‘use’ names the component ‘comp-use’, which does not exist",
                        "68: task ‘loop’ names the component ‘comp-loop’, which does not exist"),
                row("duplicate key", "  name: broken", "  name: broken\n  name: again",
                        "3: has the key ‘name’ twice"),
                row("duplicate task", "      loop:\n", "      use:\n",
                        "66: has the key ‘use’ twice"),
                row("two pipelines", "sdkVersion: kfp-2.17.0\n", "sdkVersion: kfp-2.17.0\nroot: {}\n---\npipelineInfo: {name: second}\n",
                        "7: holds two pipelines; put them into files of their own"),
                row("header spill", "pipelineInfo:\n  name: broken", "# PIPELINE DEFINITION\n# Inputs:\n#    q: str [Default: 'SELECT a\nFROM b']\npipelineInfo:\n  name: broken",
                        "5: is not valid YAML: mapping values are not allowed here (a default value with a line break has spilled out of the SDK's header comment: remove the lines before ‘components:’)"),
                row("not YAML", "  name: broken", "  name: [broken",
                        "3: is not valid YAML: expected ',' or ']', but got :"),
                row("tab", "  name: broken", "\tname: broken",
                        "2: is not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                row("a number as a document", "pipelineInfo:", "42\n---\npipelineInfos:",
                        "1: holds a document that is neither a pipeline nor, with ‘platforms’, its platform spec; remove it"),
                row("unknown tag", "  name: broken", "  name: !!java.net.URL [x]",
                        "2: is not valid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL"),
                row("key that is a list", "  name: broken", "  name: broken\n  [a, b]: c",
                        "2: has a key that is not a string"),
                row("alias to itself", "components:\n", "x: &x [*x]\ncomponents:\n",
                        "5: has an alias that contains itself"));
    }

    private static List<Row> interfacesAndExecutors() {
        return List.of(
                row("unknown field of a component", "    executorLabel: exec-make", "    executorLabel: exec-make\n    image: x",
                        "8: component ‘comp-make’: unknown field ‘image’"),
                row("component without executor", "    executorLabel: exec-make\n", "",
                        "7: component ‘comp-make’ has neither a ‘dag’ nor an ‘executorLabel’"),
                row("component with both", "    executorLabel: exec-use\n", "    executorLabel: exec-use\n    dag: {tasks: {}}\n",
                        "14: component ‘comp-use’ has both a ‘dag’ and an ‘executorLabel’"),
                row("executor that is not there", "executorLabel: exec-make", "executorLabel: exec-mak",
                        "7: component ‘comp-make’ names the executor ‘exec-mak’, which the deploymentSpec does not have"),
                row("unknown type", "{parameterType: NUMBER_INTEGER,", "{parameterType: INTEGER,",
                        "18: component ‘comp-use’: parameter ‘count’ has the unknown type ‘INTEGER’; write NUMBER_INTEGER, NUMBER_DOUBLE, STRING, BOOLEAN, LIST or STRUCT"),
                row("type as a list", "{parameterType: NUMBER_INTEGER,", "{parameterType: [A],",
                        "18: component ‘comp-use’: parameter ‘count’: ‘parameterType’ must be a string, is a list"),
                row("unknown field of a parameter", "{parameterType: NUMBER_INTEGER,", "{kind: x, parameterType: NUMBER_INTEGER,",
                        "18: component ‘comp-use’: parameter ‘count’: unknown field ‘kind’"),
                row("isOptional as text", "{parameterType: NUMBER_INTEGER,", "{parameterType: NUMBER_INTEGER, isOptional: maybe,",
                        "18: component ‘comp-use’: parameter ‘count’: ‘isOptional’ must be true or false, is a string"),
                row("default of another type", "defaultValue: 1.0}", "defaultValue: many}",
                        "18: component ‘comp-use’: parameter ‘count’ is NUMBER_INTEGER, its default is \"many\""),
                row("root default of another type", "defaultValue: 0.1}", "defaultValue: fast}",
                        "40: the root: parameter ‘lr’ is NUMBER_DOUBLE, its default is \"fast\""),
                row("parameter name with a slash", "        text: {parameterType: STRING}", "        ../text: {parameterType: STRING}\n        text: {parameterType: STRING}",
                        "17: component ‘comp-use’: parameter ‘../text’ has a name that could lead out of its directory (‘/’, ‘\\’ and ‘..’ are not allowed)",
                        "55: task ‘use’: input ‘../text’ has no value; component ‘comp-use’ requires it"),
                row("parameter name with a newline", "        text: {parameterType: STRING}", "        \"te\\nxt\": {parameterType: STRING}\n        text: {parameterType: STRING}",
                        "17: component ‘comp-use’: parameter ‘te�xt’ has a name with a control character or line break",
                        "55: task ‘use’: input ‘te�xt’ has no value; component ‘comp-use’ requires it"),
                row("artifact name up", "      artifacts:\n        data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}\n  comp-use", "      artifacts:\n        ..: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}\n        data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}\n  comp-use",
                        "12: component ‘comp-make’: artifact ‘..’ has a name that could lead out of its directory (‘/’, ‘\\’ and ‘..’ are not allowed)"),
                row("unknown field of an artifact", "data: {artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}\n  comp-use", "data: {isList: true, artifactType: {schemaTitle: system.Dataset, schemaVersion: 0.0.1}}\n  comp-use",
                        "12: component ‘comp-make’: artifact ‘data’: unknown field ‘isList’"),
                row("resolver", "      container: {image: busybox}", "      resolver: {}",
                        "36: executor ‘exec-use’ is a ‘resolver’, which only Vertex AI runs; use a container or importer component",
                        "14: component ‘comp-use’ names the executor ‘exec-use’, which the deploymentSpec does not have"),
                row("custom job", "      container: {image: busybox}", "      customJob: {}",
                        "36: executor ‘exec-use’ is a ‘customJob’, which only Vertex AI runs; use a container or importer component",
                        "14: component ‘comp-use’ names the executor ‘exec-use’, which the deploymentSpec does not have"),
                row("executor of no kind", "      container: {image: busybox}", "      {}",
                        "36: executor ‘exec-use’ is of no known kind; it needs ‘container’ or ‘importer’",
                        "14: component ‘comp-use’ names the executor ‘exec-use’, which the deploymentSpec does not have"),
                row("executor of an unknown kind", "      container: {image: busybox}", "      pod: {}",
                        "36: executor ‘exec-use’: unknown field ‘pod’",
                        "36: executor ‘exec-use’ is of no known kind; it needs ‘container’ or ‘importer’",
                        "14: component ‘comp-use’ names the executor ‘exec-use’, which the deploymentSpec does not have"),
                row("no image", "      container: {image: busybox}", "      container: {command: [x]}",
                        "36: executor ‘exec-use’ has no image"),
                row("unknown field of a container", "      container: {image: busybox}", "      container: {image: busybox, volume: x}",
                        "36: executor ‘exec-use’: unknown field ‘volume’"),
                row("command as a string", "        command: [echo, hi]", "        command: echo hi",
                        "34: executor ‘exec-make’: ‘command’ must be a list, is a string"),
                row("command with an object", "        command: [echo, hi]", "        command: [{a: b}]",
                        "34: executor ‘exec-make’: ‘command’ must hold strings only"),
                row("command with a null", "        command: [echo, hi]", "        command: [~]",
                        "34: executor ‘exec-make’: ‘command’ must hold strings only"),
                row("env as an object", "      container: {image: busybox}", "      container: {image: busybox, env: {A: b}}",
                        "36: executor ‘exec-use’: ‘env’ must be a list, is an object"),
                row("env without a name", "      container: {image: busybox}", "      container: {image: busybox, env: [{value: b}]}",
                        "36: executor ‘exec-use’ has an environment variable without a usable name"),
                row("env with an equals sign", "      container: {image: busybox}", "      container: {image: busybox, env: [{name: 'A=B', value: b}]}",
                        "36: executor ‘exec-use’ has an environment variable without a usable name"),
                row("lost f-string", "      container: {image: busybox}", "      container: {image: busybox, env: [{name: A, value: '{{channel:task=;name=day;type=String;}}'}]}",
                        "36: executor ‘exec-use’: environment variable ‘A’ holds an f-string that the SDK could not compile (pipeline input ‘day’): pass the value as it is, or build the string in a component"),
                row("importer without a URI", "      container: {image: busybox}", "      importer: {typeSchema: {schemaTitle: system.Dataset}}",
                        "36: executor ‘exec-use’ has no artifact URI"),
                row("executors as a list", "  executors:\n", "  executors: [x]\n  others:\n",
                        "30: ‘executors’ must be an object, is a list",
                        "7: component ‘comp-make’ names the executor ‘exec-make’, which the deploymentSpec does not have",
                        "14: component ‘comp-use’ names the executor ‘exec-use’, which the deploymentSpec does not have"));
    }

    private static List<Row> tasks() {
        return List.of(
                row("unknown field of a task", "        taskInfo: {name: make}", "        taskInf: {name: make}",
                        "52: task ‘make’: unknown field ‘taskInf’"),
                row("task without a component", "        componentRef: {name: comp-make}\n        taskInfo", "        taskInfo",
                        "51: task ‘make’ names no component; give it a ‘componentRef’"),
                row("component that is not there", "componentRef: {name: comp-use}", "componentRef: {name: comp-used}",
                        "54: task ‘use’ names the component ‘comp-used’, which does not exist"),
                row("dependency that is not there", "dependentTasks: [make]", "dependentTasks: [made]",
                        "54: task ‘use’ depends on ‘made’, which is not a task beside it"),
                row("dependency as a string", "dependentTasks: [make]", "dependentTasks: make",
                        "55: task ‘use’: ‘dependentTasks’ must be a list, is a string"),
                row("a task waits for itself", "dependentTasks: [make]", "dependentTasks: [use]",
                        "45: tasks wait for each other in a circle: ‘use’ → ‘use’"),
                row("circle of two", "        taskInfo: {name: make}", "        dependentTasks: [use]",
                        "45: tasks wait for each other in a circle: ‘make’ → ‘use’ → ‘make’"),
                row("producer that is not there", "{producerTask: make, outputParameterKey: out}", "{producerTask: nobody, outputParameterKey: out}",
                        "54: task ‘use’ depends on ‘nobody’, which is not a task beside it"),
                row("output that is not there", "{producerTask: make, outputParameterKey: out}", "{producerTask: make, outputParameterKey: auc}",
                        "54: task ‘use’: input ‘text’ comes from output ‘auc’ of task ‘make’, which has no such output parameter"),
                row("artifact output that is not there", "{producerTask: make, outputArtifactKey: data}", "{producerTask: make, outputArtifactKey: model}",
                        "54: task ‘use’: input artifact ‘data’ comes from output ‘model’ of task ‘make’, which has no such output artifact"),
                row("parameter taken as an artifact", "{producerTask: make, outputArtifactKey: data}", "{producerTask: make, outputArtifactKey: out}",
                        "54: task ‘use’: input artifact ‘data’ comes from output ‘out’ of task ‘make’, which has no such output artifact"),
                row("source without a key", "{producerTask: make, outputParameterKey: out}", "{producerTask: make}",
                        "59: task ‘use’: input ‘text’ needs ‘producerTask’ and ‘outputParameterKey’",
                        "54: task ‘use’: input ‘text’ has no value; component ‘comp-use’ requires it"),
                row("input without a source", "              taskOutputParameter: {producerTask: make, outputParameterKey: out}", "              {}",
                        "59: task ‘use’: input ‘text’ has no source; give it a runtimeValue, componentInputParameter, taskOutputParameter or taskFinalStatus",
                        "54: task ‘use’: input ‘text’ has no value; component ‘comp-use’ requires it"),
                row("input with an unknown source", "              taskOutputParameter: {producerTask: make, outputParameterKey: out}", "              constant: 1",
                        "59: task ‘use’: input ‘text’: unknown field ‘constant’",
                        "59: task ‘use’: input ‘text’ has no source; give it a runtimeValue, componentInputParameter, taskOutputParameter or taskFinalStatus",
                        "54: task ‘use’: input ‘text’ has no value; component ‘comp-use’ requires it"),
                row("runtimeValue without a constant", "              taskOutputParameter: {producerTask: make, outputParameterKey: out}", "              runtimeValue: {}",
                        "59: task ‘use’: input ‘text’ has a runtimeValue without ‘constant’"),
                row("root input that is not there", "              taskOutputParameter: {producerTask: make, outputParameterKey: out}", "              componentInputParameter: rate",
                        "54: task ‘use’: input ‘text’ comes from ‘rate’, which is not an input of the DAG around it"),
                row("artifact of the DAG that is not there", "              taskOutputArtifact: {producerTask: make, outputArtifactKey: data}", "              componentInputArtifact: dataset",
                        "54: task ‘use’: input artifact ‘data’ comes from ‘dataset’, which is not an input artifact of the DAG around it"),
                row("artifact without a source", "              taskOutputArtifact: {producerTask: make, outputArtifactKey: data}", "              {}",
                        "62: task ‘use’: input artifact ‘data’ has no source; give it a componentInputArtifact or taskOutputArtifact",
                        "54: task ‘use’: input artifact ‘data’ is not given; component ‘comp-use’ requires it"),
                row("required parameter missing", "            text:\n", "            words:\n",
                        "54: task ‘use’: input ‘text’ has no value; component ‘comp-use’ requires it"),
                row("constant of another type", "            text:\n", "            count: {runtimeValue: {constant: many}}\n            text:\n",
                        "54: task ‘use’: input ‘count’ is NUMBER_INTEGER, got \"many\""),
                row("required artifact missing", "            data:\n              taskOut", "            date:\n              taskOut",
                        "54: task ‘use’: input artifact ‘data’ is not given; component ‘comp-use’ requires it"),
                row("unquoted condition", "condition: inputs.parameter_values['text'] == 'a'", "condition: inputs.parameter_values['text'] == 'it's'",
                        "64: task ‘use’: condition: expression ‘inputs.parameter_values['text'] == 'it's'’: a string is not closed (the SDK does not escape quotes: a compared value must not contain ') at character 41"),
                row("unfinished condition", "condition: inputs.parameter_values['text'] == 'a'", "condition: \"inputs.parameter_values['text'] ==\"",
                        "64: task ‘use’: condition: expression ‘inputs.parameter_values['text'] ==’: ends too early"),
                row("condition as a list", "condition: inputs.parameter_values['text'] == 'a'", "condition: [x]",
                        "64: task ‘use’: its condition must be a string, is a list"),
                row("unknown strategy", "condition: inputs.parameter_values['text'] == 'a'", "strategy: ALWAYS",
                        "64: task ‘use’ has the unknown trigger strategy ‘ALWAYS’; write ALL_UPSTREAM_TASKS_SUCCEEDED or ALL_UPSTREAM_TASKS_COMPLETED"),
                row("bad selector", "              taskOutputParameter: {producerTask: make, outputParameterKey: out}", "              taskOutputParameter: {producerTask: make, outputParameterKey: out}\n              parameterExpressionSelector: parseJson(string_value)[\"k'",
                        "59: task ‘use’: input ‘text’: selector: expression ‘parseJson(string_value)[\"k'’: a string is not closed (the SDK does not escape quotes: a compared value must not contain ') at character 25"),
                row("retries below zero", "maxRetryCount: 2", "maxRetryCount: -1",
                        "65: task ‘use’: ‘maxRetryCount’ must be a whole number of at least 0, is -1"),
                row("retries as text", "maxRetryCount: 2", "maxRetryCount: often",
                        "65: task ‘use’: ‘maxRetryCount’ must be a whole number, is \"often\""),
                row("backoff as text", "backoffDuration: 1s", "backoffDuration: soon",
                        "65: task ‘use’: ‘backoffDuration’ must be seconds such as \"5s\", is \"soon\""),
                row("backoff factor below zero", "backoffDuration: 1s", "backoffFactor: -1",
                        "65: task ‘use’: ‘backoffFactor’ must be a number of at least 0"),
                row("unknown field of the retry policy", "backoffDuration: 1s", "delay: 1s",
                        "65: task ‘use’: retryPolicy: unknown field ‘delay’"),
                row("caching as text", "        taskInfo: {name: make}", "        cachingOptions: {enableCache: sometimes}",
                        "52: task ‘make’: ‘enableCache’ must be true or false, is a string"),
                row("unknown field of caching", "        taskInfo: {name: make}", "        cachingOptions: {maxAge: 1}",
                        "52: task ‘make’: cachingOptions: unknown field ‘maxAge’"),
                row("loop without items", "          items: {raw: '[\"a\", \"b\"]'}\n", "",
                        "67: task ‘loop’: the loop has no list of items"),
                row("items that are not JSON", "items: {raw: '[\"a\", \"b\"]'}", "items: {raw: 'a, b'}",
                        "71: task ‘loop’: the loop's items are not JSON: Unrecognized token 'a': was expecting (JSON String, Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')"),
                row("items that are no list", "items: {raw: '[\"a\", \"b\"]'}", "items: {raw: '{\"a\": 1}'}",
                        "71: task ‘loop’: the loop has no list of items"),
                row("items with something behind", "items: {raw: '[\"a\", \"b\"]'}", "items: {raw: '[1] 2'}",
                        "71: task ‘loop’: the loop's items are not JSON: something follows the list"),
                row("loop over a missing input", "items: {raw: '[\"a\", \"b\"]'}", "items: {inputParameter: list}",
                        "67: task ‘loop’: the loop runs over ‘list’, which is not an input of the task"),
                row("no item input", "          itemInput: item\n", "",
                        "70: task ‘loop’: the loop has no ‘itemInput’",
                        "67: task ‘loop’: input ‘item’ has no value; component ‘comp-loop’ requires it"),
                row("item input that the component does not have", "itemInput: item", "itemInput: thing",
                        "67: task ‘loop’: input ‘item’ has no value; component ‘comp-loop’ requires it"),
                row("parallelism below zero", "parallelismLimit: 2", "parallelismLimit: -2",
                        "68: task ‘loop’: ‘parallelismLimit’ must be a whole number of at least 0, is -2"),
                row("parallelism as text", "parallelismLimit: 2", "parallelismLimit: some",
                        "68: task ‘loop’: ‘parallelismLimit’ must be a whole number, is \"some\""),
                row("artifact loop without items", "        parameterIterator:\n          itemInput: item\n          items: {raw: '[\"a\", \"b\"]'}\n", "        artifactIterator: {itemInput: item}\n",
                        "69: task ‘loop’: the loop has no items; give it an ‘inputArtifact’",
                        "67: task ‘loop’: the loop runs over ‘’, which is not an input artifact of the task"),
                row("output from a missing task", "{producerSubtask: make, outputParameterKey: out}", "{producerSubtask: nobody, outputParameterKey: out}",
                        "45: output ‘result’ of the pipeline comes from ‘nobody’, which is not a task of it"),
                row("output that the task does not have", "{producerSubtask: make, outputParameterKey: out}", "{producerSubtask: make, outputParameterKey: auc}",
                        "45: output ‘result’ of the pipeline comes from output ‘auc’ of task ‘make’, which has no such output parameter"),
                row("output without a source", "          valueFromParameter: {producerSubtask: make, outputParameterKey: out}", "          {}",
                        "48: the root: an output has no source; give it ‘valueFromParameter’ or ‘valueFromOneof’"),
                row("recursion", "        make:\n          componentRef: {name: comp-make}\ndeploy", "        make:\n          componentRef: {name: comp-loop}\ndeploy",
                        "28: task ‘make’: input ‘item’ has no value; component ‘comp-loop’ requires it",
                        "22: component ‘comp-loop’ contains itself through task ‘make’; recursion is not possible"),
                row("task name up", "      use:\n", "      ..:\n",
                        "54: task ‘..’ has a name that could lead out of its directory (‘/’, ‘\\’ and ‘..’ are not allowed)"),
                row("task name with a slash", "      use:\n", "      a/b:\n",
                        "54: task ‘a/b’ has a name that could lead out of its directory (‘/’, ‘\\’ and ‘..’ are not allowed)"),
                row("task name with a newline", "      use:\n", "      \"a\\nb\":\n",
                        "54: task ‘a�b’ has a name with a control character or line break"),
                row("empty task name", "      use:\n", "      '':\n",
                        "54: task ‘’ has an empty name"),
                row("task name of 200 KB", "      use:\n", "      ? " + "n".repeat(200_000) + "\n      :\n",
                        "55: task ‘nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…’ has a name of 200000 characters; at most 1024 are allowed"));
    }
}
